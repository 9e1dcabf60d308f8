"""One text to many: to whom, once, in their language; corrected, called off, gathered, counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from flask_babel import get_locale
from sqlalchemy import select

from obshto.platform.clock import SOFIA
from obshto.platform.facts import Fact
from obshto.platform.modularity.manifest import Audience, Notification
from obshto.platform.notify import subscribers
from obshto.platform.notify.audience import write_to_audience
from obshto.platform.notify.digests import write_digests
from obshto.platform.notify.models import Message, Pace, State, Subscriber, Suppression, Text
from obshto.platform.notify.numbers import numbers_of, outbox_numbers, subscriber_counts
from obshto.platform.notify.subscribers import Wishes

VILLAGE = "gorno-selo"
HERE, THERE = "00001", "00002"


@dataclass(frozen=True, kw_only=True)
class Told(Fact):
    """For these tests."""

    name: ClassVar[str] = "test:thing.told"
    label: ClassVar[str] = "Казано"


def said(work, payload):
    return f"Вода {get_locale().language}", f"{payload['text']}\n"


NOTICE = Notification(fact=Told, title="Казано", to=lambda *_: (), letter=said)


@pytest.fixture
def work(work_in):
    with work_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def reader(work):
    """reader("a", …): somebody who has confirmed."""

    def make(name, *, topics=("notices:water",), places=(), pace=Pace.AT_ONCE, language="bg"):
        wishes = Wishes(topics=topics, places=places, pace=pace, language=language)
        made = subscribers.subscribe(work, f"{name}@example.org", wishes)
        subscribers.confirm(work, made)
        work.session.flush()
        return made

    return make


@pytest.fixture
def tell(work):
    """tell(subject, …): to whom it is written, with the state of each."""

    def go(subject=None, cause=None, text="Няма вода", **audience):
        subject, cause = subject or uuid4(), cause or uuid4()
        to = Audience(topic="notices:water", **audience)
        payload = {"subject_id": str(subject), "text": text}
        write_to_audience(work, NOTICE, to, payload, cause)
        rows = (
            select(Subscriber.address, Message.state)
            .join(Message, Message.subscriber_id == Subscriber.id)
            .where(Message.cause == cause)
        )
        found = work.session.execute(rows.execution_options(populate_existing=True))
        return {email.partition("@")[0]: state for email, state in found}

    return go


def test_who_follows_the_topic_there_hears_of_it(reader, tell):
    reader("here", places=(HERE,))
    reader("both", places=(HERE, THERE))
    reader("everywhere")
    reader("there", places=(THERE,))
    reader("roads", topics=("notices:road",))
    told = tell(places=frozenset({HERE}))
    assert told == dict.fromkeys(("here", "both", "everywhere"), State.ACCEPTED)


def test_what_holds_everywhere_is_heard_everywhere(reader, tell):
    reader("here", places=(HERE,))
    reader("everywhere")
    assert set(tell()) == {"here", "everywhere"}


def test_who_has_not_confirmed_hears_nothing(work, tell):
    subscribers.subscribe(work, "a@example.org", Wishes(topics=("notices:water",), places=()))
    assert tell() == {}


def test_an_address_that_does_not_exist_is_not_written_to(work, reader, tell):
    gone = reader("gone")
    work.session.add(Suppression(address_hash=gone.address_hash, trouble="550", at=work.now))
    work.session.flush()
    assert tell() == {}


def test_each_hears_at_their_own_pace_and_of_what_is_urgent_at_once(reader, tell):
    for pace in Pace:
        reader(pace.name.lower(), pace=pace)
    collected = dict.fromkeys(("daily", "weekly"), State.COLLECTED)
    assert tell() == {"at_once": State.ACCEPTED} | collected
    everybody = [pace.name.lower() for pace in Pace]
    assert tell(is_urgent=True) == dict.fromkeys(everybody, State.ACCEPTED)


def test_the_words_are_kept_once_in_each_language(work, reader, tell):
    for number in range(3):
        reader(f"b{number}")
    reader("e", language="en")
    cause = uuid4()
    tell(cause=cause)
    texts = {text.id: text for text in work.session.scalars(select(Text))}
    assert sorted(text.subject for text in texts.values()) == ["Вода bg", "Вода en", "Вода ro"]
    rows = work.session.scalars(select(Message).where(Message.cause == cause)).all()
    assert Counter(texts[row.text_id].language for row in rows) == {"bg": 3, "en": 1}
    assert all(row.subject is None and row.recipient is None for row in rows)


def test_the_same_cause_twice_is_one_letter(work, reader, tell):
    reader("a")
    subject, cause = uuid4(), uuid4()
    tell(subject, cause)
    tell(subject, cause)
    written = work.session.scalars(select(Message).where(Message.is_bulk)).all()
    assert len(written) == 1


def mark(work, subject, **states):
    """How far the letters of a subject came, by the name of the reader."""
    rows = select(Subscriber.address, Message).join(Message, Message.subscriber_id == Subscriber.id)
    for email, message in work.session.execute(rows.where(Message.subject_id == subject)):
        message.state = states.get(email.partition("@")[0], message.state)
    work.session.flush()


def test_a_correction_is_told_to_whoever_was_told_and_whoever_asked(work, reader, tell):
    subject = uuid4()
    was_told = reader("told", places=(HERE,))
    reader("waiting", places=(HERE,))
    tell(subject, places=frozenset({HERE}))
    mark(work, subject, told=State.HANDED_OVER)
    was_told.places, _ = [THERE], reader("new", places=(THERE,))
    work.session.flush()
    corrected = tell(subject, places=frozenset({HERE, THERE}), told=True)
    assert set(corrected) == {"told", "waiting", "new"}
    states = Counter(work.session.scalars(select(Message.state).where(Message.is_bulk)))
    assert states == {State.HANDED_OVER: 1, State.REPLACED: 1, State.ACCEPTED: 3}


def test_what_was_called_off_is_told_to_whoever_was_told_alone(work, reader, tell):
    subject = uuid4()
    reader("told"), reader("waiting"), reader("stopped", pace=Pace.DAILY)
    tell(subject)
    mark(work, subject, told=State.HANDED_OVER)
    assert set(tell(subject, asked=False, told=True)) == {"told"}
    rows = select(Message.state).where(Message.is_bulk)
    assert Counter(work.session.scalars(rows)) == {
        State.HANDED_OVER: 1,
        State.REPLACED: 2,
        State.ACCEPTED: 1,
    }


def at(work, hour, days=0):
    """The work goes on at that hour by the clocks of Bulgaria."""
    moment = work.now.astimezone(SOFIA) + timedelta(days=days)
    moment = moment.replace(hour=hour, minute=0)
    object.__setattr__(work, "now", moment.astimezone(work.now.tzinfo))


def digests(work):
    rows = select(Message).where(Message.fact == "notify:digest").order_by(Message.id)
    return work.session.scalars(rows).all()


def test_a_day_is_gathered_in_one_letter_in_the_morning_once(work, reader, tell):
    at(work, 12)
    reader("a", pace=Pace.DAILY, language="en")
    tell(text="Няма вода"), tell(text="Няма ток")
    at(work, 6, days=1)
    write_digests(work)
    assert digests(work) == []
    at(work, 7)
    write_digests(work)
    work.session.flush()
    write_digests(work)
    (letter,) = digests(work)
    assert letter.subject.startswith("2 notices") and letter.state == State.ACCEPTED
    assert letter.text.index("Няма вода") < letter.text.index("Няма ток")
    gathered = select(Message.digest_id).where(Message.state == State.GATHERED)
    assert list(work.session.scalars(gathered)) == [letter.id, letter.id]


def test_a_week_is_gathered_on_monday_or_the_first_day_after_it(work, reader, tell):
    at(work, 12, days=-work.now.astimezone(SOFIA).weekday() + 2)  # a Wednesday
    reader("a", pace=Pace.WEEKLY)
    tell()
    found = []
    for _ in range(7):
        at(work, 8, days=1)
        write_digests(work)
        work.session.flush()
        found.append(len(digests(work)))
    assert found == [0, 0, 0, 0, 1, 1, 1]


def test_what_is_over_by_then_is_not_gathered(work, reader, tell):
    at(work, 12)
    reader("a", pace=Pace.DAILY)
    tell(until=work.now + timedelta(hours=1))
    at(work, 8, days=1)
    write_digests(work)
    work.session.flush()
    assert digests(work) == []
    states = set(work.session.scalars(select(Message.state).where(Message.is_bulk)))
    assert states == {State.TOO_LATE}


def test_an_editor_sees_how_many_were_told_and_why_not(work, reader, tell):
    subject = uuid4()
    for name in ("a", "b", "c"):
        reader(name)
    reader("d", pace=Pace.DAILY)
    tell(subject)
    mark(work, subject, a=State.HANDED_OVER, b=State.REFUSED)
    refused = select(Message).where(Message.state == State.REFUSED)
    work.session.scalars(refused).one().trouble = "550 5.1.1"
    work.session.flush()
    (numbers,) = numbers_of(work, subject)
    counts = (numbers.told, numbers.waiting, numbers.collected, numbers.refused)
    assert counts == (1, 1, 1, {"550 5.1.1": 1})
    assert numbers_of(work, UUID(int=1)) == []


def test_the_operator_sees_counts_and_no_names(work, reader, tell):
    reader("a")
    asked = Wishes(topics=("notices:water",), places=())
    subscribers.subscribe(work, "n@example.org", asked)
    tell()
    for number, letter in enumerate(work.session.scalars(select(Message)).all()):
        letter.state = State.HANDED_OVER
        letter.handed_over_at = work.now + timedelta(seconds=9 * number)
    work.session.flush()
    numbers = outbox_numbers(work)
    # Two letters that ask to confirm, after 0 and 9 seconds; the one to many does not count.
    assert (numbers["letters.sent"], numbers["letters.prompt"]) == (3, 10_000)
    ask = select(Message).where(~Message.is_bulk).order_by(Message.handed_over_at.desc())
    work.session.scalars(ask).first().handed_over_at = work.now + timedelta(seconds=11)
    work.session.flush()
    assert outbox_numbers(work)["letters.prompt"] == 5_000
    assert (numbers["letters.today"], numbers["letters.budget"]) == (3, 5000)
    counts = subscriber_counts(work)
    assert (counts[""], counts[Pace.AT_ONCE]) == (1, 1)
