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
def letter(work):
    """letter(poll, "outcome"): subject and text in Bulgarian and in English."""

    def write(poll, name, work=work):
        told = []
        for language in ("bg", "en"):
            with speaking(language):
                payload = {"subject_id": str(poll.id), "title": poll.title}
                told.append(getattr(notifications, name)(work, payload))
        return told

    return write


@pytest.fixture
def over(work, opened):
    """A poll that has ended."""
    poll = opened(work, words={"en": {"title": "The market"}})
    polls.close_poll(work, poll, seen=poll.version)
    work.session.flush()
    return poll


def audience(work, fact, poll):
    [found] = [
        one.to
        for one in notifications.NOTIFICATIONS
        if one.fact.name == f"polls:{fact}" and callable(one.to)
    ]
    return found(work, {"subject_id": str(poll.id)})


def test_a_new_poll_is_told_in_the_readers_language_until_it_ends(work, opened, letter):
    words = {"en": {"title": "The market", "intro": "When shall it be?"}}
    poll = opened(work, intro="Кога да е?", words=words)
    (subject, text), (english, its_text) = letter(poll, "opened")
    assert subject == "Общината пита: Пазарът" and "Кога да е?" in text
    assert english == "The municipality asks: The market" and "When shall it be?" in its_text
    assert f"/polls/{poll.id}\n" in text and f"/en/polls/{poll.id}\n" in its_text
    assert letter(poll, "opened", replace(work, now=poll.closes_at)) == [None, None]
    told = audience(work, "poll.opened", poll)
    assert (told.topic, told.until, told.asked) == ("polls:poll", poll.closes_at, True)


def test_of_more_time_those_hear_who_were_told_of_the_poll(work, opened, letter):
    poll = opened(work)
    polls.extend_poll(
        work,
        poll,
        closes_at=poll.closes_at + timedelta(days=3),
        note="Имаше сняг",
        words={},
        seen=poll.version,
    )
    (subject, text), _ = letter(poll, "extended")
    assert subject == "Удължена анкета: Пазарът" and "Имаше сняг" in text
    told = audience(work, "poll.extended", poll)
    assert (told.asked, told.told) == (False, True)


def test_what_came_of_it_is_told_whole(work, over, letter):
    assert letter(over, "outcome") == [None, None]
    polls.tell_outcome(work, over, **DONE, seen=over.version)
    (subject, text), (english, its_text) = letter(over, "outcome")
    assert subject == "Какво последва: Пазарът" and "Пазарът е в събота." in text
    assert english == "What came of it: The market" and "Saturday." in its_text
    assert audience(work, "outcome.told", over).topic == "polls:outcome"
    over.deleted_at = work.now
    assert letter(over, "outcome") == [None, None]


def test_a_correction_of_it_is_told_only_when_it_is_news(work, over):
    def times():
        return [fact.name for fact in work.facts].count(OutcomeTold.name)

    polls.tell_outcome(work, over, **DONE, seen=over.version)
    polls.tell_outcome(work, over, **DONE | {"outcome": "Пазарът е събота."}, seen=over.version)
    assert times() == 1
    news = DONE | {"outcome": "Пазарът се премести."}
    polls.tell_outcome(work, over, **news, seen=over.version, again=True)
    assert times() == 2
