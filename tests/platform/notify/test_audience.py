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
from obshto.platform.domain_events import DomainEvent
from obshto.platform.modularity.manifest import Audience, Notification
from obshto.platform.notify import subscribers
from obshto.platform.notify.audience import write_to_audience
from obshto.platform.notify.delivery_stats import numbers_of, outbox_numbers, subscriber_counts
from obshto.platform.notify.digests import write_digests
from obshto.platform.notify.models import Message, Pace, State, Subscriber, Suppression, Text
from obshto.platform.notify.subscribers import Wishes

VILLAGE = "gorno-selo"
HERE, THERE = "00001", "00002"


@dataclass(frozen=True, kw_only=True)
class Told(DomainEvent):
    """For these tests."""

    name: ClassVar[str] = "test:thing.told"
    label: ClassVar[str] = "Казано"


def said(uow, payload):
    return f"Вода {get_locale().language}", f"{payload['text']}\n"


NOTICE = Notification(fact=Told, title="Казано", to=lambda *_: (), letter=said)


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def reader(uow):
    """reader("a", …): somebody who has confirmed."""

    def make(name, *, topics=("notices:water",), places=(), pace=Pace.AT_ONCE, language="bg"):
        wishes = Wishes(topics=topics, places=places, pace=pace, language=language)
        made = subscribers.subscribe(uow, f"{name}@example.org", wishes)
        subscribers.confirm(uow, made)
        uow.session.flush()
        return made

    return make


@pytest.fixture
def tell(uow):
    """tell(subject, …): to whom it is written, with the state of each."""

    def go(subject=None, cause=None, text="Няма вода", **audience):
        subject, cause = subject or uuid4(), cause or uuid4()
        to = Audience(topic="notices:water", **audience)
        payload = {"subject_id": str(subject), "text": text}
        write_to_audience(uow, NOTICE, to, payload, cause)
        rows = (
            select(Subscriber.address, Message.state)
            .join(Message, Message.subscriber_id == Subscriber.id)
            .where(Message.cause == cause)
        )
        found = uow.session.execute(rows.execution_options(populate_existing=True))
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


def test_who_has_not_confirmed_hears_nothing(uow, tell):
    subscribers.subscribe(uow, "a@example.org", Wishes(topics=("notices:water",), places=()))
    assert tell() == {}


def test_an_address_that_does_not_exist_is_not_written_to(uow, reader, tell):
    gone = reader("gone")
    uow.session.add(Suppression(address_hash=gone.address_hash, trouble="550", at=uow.now))
    uow.session.flush()
    assert tell() == {}


def test_each_hears_at_their_own_pace_and_of_what_is_urgent_at_once(reader, tell):
    for pace in Pace:
        reader(pace.name.lower(), pace=pace)
    collected = dict.fromkeys(("daily", "weekly"), State.COLLECTED)
    assert tell() == {"at_once": State.ACCEPTED} | collected
    everybody = [pace.name.lower() for pace in Pace]
    assert tell(is_urgent=True) == dict.fromkeys(everybody, State.ACCEPTED)


def test_the_words_are_kept_once_in_each_language(uow, reader, tell):
    for number in range(3):
        reader(f"b{number}")
    reader("e", language="en")
    cause = uuid4()
    tell(cause=cause)
    texts = {text.id: text for text in uow.session.scalars(select(Text))}
    assert sorted(text.subject for text in texts.values()) == ["Вода bg", "Вода en", "Вода ro"]
    rows = uow.session.scalars(select(Message).where(Message.cause == cause)).all()
    assert Counter(texts[row.text_id].language for row in rows) == {"bg": 3, "en": 1}
    assert all(row.subject is None and row.recipient is None for row in rows)


def test_the_same_cause_twice_is_one_letter(uow, reader, tell):
    reader("a")
    subject, cause = uuid4(), uuid4()
    tell(subject, cause)
    tell(subject, cause)
    written = uow.session.scalars(select(Message).where(Message.is_bulk)).all()
    assert len(written) == 1


def mark(uow, subject, **states):
    """How far the letters of a subject came, by the name of the reader."""
    rows = select(Subscriber.address, Message).join(Message, Message.subscriber_id == Subscriber.id)
    for email, message in uow.session.execute(rows.where(Message.subject_id == subject)):
        message.state = states.get(email.partition("@")[0], message.state)
    uow.session.flush()


def test_a_correction_is_told_to_whoever_was_told_and_whoever_asked(uow, reader, tell):
    subject = uuid4()
    was_told = reader("told", places=(HERE,))
    reader("waiting", places=(HERE,))
    tell(subject, places=frozenset({HERE}))
    mark(uow, subject, told=State.HANDED_OVER)
    was_told.places, _ = [THERE], reader("new", places=(THERE,))
    uow.session.flush()
    corrected = tell(subject, places=frozenset({HERE, THERE}), told=True)
    assert set(corrected) == {"told", "waiting", "new"}
    states = Counter(uow.session.scalars(select(Message.state).where(Message.is_bulk)))
    assert states == {State.HANDED_OVER: 1, State.REPLACED: 1, State.ACCEPTED: 3}


