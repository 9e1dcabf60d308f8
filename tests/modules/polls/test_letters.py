"""Who asked to be told is told: of a new poll, of more time, of what came of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from obshto.modules.polls import notifications
from obshto.modules.polls.events import OutcomeTold
from obshto.modules.polls.services import polls
from obshto.platform.web.language import speaking

DONE = {"outcome": "Пазарът е в събота.", "words": {"en": {"outcome": "Saturday."}, "ro": {}}}


@pytest.fixture
def letter(uow):
    """letter(poll, "outcome"): subject and text in Bulgarian and in English."""

    def write(poll, name, uow=uow):
        told = []
        for language in ("bg", "en"):
            with speaking(language):
                payload = {"subject_id": str(poll.id), "title": poll.title}
                told.append(getattr(notifications, name)(uow, payload))
        return told

    return write


@pytest.fixture
def over(uow, opened):
    """A poll that has ended."""
    poll = opened(uow, words={"en": {"title": "The market"}})
    polls.close_poll(uow, poll, expected_version=poll.version)
    uow.session.flush()
    return poll


def audience(uow, fact, poll):
    [found] = [
        one.to
        for one in notifications.NOTIFICATIONS
        if one.fact.name == f"polls:{fact}" and callable(one.to)
    ]
    return found(uow, {"subject_id": str(poll.id)})


def test_a_new_poll_is_told_in_the_readers_language_until_it_ends(uow, opened, letter):
    words = {"en": {"title": "The market", "intro": "When shall it be?"}}
    poll = opened(uow, intro="Кога да е?", words=words)
    (subject, text), (english, its_text) = letter(poll, "opened")
    assert subject == "Общината пита: Пазарът" and "Кога да е?" in text
    assert english == "The municipality asks: The market" and "When shall it be?" in its_text
    assert f"/polls/{poll.id}\n" in text and f"/en/polls/{poll.id}\n" in its_text
    assert letter(poll, "opened", replace(uow, now=poll.closes_at)) == [None, None]
    told = audience(uow, "poll.opened", poll)
    assert (told.topic, told.until, told.asked) == ("polls:poll", poll.closes_at, True)


def test_of_more_time_those_hear_who_were_told_of_the_poll(uow, opened, letter):
    poll = opened(uow)
    polls.extend_poll(
        uow,
        poll,
        closes_at=poll.closes_at + timedelta(days=3),
        note="Имаше сняг",
        words={},
        expected_version=poll.version,
    )
    (subject, text), _ = letter(poll, "extended")
    assert subject == "Удължена анкета: Пазарът" and "Имаше сняг" in text
    told = audience(uow, "poll.extended", poll)
    assert (told.asked, told.told) == (False, True)


def test_what_came_of_it_is_told_whole(uow, over, letter):
    assert letter(over, "outcome") == [None, None]
    polls.tell_outcome(uow, over, **DONE, expected_version=over.version)
    (subject, text), (english, its_text) = letter(over, "outcome")
    assert subject == "Какво последва: Пазарът" and "Пазарът е в събота." in text
    assert english == "What came of it: The market" and "Saturday." in its_text
    assert audience(uow, "outcome.told", over).topic == "polls:outcome"
    over.deleted_at = uow.now
    assert letter(over, "outcome") == [None, None]


def test_a_correction_of_it_is_told_only_when_it_is_news(uow, over):
    def times():
        return [fact.name for fact in uow.facts].count(OutcomeTold.name)

    polls.tell_outcome(uow, over, **DONE, expected_version=over.version)
    polls.tell_outcome(
        uow, over, **DONE | {"outcome": "Пазарът е събота."}, expected_version=over.version
    )
    assert times() == 1
    news = DONE | {"outcome": "Пазарът се премести."}
    polls.tell_outcome(uow, over, **news, expected_version=over.version, again=True)
    assert times() == 2
