"""After a meeting: three questions, their counts and the reply, what was said and what follows."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.meetings.errors import NoSuchMinutes, StaleMinutes
from obshto.modules.meetings.services.feedback import (
    FeedbackWords,
    answer_counts,
    ask_guests,
    feedback_of,
    send_feedback,
)
from obshto.modules.meetings.services.guests import Coming, register_guest
from obshto.modules.meetings.services.minutes import EntryWords, publish_minutes, write_entry
from obshto.modules.meetings.services.queries import items_of
from obshto.modules.meetings.services.reports import draft_of, publish_report, report_of
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


def hold(uow, meeting, *, minutes=True):
    """The meeting was an hour ago."""
    meeting.starts_at, meeting.ends_at = uow.now - timedelta(hours=3), uow.now - timedelta(hours=1)
    if minutes:
        words = EntryWords(
            text="Говориха трима",
            decision="Чешмата се ремонтира",
            follows="Оглед",
            owner="Кметът",
            due_on=date(2027, 5, 1),
        )
        write_entry(uow, items_of(uow, meeting.id)[0], words, request_id=uuid4())
        publish_minutes(uow, meeting, why="", request_id=uuid4())
    uow.session.flush()


def test_the_draft_is_the_minutes_point_by_point(uow, announced):
    meeting = announced(uow)
    told = {"words": "а", "reply": "", "expected_version": 0}
    with pytest.raises(NoSuchMinutes):
        publish_report(uow, meeting, **told)
    hold(uow, meeting)
    draft = draft_of(uow, meeting)
    assert draft.startswith("1. Проектът\nГовориха трима\nРешено: Чешмата се ремонтира\n")
    assert "Отговаря: Кметът\nСрок: 1" in draft and "2." not in draft.partition("\n")[2]


def test_a_report_is_published_once_changed_and_not_over_a_colleague(uow, announced):
    meeting = announced(uow)
    hold(uow, meeting)
    uow.facts.clear()
    for _press in range(2):
        publish_report(uow, meeting, words="Ремонт", reply="", expected_version=0)
    publish_report(uow, meeting, words="Ремонт", reply="Ще има микрофон", expected_version=1)
    with pytest.raises(StaleMinutes):
        publish_report(uow, meeting, words="Друго", reply="", expected_version=1)
    assert report_of(uow, meeting).reply == "Ще има микрофон"
    names = [fact.name for fact in uow.facts]
    assert names == ["meetings:report.published", "meetings:report.changed"]


def test_answers_are_counted_from_five_on(uow, announced):
    meeting = announced(uow)
    hold(uow, meeting, minutes=False)
    for number in range(5):
        said = FeedbackWords(heard="yes" if number else "no", clear="partly" if number else "")
        send_feedback(uow, meeting, said, request_id=uuid4())
    assert answer_counts(uow, meeting.id) == {"heard": {"yes": 4, "partly": 0, "no": 1}}


def test_who_came_is_asked_once_by_letter(uow, announced):
    meeting = announced(uow)
    said = Coming(mode="room", name="Гост", email="gost@villages.example")
    register_guest(uow, meeting, said, request_id=uuid4())
    hold(uow, meeting, minutes=False)
    uow.facts.clear()
    ask_guests(uow)
    ask_guests(uow)
    for fact in uow.facts:
        write_letters(uow, fact=fact.name, payload=fact.payload(), cause=str(uuid4()))
    [letter] = [one.text for one in uow.session.scalars(select(Message))]
    assert f"/meetings/{meeting.id}/feedback" in letter and "Гост" not in letter


@pytest.fixture
def send(client, at):
    """send(path, **typed): a form of a visitor; without anything typed the page."""

    def go(path, **typed):
        if not typed:
            return client.get(path, base_url=at(VILLAGE))
        told = {"request_id": str(uuid4())} | typed
        return client.post(path, data=told, base_url=at(VILLAGE))

    return go


@pytest.fixture
def held(uow_in, announced):
    with uow_in(VILLAGE) as uow:
        meeting = announced(uow)
        hold(uow, meeting)
        uow.commit()
        return meeting.id


def test_a_visitor_answers_and_the_secretary_replies(send, sign_in, held, uow_in):
    page, desk = f"/meetings/{held}", f"/console/meetings/{held}/report"
    empty = send(f"{page}/feedback", words="")
    assert empty.status_code == 422 and "Отговорете на въпрос" in empty.text
    for _one in range(5):
        assert send(f"{page}/feedback", heard="yes", words="Добре").status_code == 303
    assert "Да: 5" in send(page).text
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    shown = secretary.get(desk).text
    assert "Решено: Чешмата се ремонтира" in shown and "Добре" in shown
    told = {"words": "Ремонтът е до май.", "reply": "Ще има микрофон."}
    assert secretary.press(desk, to=desk, **told).status_code == 303
    seen = {"expected_version": "0", **told, "words": "Ремонтът е до юни."}
    late = secretary.post(desk, seen)  # begun before the one that is there now
    assert late.status_code == 422
    assert "Двата текста един до друг" in late.text
    [form] = [it for to, it in secretary.forms_in(late.text, desk) if to.endswith(desk)]
    assert form["expected_version"] == "1" and form["words"].strip() == seen["words"]
    public = send(page).text
    assert "Ремонтът е до май." in public and "Ще има микрофон." in public
    assert "Добре" not in public
    assert sign_in(NEIGHBOUR, Role.SECRETARY).get(desk).status_code == 404
    with uow_in(VILLAGE) as uow:
        assert len(uow.session.scalars(feedback_of(held)).all()) == 5
