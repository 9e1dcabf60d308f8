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
from obshto.platform.notify.retention import sweep_letters
from obshto.platform.notify.subscribers import Wishes, token_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
WATER = Wishes(topics=("notices:water",), places=("00001",))
ROAD = Wishes(topics=("notices:road",), places=(), pace=Pace.DAILY, language="en")
EMAIL = "ivanka@example.org"


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


def letters(uow):
    return uow.session.scalars(select(Message).order_by(Message.accepted_at, Message.id)).all()


def facts(uow):
    return [fact.name.partition("subscriber.")[2] for fact in uow.facts]


def later(uow, **lapse):
    object.__setattr__(uow, "now", uow.now + timedelta(**lapse))


def test_the_reader_of_the_address_is_asked_first(uow):
    reader = subscribers.subscribe(uow, EMAIL, WATER)
    assert reader.confirmed_at is None and subscribers.wishes_of(reader) == WATER
    (letter,) = letters(uow)
    assert (letter.subscriber_id, letter.state) == (reader.id, State.ACCEPTED)
    assert letter.recipient is None and EMAIL not in letter.text
    assert [job.name for job in uow.jobs] == ["notify:send"]


def test_asking_again_soon_writes_no_second_letter_and_later_does(uow):
    reader = subscribers.subscribe(uow, EMAIL, WATER)
    assert subscribers.subscribe(uow, f" {EMAIL.upper()} ", WATER) is reader
    assert len(letters(uow)) == 1
    later(uow, minutes=16)
    subscribers.subscribe(uow, EMAIL, ROAD)
    assert len(letters(uow)) == 2 and subscribers.wishes_of(reader) == ROAD


def test_who_has_confirmed_keeps_their_wishes_whoever_types_the_address(uow):
    reader = subscribers.subscribe(uow, EMAIL, WATER)
    subscribers.confirm(uow, reader)
    later(uow, minutes=16)
    subscribers.subscribe(uow, EMAIL, ROAD)
    assert subscribers.wishes_of(reader) == WATER and len(letters(uow)) == 2
    assert "Вече имате абонамент" in letters(uow)[-1].subject


def test_confirming_twice_is_confirming_once(uow):
    reader = subscribers.subscribe(uow, EMAIL, WATER)
    subscribers.confirm(uow, reader)
    subscribers.confirm(uow, reader)
    assert facts(uow) == ["confirmed"]


def test_the_token_is_found_by_its_hash_and_stands_nowhere(uow, owner):
    reader = subscribers.subscribe(uow, EMAIL, WATER)
    token = token_of(reader)
    uow.commit()
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)
    assert subscribers.subscriber_with(uow, token).id == reader.id
    for table in ("notify_subscriber", "notify_message", "audit_entry"):
        rows = owner(f"SELECT to_jsonb(t)::text FROM t_gorno_selo.{table} t")
        assert not [row for row in rows if token in row[0] or EMAIL in row[0]]


@pytest.mark.parametrize("token", ["", "a", "a" * 22, "a" * 23, "\0" * 22, "я" * 22, "a" * 9000])
def test_a_token_that_was_never_given_opens_nothing(uow, token):
    subscribers.subscribe(uow, EMAIL, WATER)
    with pytest.raises(NoSuchSubscription):
        subscribers.subscriber_with(uow, token)


def test_a_token_of_one_municipality_opens_nothing_in_another(uow_in):
    with uow_in(VILLAGE) as uow:
        token = token_of(subscribers.subscribe(uow, EMAIL, WATER))
        uow.commit()
    with uow_in(NEIGHBOUR) as uow:
        assert token_of(subscribers.subscribe(uow, EMAIL, WATER)) != token
        with pytest.raises(NoSuchSubscription):
            subscribers.subscriber_with(uow, token)


