"""Ladder of support: who has to answer by when, and that it is late, mayor and council alike."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import render_template_string

from obshto.modules.proposals.models import ProposalMilestone
from obshto.modules.proposals.notifications.proposals import council_late, put_before
from obshto.modules.proposals.services import queries
from obshto.modules.proposals.services.ladder import climb, ladder_of
from obshto.modules.proposals.services.retention import watch_council
from obshto.modules.proposals.services.states import REFUSED, WITHDRAWN
from obshto.platform.clock import day_of
from obshto.platform.permissions import Role
from obshto.platform.thread.links import link_ahead
from obshto.platform.thread.models import ThreadLink, ThreadStation
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
    uow.session.get(ProposalMilestone, (reached.id, "council")).due_on += timedelta(days=9)
    mayor, council = ladder_of(uow, reached)
    assert mayor.due_on != council.due_on
    for rung in (mayor, council):
        told = put_before(uow, {"subject_id": str(reached.id), "level": rung.level})[1]
        days = [day(one.due_on) in told for one in (mayor, council)]
        assert days == [one is rung for one in (mayor, council)]


def station(uow, thing, word, **days):
    told = dict.fromkeys(("title", "reason", "owes"), "") | {"position": 0, "word": word}
    own = {"part": thing[0], "object_id": thing[1], "comes_by_itself": word == "discussed"}
    uow.session.add(ThreadStation(**own, **told, is_promise=False, **days))
    uow.session.flush()


def test_the_council_has_answered_once_its_decision_is_recorded(app, uow, reached):
    point, decision, today = ("meetings", uuid4()), ("meetings", uuid4()), day_of(uow.now)
    link_ahead(uow, ("proposals", reached.id), point, request_id=uuid4())
    station(uow, point, "discussed", due_on=today)
    later(uow, 200)
    assert ladder_of(uow, reached)[1].is_late, "a session discussed it and nothing is recorded"
    reached.state, reached.decided_at = REFUSED, uow.now
    mayor, council = ladder_of(uow, reached)
    assert mayor.answered_on and council.is_late, "what the mayor decides is not the council's"
    told = {"from_part": point[0], "from_id": point[1], "part": decision[0], "at": uow.now}
    link = ThreadLink(object_id=decision[1], request_id=uuid4(), is_declared=True, **told)
    uow.session.add(link)
    station(uow, decision, "taken", reached_on=today)
    council = ladder_of(uow, reached)[1]
    assert (council.is_late, council.answered_on) == (False, today)
    assert "общинският съвет реши" in shown(app, uow, reached)
    assert not late_ones(uow)


def late_ones(uow):
    wanted = queries.ProposalFilter(list="late")
    return uow.session.scalars(queries.queue(uow, wanted, today=day_of(uow.now))).all()


def test_what_the_council_owes_stands_in_the_list_and_is_told_once(uow, reached):
    reached.state, reached.decided_at = REFUSED, uow.now
    uow.session.flush()
    assert not late_ones(uow)
    later(uow, 200)
    assert late_ones(uow) == [reached]
    days = queries.council_late_days(uow, [reached.id], today=day_of(uow.now))
    assert days == {reached.id: ladder_of(uow, reached)[1].due_on}
    uow.facts.clear()
    for _ in range(2):
        watch_council(uow)
        uow.session.flush()
    assert [fact.name for fact in uow.facts] == ["proposals:council.late"]
    _subject, letter = council_late(uow, {"subject_id": str(reached.id)})
    assert day(days[reached.id]) in letter
    reached.state = WITHDRAWN
    uow.session.flush()
    assert not late_ones(uow)


def test_the_mayor_reads_which_day_the_council_passed(switched_on, sign_in, uow_in, make):
    with uow_in("gorno-selo") as uow:
        row = make(uow, needs_mayor=1, needs_council=2)
        climb(uow, row, 2)
        row.state, row.decided_at = REFUSED, uow.now
        step = uow.session.get(ProposalMilestone, (row.id, "council"))
        step.due_on = day_of(uow.now) - timedelta(days=1)
        uow.commit()
    page = sign_in("gorno-selo", Role.MAYOR).get("/console/proposals/late").text
    assert row.number in page and "общинският съвет:" in page.replace("\xa0", " ")
