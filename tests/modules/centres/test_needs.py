"""Surveys of needs: begun as a draft of polls, told beside the plan, compared with the last one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from obshto.modules.centres.models import NeedsSurvey
from obshto.modules.centres.services.needs import compared
from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.ballots import answer_poll, names_of
from obshto.modules.polls.services.polls import close_poll, open_poll
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.tally import Answers
from obshto.platform.modularity.ready_polls import ReadyPollAnswers, ReadyPollResult, ReadyPolls
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"


@pytest.fixture
def with_polls(sign_in, switched_on):
    assert sign_in(VILLAGE, Role.ADMIN).press("/console/tenants/polls", to="/on").status_code == 303


def test_without_polls_the_page_says_so(place, keeper):
    page = keeper.get(f"/console/centres/{place.centre}/needs").text
    assert "Анкетите са изключени" in page and "Подгответе анкета" not in page


def test_a_survey_is_a_draft_once_a_year_with_the_centre_beside_it(
    place, keeper, clerk, with_polls, path_of, uow_in
):
    path = f"/console/centres/{place.centre}/needs"
    assert "Подгответе анкета" not in clerk.get(path).text  # writes no polls
    key = uuid4()
    for _ in range(2):
        assert path_of(keeper.post(path, {"request_id": key})) == path
    page = keeper.get(path).text
    assert page.count("/console/polls/") == 1 + page.count('href="/console/polls/"')
    assert "Чернова" in page and "Подгответе анкета" not in page and "Компютър (1" in page
    assert keeper.post(path, {"request_id": uuid4()}).status_code == 409
    with uow_in(VILLAGE) as uow:
        survey = uow.session.query(NeedsSurvey).one()
        survey.begun_at -= timedelta(days=360)
        uow.commit()
    assert "Подгответе анкета" in keeper.get(path).text


def test_a_survey_is_opened_answered_and_read_with_the_real_polls(
    place, keeper, visitor, with_polls, path_of, uow_in
):
    """From the draft to the numbers beside the plan; while it is open nothing is told."""
    page = f"/centres/{place.centre}/needs"
    path_of(keeper.post(f"/console{page}", {"request_id": uuid4()}))
    with uow_in(VILLAGE) as uow:
        poll = uow.session.get_one(Poll, uow.session.query(NeedsSurvey).one().poll_id)
        open_poll(uow, poll, expected_version=poll.version)
        asked = asked_of(uow, poll.id)
        first = [one.options[0].id for one in asked if one.options]
        answered = frozenset(one.question.id for one in asked if one.options)
        for number in range(12):
            given = Answers(options=frozenset(first), questions=answered, texts={})
            names = names_of(poll, person_id=None, token=f"{number:032x}")
            answer_poll(uow, poll, given, names=names)
        word = asked[0].options[0].label
        uow.commit()
    assert "Отговориха" not in visitor.get(page).text
    with uow_in(VILLAGE) as uow:
        poll = uow.session.get_one(Poll, poll.id)
        close_poll(uow, poll, expected_version=poll.version)
        uow.commit()
    told = visitor.get(f"{page}?again").text
    assert "Отговориха 12 души" in told and word in told and "Компютър (1" in told
    assert visitor.get(page, village="dolno-selo").status_code == 404


def test_citizens_read_the_result_beside_what_the_centre_has(
    app, place, visitor, uow_in, monkeypatch
):
    page = f"/centres/{place.centre}"
    assert "/needs" not in visitor.get(page).text
    told = _survey(("Често", 6), ("Рядко", 4))
    open_one, few = replace(told, state="open"), replace(told, answers=None, questions=[])
    with uow_in(VILLAGE) as uow:
        row = {"request_id": uuid4(), "poll_id": told.id, "begun_at": uow.now}
        uow.session.add(NeedsSurvey(centre_id=place.centre, **row))
        uow.commit()
    found = []
    parts = app.extensions["obshto"].parts
    polls = SimpleNamespace(results_of=lambda uow, ids: found)
    monkeypatch.setitem(parts, "hours", replace(parts["hours"], offers={ReadyPolls: polls}))
    for hidden in ([], [open_one], [few]):
        found[:] = hidden
        assert "/needs" not in visitor.get(f"{page}?again").text
        assert "Често" not in visitor.get(f"{page}/needs?again").text
    found[:] = [told]
    assert f"{page}/needs" in visitor.get(f"{page}?again").text
    text = visitor.get(f"{page}/needs?again").text
    assert "Често" in text and "Отговориха 10 души" in text and "Компютър (1" in text
    assert visitor.get(f"{page}/needs", village="dolno-selo").status_code == 404


def test_two_surveys_are_compared_by_share_and_what_was_not_asked_stays_empty(app):
    new, old = _survey(("Често", 6), ("Рядко", 4)), _survey(("Често", 5), ("Никога", 15))
    [question] = compared([new, old])
    assert [shares for _, shares in question.lines] == [[0.6, 0.25], [0.4, None]]


def _survey(*lines):
    number = sum(count for _, count in lines)
    told = ReadyPollAnswers(
        key="Колко?",
        title=("Колко?", "bg"),
        answered=number,
        lines=[(word, (word, "bg"), count) for word, count in lines],
    )
    return ReadyPollResult(
        id=uuid4(),
        title=("Проучване", "bg"),
        path="",
        state="closed",
        closes_at=datetime(2026, 11, 2, 18, tzinfo=UTC),
        answers=number,
        questions=[told],
    )