def test_a_late_form_does_not_undo_other_wishes(uow):
    reader = subscribers.subscribe(uow, EMAIL, WATER)
    expected_version = reader.version
    subscribers.change(uow, reader, ROAD, expected_version=expected_version)
    uow.session.flush()
    subscribers.change(
        uow, reader, ROAD, expected_version=expected_version
    )  # the same form, sent twice
    with pytest.raises(Conflict):
        subscribers.change(uow, reader, WATER, expected_version=expected_version)


def test_stopping_forgets_the_address_and_what_has_not_left(uow):
    reader = subscribers.subscribe(uow, EMAIL, WATER)
    subscribers.confirm(uow, reader)
    (letter,) = letters(uow)
    letter.state = State.HANDED_OVER
    put(uow, reader, State.ACCEPTED)
    subscribers.stop(uow, reader)
    uow.session.flush()
    uow.session.expire_all()
    assert uow.session.scalars(select(Subscriber)).all() == []
    (kept,) = letters(uow)
    assert (kept.state, kept.subscriber_id) == (State.HANDED_OVER, None)


def put(uow, reader, state):
    row = Message(cause=uuid4(), fact="x", subscriber_id=reader.id, language="bg", state=state)
    row.subject, row.text, row.accepted_at, row.tries = "Вода", "Няма", uow.now, 0
    row.is_bulk, row.is_urgent = True, False
    uow.session.add(row)
    uow.session.flush()
    return row


def test_who_never_confirms_is_forgotten_after_a_week(uow):
    subscribers.subscribe(uow, EMAIL, WATER)
    kept = subscribers.subscribe(uow, "kept@example.org", WATER)
    subscribers.confirm(uow, kept)
    later(uow, days=8)
    sweep_letters(uow)
    uow.session.expire_all()
    assert uow.session.scalars(select(Subscriber)).all() == [kept]


def test_a_clerks_form_sent_twice_asks_once(uow):
    request_id = uuid4()
    for _ in range(2):
        subscribers.subscribe(uow, EMAIL, WATER, request_id=request_id)
    assert facts(uow) == ["asked"] and len(letters(uow)) == 1


def test_an_address_that_was_refused_is_tried_anew_a_day_later(uow):
    reader = subscribers.subscribe(uow, EMAIL, WATER)
    row = {"address_hash": reader.address_hash, "trouble": "550 5.1.1", "at": uow.now}
    uow.session.add(Suppression(**row))
    uow.session.flush()
    later(uow, hours=1)
    subscribers.subscribe(uow, EMAIL, WATER)
    assert uow.session.get(Suppression, reader.address_hash)
    later(uow, days=1)
    subscribers.subscribe(uow, EMAIL, WATER)
    uow.session.expire_all()
    assert uow.session.get(Suppression, reader.address_hash) is None


def test_an_account_takes_over_what_was_asked_for_without_one(uow):
    person = uuid4()
    asked = subscribers.subscribe(uow, EMAIL, WATER)
    reader = subscribers.subscribe_person(uow, person, EMAIL, ROAD, expected_version=0)
    uow.session.flush()
    assert reader is asked and reader.confirmed_at and reader.person_id == person
    again = subscribers.subscribe_person(uow, person, EMAIL, ROAD, expected_version=0)
    assert again is reader
    with pytest.raises(Conflict):
        subscribers.subscribe_person(uow, person, EMAIL, WATER, expected_version=0)


def test_somebody_takes_their_subscription_along_and_leaves_none(uow):
    person = uuid4()
    reader = subscribers.subscribe_person(uow, person, EMAIL, WATER, expected_version=0)
    put(uow, reader, State.HANDED_OVER)
    told = export(uow, person)
    assert [row["address"] for row in told["subscriptions"]] == [EMAIL]
    assert [row["subject"] for row in told["notify"]] == ["Вода"]
    erase(uow, person)
    uow.session.flush()
    uow.session.expire_all()
    assert export(uow, person) == {"notify": [], "subscriptions": []}
    assert letters(uow) == []
