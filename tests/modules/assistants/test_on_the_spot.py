"""At the table, without a network too: lessons and the next visit come out of the phone's queue."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from obshto.modules.assistants.models import CheckIn, HomeVisit
from obshto.platform.clock import SOFIA
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR, DESK = "gorno-selo", "dolno-selo", "/console/assistants"


@pytest.fixture
def pressed(story, assistant):
    """pressed("arrived", taught=[…]): an act as the queue sends it."""

    def press(kind, who=assistant, **sent):
        told = {"kind": kind, "request_id": uuid4(), "queued": "1", **sent}
        return who.post(f"{DESK}/visits/{story.visit}/act", told)

    return press


@pytest.fixture
def agreed(story, assistant):
    """The next visit as the queue sends it, in so many days."""

    def send(days=7, who=assistant, visit=story.visit, **sent):
        at = datetime.now(SOFIA).replace(second=0, microsecond=0) + timedelta(days=days)
        told = {"minutes": "60", "half": "", "request_id": uuid4(), "queued": "1"}
        told |= {"starts_at": f"{at:%Y-%m-%dT%H:%M}", **sent}
        return who.post(f"{DESK}/visits/{visit}/next", told)

    return send


@pytest.fixture
def visits(uow_in):
    """What is written of visits, the first first."""

    def read(column=HomeVisit.taught):
        with uow_in(VILLAGE) as uow:
            return uow.session.scalars(select(column).order_by(HomeVisit.starts_at)).all()

    return read


def test_what_was_shown_is_added_once_however_often_it_is_sent(pressed, visits, uow_in):
    assert pressed("arrived").status_code == 204
    key = uuid4()
    for _ in range(2):
        answer = pressed("lessons", taught=["video-call", "call"], request_id=key)
        assert (answer.status_code, answer.text) == (204, "")
    assert pressed("lessons", taught=["fraud", "call"]).status_code == 204
    assert visits() == [["call", "video-call", "fraud"]]
    with uow_in(VILLAGE) as uow:
        assert sorted(uow.session.scalars(select(CheckIn.kind))) == [
            "arrived",
            "lessons",
            "lessons",
        ]


def test_what_was_shown_is_refused_with_a_reason_that_the_phone_keeps(pressed, visits, sign_in):
    early = pressed("lessons", taught=["call"])
    assert early.status_code == 409 and "вече е" in early.text and "<html" not in early.text
    pressed("arrived")
    assert pressed("lessons").status_code == 422
    assert pressed("lessons", taught=["flying"]).status_code == 422
    stranger = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    neighbour = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    for who in (stranger, neighbour):
        assert pressed("lessons", who=who, taught=["call"]).status_code in (403, 404)
    assert visits() == [[]]


def test_the_next_visit_is_planned_once_however_often_it_is_sent(agreed, visits):
    key = uuid4()
    for _ in range(2):
        answer = agreed(request_id=key)
        assert (answer.status_code, answer.text) == (204, "")
    assert visits(HomeVisit.state) == ["ahead", "ahead"]
    other = agreed(days=8, request_id=key)  # the form of a page that was left open
    assert other.status_code == 409 and "вече е насрочено за" in other.text
    assert len(visits(HomeVisit.id)) == 2


def test_a_next_visit_that_cannot_be_says_why_in_plain_words(agreed, visits, sign_in):
    for status, told, sent in (
        (422, "Този час вече мина", {"days": -1}),
        (422, "Изберете ден и час", {"starts_at": ""}),
        (404, "Няма такова посещение", {"visit": uuid4()}),
        (404, "Няма такова посещение", {"who": sign_in(VILLAGE, Role.REGISTRY_CLERK)}),
    ):
        answer = agreed(**sent)
        assert (answer.status_code, told in answer.text) == (status, True), answer.text
        assert "<html" not in answer.text
    assert agreed().status_code == 204
    taken = agreed()
    assert taken.status_code == 409 and "друго посещение от" in taken.text
    assert len(visits(HomeVisit.id)) == 2


def test_the_page_of_the_day_has_both_forms_and_works_without_a_script(story, assistant, visits):
    day = f"{DESK}/day"
    act, following = f"{DESK}/visits/{story.visit}/act", f"{DESK}/visits/{story.visit}/next"
    page = assistant.get(day).text
    assert f'action="{following}"' in page and 'value="video-call"' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assistant.post(act, {"kind": "arrived", "request_id": uuid4()})
    shown = {"kind": "lessons", "taught": "video-call", "request_id": uuid4()}
    assert "act-lessons" in assistant.post(act, shown).location
    page = assistant.get(day).text
    assert "Вече отбелязано:" in page and 'value="video-call"' not in page
    wrong = {"minutes": "90", "half": "", "request_id": uuid4(), "starts_at": "2020-01-01T10:00"}
    answer = assistant.post(following, wrong)
    assert answer.status_code == 422 and "2020-01-01T10:00" in answer.text
    assistant.post(act, {"kind": "ended", "request_id": uuid4()})
    page = assistant.get(day).text
    assert f'action="{following}"' in page and "Тайна" not in page
    assert visits() == [["video-call"]]


def test_the_visit_and_the_public_page_lead_to_mandates_where_they_are_on(
    assistant, story, client, at, migrator
):
    """The list of mandates is offered to who may act; where the module is off nothing is said."""
    for is_on, modules in ((False, "'assistants'"), (True, "'assistants', 'mandates'")):
        with migrator.begin() as connection:
            connection.execute(text(f"UPDATE shared.tenant SET modules = array[{modules}]"))
        visit = assistant.get(f"/console/assistants/visits/{story.visit}").text
        public = client.get("/assistants/", base_url=at(VILLAGE)).text
        assert ("вместо него?" in visit, "вместо Вас," in public) == (is_on, is_on)
        if is_on:
            assert assistant.get("/console/mandates/mine").status_code == 200
            assert client.get("/mandates/", base_url=at(VILLAGE)).status_code == 200