def test_what_was_called_off_is_told_to_whoever_was_told_alone(uow, reader, tell):
    subject = uuid4()
    reader("told"), reader("waiting"), reader("stopped", pace=Pace.DAILY)
    tell(subject)
    mark(uow, subject, told=State.HANDED_OVER)
    assert set(tell(subject, asked=False, told=True)) == {"told"}
    rows = select(Message.state).where(Message.is_bulk)
    assert Counter(uow.session.scalars(rows)) == {
        State.HANDED_OVER: 1,
        State.REPLACED: 2,
        State.ACCEPTED: 1,
    }


def at(uow, hour, days=0):
    """The work goes on at that hour by the clocks of Bulgaria."""
    moment = uow.now.astimezone(SOFIA) + timedelta(days=days)
    moment = moment.replace(hour=hour, minute=0)
    object.__setattr__(uow, "now", moment.astimezone(uow.now.tzinfo))


def digests(uow):
    rows = select(Message).where(Message.fact == "notify:digest").order_by(Message.id)
    return uow.session.scalars(rows).all()


def test_a_day_is_gathered_in_one_letter_in_the_morning_once(uow, reader, tell):
    at(uow, 12)
    reader("a", pace=Pace.DAILY, language="en")
    tell(text="Няма вода"), tell(text="Няма ток")
    at(uow, 6, days=1)
    write_digests(uow)
    assert digests(uow) == []
    at(uow, 7)
    write_digests(uow)
    uow.session.flush()
    write_digests(uow)
    (letter,) = digests(uow)
    assert letter.subject.startswith("2 notices") and letter.state == State.ACCEPTED
    assert letter.text.index("Няма вода") < letter.text.index("Няма ток")
    gathered = select(Message.digest_id).where(Message.state == State.GATHERED)
    assert list(uow.session.scalars(gathered)) == [letter.id, letter.id]


def test_a_week_is_gathered_on_monday_or_the_first_day_after_it(uow, reader, tell):
    at(uow, 12, days=-uow.now.astimezone(SOFIA).weekday() + 2)  # a Wednesday
    reader("a", pace=Pace.WEEKLY)
    tell()
    found = []
    for _ in range(7):
        at(uow, 8, days=1)
        write_digests(uow)
        uow.session.flush()
        found.append(len(digests(uow)))
    assert found == [0, 0, 0, 0, 1, 1, 1]


def test_what_is_over_by_then_is_not_gathered(uow, reader, tell):
    at(uow, 12)
    reader("a", pace=Pace.DAILY)
    tell(until=uow.now + timedelta(hours=1))
    at(uow, 8, days=1)
    write_digests(uow)
    uow.session.flush()
    assert digests(uow) == []
    states = set(uow.session.scalars(select(Message.state).where(Message.is_bulk)))
    assert states == {State.TOO_LATE}


def test_an_editor_sees_how_many_were_told_and_why_not(uow, reader, tell):
    subject = uuid4()
    for name in ("a", "b", "c"):
        reader(name)
    reader("d", pace=Pace.DAILY)
    tell(subject)
    mark(uow, subject, a=State.HANDED_OVER, b=State.REFUSED)
    refused = select(Message).where(Message.state == State.REFUSED)
    uow.session.scalars(refused).one().trouble = "550 5.1.1"
    uow.session.flush()
    (numbers,) = numbers_of(uow, subject)
    counts = (numbers.told, numbers.waiting, numbers.collected, numbers.refused)
    assert counts == (1, 1, 1, {"550 5.1.1": 1})
    assert numbers_of(uow, UUID(int=1)) == []


def test_the_operator_sees_counts_and_no_names(uow, reader, tell):
    reader("a")
    asked = Wishes(topics=("notices:water",), places=())
    subscribers.subscribe(uow, "n@example.org", asked)
    tell()
    letters = select(Message).order_by(Message.is_bulk)
    for number, letter in enumerate(uow.session.scalars(letters).all()):
        letter.state = State.HANDED_OVER
        letter.handed_over_at = uow.now + timedelta(seconds=9 * number)
    uow.session.flush()
    numbers = outbox_numbers(uow)
    # Two letters that ask to confirm, after 0 and 9 seconds; the one to many does not count.
    assert (numbers["letters.sent"], numbers["letters.prompt"]) == (3, 10_000)
    ask = select(Message).where(~Message.is_bulk).order_by(Message.handed_over_at.desc())
    uow.session.scalars(ask).first().handed_over_at = uow.now + timedelta(seconds=11)
    uow.session.flush()
    assert outbox_numbers(uow)["letters.prompt"] == 5_000
    assert (numbers["letters.today"], numbers["letters.budget"]) == (3, 5000)
    counts = subscriber_counts(uow)
    assert (counts[""], counts[Pace.AT_ONCE]) == (1, 1)
