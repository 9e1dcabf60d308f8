"""Ladder of support: who has to answer by when, and that it is late, mayor and council alike."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import render_template_string

from obshto.modules.proposals.notifications.proposals import put_before
from obshto.modules.proposals.services.ladder import climb, ladder_of
from obshto.platform.clock import day_of
from obshto.platform.thread.links import link_ahead
from obshto.platform.thread.models import ThreadStation
from obshto.platform.web.formats import day

PAGE = "{% from 'proposals/parts.html' import ladder_of with context %}{{ ladder_of(l, c, true) }}"


@pytest.fixture
def reached(uow, make):
    row = make(uow, needs_mayor=1, needs_council=2)
    climb(uow, row, 2)
    return row


def later(uow, days):
    object.__setattr__(uow, "now", uow.now + timedelta(days=days))


def shown(app, uow, row):
    with app.test_request_context():
        ladder = ladder_of(uow, row)
        return render_template_string(PAGE, l=ladder, c=None).replace("\xa0", " ")


def test_both_have_a_day_and_its_passing_is_said(app, uow, reached):
    mayor, council = ladder_of(uow, reached)
    assert mayor.due_on == reached.due_on and council.due_on and not council.is_late
    page = shown(app, uow, reached)
    assert "кметът решава" in page and "общинският съвет го разглежда" in page
    later(uow, 200)
    page = shown(app, uow, reached)
    assert "кметът трябваше да реши" in page and "съвет трябваше да го разгледа" in page
    reached.state = "withdrawn"
    assert not any(rung.is_late for rung in ladder_of(uow, reached))


def test_each_hears_the_day_of_its_own(uow, reached):
    mayor, council = ladder_of(uow, reached)
    assert mayor.due_on != council.due_on
    for rung in (mayor, council):
        told = put_before(uow, {"subject_id": str(reached.id), "level": rung.level})[1]
        days = [day(one.due_on) in told for one in (mayor, council)]
        assert days == [one is rung for one in (mayor, council)]


def test_the_council_has_answered_once_its_session_discussed_it(app, uow, reached):
    point, today = ("meetings", uuid4()), day_of(uow.now)
    link_ahead(uow, ("proposals", reached.id), point, request_id=uuid4())
    told = dict.fromkeys(("title", "reason", "owes"), "") | {"position": 0, "word": "discussed"}
    station = ThreadStation(
        part=point[0],
        object_id=point[1],
        due_on=today,
        comes_by_itself=True,
        is_promise=False,
        **told,
    )
    uow.session.add(station)
    later(uow, 200)
    mayor, council = ladder_of(uow, reached)
    assert mayor.is_late and (council.is_late, council.answered_on) == (False, today)
    assert "съвет го разгледа" in shown(app, uow, reached)
    station.dropped_on = today
    assert ladder_of(uow, reached)[1].is_late
