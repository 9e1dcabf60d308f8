"""Who asked to hear: nobody by somebody else's hand, everybody until they say stop."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.platform.errors import Conflict
from obshto.platform.notify import subscribers
from obshto.platform.notify.errors import NoSuchSubscription
from obshto.platform.notify.models import Message, Pace, State, Subscriber, Suppression
from obshto.platform.notify.privacy import erase, export
from obshto.platform.notify.subscribers import Wishes, token_of
from obshto.platform.notify.sweeping import sweep_letters

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
WATER = Wishes(topics=("notices:water",), places=("00001",))
ROAD = Wishes(topics=("notices:road",), places=(), pace=Pace.DAILY, language="en")
EMAIL = "ivanka@example.org"


@pytest.fixture
def work(work_in):
    with work_in(VILLAGE) as begun:
        yield begun


def letters(work):
    return work.session.scalars(select(Message).order_by(Message.accepted_at, Message.id)).all()


def facts(work):
    return [fact.name.partition("subscriber.")[2] for fact in work.facts]


def later(work, **lapse):
    object.__setattr__(work, "now", work.now + timedelta(**lapse))


def test_the_reader_of_the_address_is_asked_first(work):
    reader = subscribers.subscribe(work, EMAIL, WATER)
    assert reader.confirmed_at is None and subscribers.wishes_of(reader) == WATER
    (letter,) = letters(work)
    assert (letter.subscriber_id, letter.state) == (reader.id, State.ACCEPTED)
    assert letter.recipient is None and EMAIL not in letter.text
    assert [job.name for job in work.jobs] == ["notify:send"]


def test_asking_again_soon_writes_no_second_letter_and_later_does(work):
    reader = subscribers.subscribe(work, EMAIL, WATER)
    assert subscribers.subscribe(work, f" {EMAIL.upper()} ", WATER) is reader
    assert len(letters(work)) == 1
    later(work, minutes=16)
    subscribers.subscribe(work, EMAIL, ROAD)
    assert len(letters(work)) == 2 and subscribers.wishes_of(reader) == ROAD


def test_who_has_confirmed_keeps_their_wishes_whoever_types_the_address(work):
    reader = subscribers.subscribe(work, EMAIL, WATER)
    subscribers.confirm(work, reader)
    later(work, minutes=16)
    subscribers.subscribe(work, EMAIL, ROAD)
    assert subscribers.wishes_of(reader) == WATER and len(letters(work)) == 2
    assert "Вече имате абонамент" in letters(work)[-1].subject


def test_confirming_twice_is_confirming_once(work):
    reader = subscribers.subscribe(work, EMAIL, WATER)
    subscribers.confirm(work, reader)
    subscribers.confirm(work, reader)
    assert facts(work) == ["confirmed"]


def test_the_token_is_found_by_its_hash_and_stands_nowhere(work, owner):
    reader = subscribers.subscribe(work, EMAIL, WATER)
    token = token_of(reader)
    work.commit()
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)
    assert subscribers.subscriber_with(work, token).id == reader.id
    for table in ("notify_subscriber", "notify_message", "audit_entry"):
        rows = owner(f"SELECT to_jsonb(t)::text FROM t_gorno_selo.{table} t")
        assert not [row for row in rows if token in row[0] or EMAIL in row[0]]


@pytest.mark.parametrize("token", ["", "a", "a" * 22, "a" * 23, "\0" * 22, "я" * 22, "a" * 9000])
def test_a_token_that_was_never_given_opens_nothing(work, token):
    subscribers.subscribe(work, EMAIL, WATER)
    with pytest.raises(NoSuchSubscription):
        subscribers.subscriber_with(work, token)


def test_a_token_of_one_municipality_opens_nothing_in_another(work_in):
    with work_in(VILLAGE) as work:
        token = token_of(subscribers.subscribe(work, EMAIL, WATER))
        work.commit()
    with work_in(NEIGHBOUR) as work:
        assert token_of(subscribers.subscribe(work, EMAIL, WATER)) != token
        with pytest.raises(NoSuchSubscription):
            subscribers.subscriber_with(work, token)


def test_a_late_form_does_not_undo_other_wishes(work):
    reader = subscribers.subscribe(work, EMAIL, WATER)
    seen = reader.version
    subscribers.change(work, reader, ROAD, seen=seen)
    work.session.flush()
    subscribers.change(work, reader, ROAD, seen=seen)  # the same form, sent twice
    with pytest.raises(Conflict):
        subscribers.change(work, reader, WATER, seen=seen)


def test_stopping_forgets_the_address_and_what_has_not_left(work):
    reader = subscribers.subscribe(work, EMAIL, WATER)
    subscribers.confirm(work, reader)
    (letter,) = letters(work)
    letter.state = State.HANDED_OVER
    put(work, reader, State.ACCEPTED)
    subscribers.stop(work, reader)
    work.session.flush()
    work.session.expire_all()
    assert work.session.scalars(select(Subscriber)).all() == []
    (kept,) = letters(work)
    assert (kept.state, kept.subscriber_id) == (State.HANDED_OVER, None)


def put(work, reader, state):
    row = Message(cause=uuid4(), fact="x", subscriber_id=reader.id, language="bg", state=state)
    row.subject, row.text, row.accepted_at, row.tries = "Вода", "Няма", work.now, 0
    row.is_bulk, row.is_urgent = True, False
    work.session.add(row)
    work.session.flush()
    return row


def test_who_never_confirms_is_forgotten_after_a_week(work):
    subscribers.subscribe(work, EMAIL, WATER)
    kept = subscribers.subscribe(work, "kept@example.org", WATER)
    subscribers.confirm(work, kept)
    later(work, days=8)
    sweep_letters(work)
    work.session.expire_all()
    assert work.session.scalars(select(Subscriber)).all() == [kept]


def test_a_clerks_form_sent_twice_asks_once(work):
    request_id = uuid4()
    for _ in range(2):
        subscribers.subscribe(work, EMAIL, WATER, request_id=request_id)
    assert facts(work) == ["asked"] and len(letters(work)) == 1


def test_an_address_that_was_refused_is_tried_anew_a_day_later(work):
    reader = subscribers.subscribe(work, EMAIL, WATER)
    row = {"address_hash": reader.address_hash, "trouble": "550 5.1.1", "at": work.now}
    work.session.add(Suppression(**row))
    work.session.flush()
    later(work, hours=1)
    subscribers.subscribe(work, EMAIL, WATER)
    assert work.session.get(Suppression, reader.address_hash)
    later(work, days=1)
    subscribers.subscribe(work, EMAIL, WATER)
    work.session.expire_all()
    assert work.session.get(Suppression, reader.address_hash) is None


def test_an_account_takes_over_what_was_asked_for_without_one(work):
    person = uuid4()
    asked = subscribers.subscribe(work, EMAIL, WATER)
    reader = subscribers.subscribe_person(work, person, EMAIL, ROAD, seen=0)
    work.session.flush()
    assert reader is asked and reader.confirmed_at and reader.person_id == person
    again = subscribers.subscribe_person(work, person, EMAIL, ROAD, seen=0)
    assert again is reader
    with pytest.raises(Conflict):
        subscribers.subscribe_person(work, person, EMAIL, WATER, seen=0)


def test_somebody_takes_their_subscription_along_and_leaves_none(work):
    person = uuid4()
    reader = subscribers.subscribe_person(work, person, EMAIL, WATER, seen=0)
    put(work, reader, State.HANDED_OVER)
    told = export(work, person)
    assert [row["address"] for row in told["subscriptions"]] == [EMAIL]
    assert [row["subject"] for row in told["notify"]] == ["Вода"]
    erase(work, person)
    work.session.flush()
    work.session.expire_all()
    assert export(work, person) == {"notify": [], "subscriptions": []}
    assert letters(work) == []
