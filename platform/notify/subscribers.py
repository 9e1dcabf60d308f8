"""Those who asked to hear: found, asked for, confirmed, changed, gone."""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from obshto.platform.clock import SOFIA
from obshto.platform.db.base import new_id
from obshto.platform.errors import Conflict
from obshto.platform.keys.sealed import blind_index
from obshto.platform.notify.errors import NoSuchSubscription
from obshto.platform.notify.events import SubscriberAsked, SubscriberConfirmed, SubscriberStopped
from obshto.platform.notify.models import (
    WAITING,
    Channel,
    Message,
    Pace,
    State,
    Subscriber,
    Suppression,
)
from obshto.platform.notify.outbox import put_letter
from obshto.platform.web.language import speaking
from obshto.platform.work import Work

AGAIN = timedelta(minutes=15)  # a second letter that asks to confirm is not written before
UNCONFIRMED = timedelta(days=7)  # then it was no wish
FORGIVEN = timedelta(days=1)  # an address that was refused may be tried again after that
UNSENT = (*WAITING, State.COLLECTED)
_token = re.compile(r"[A-Za-z0-9_-]{22}").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody wants to hear of, where, how often, in which language."""

    topics: tuple[str, ...]
    places: tuple[str, ...]
    pace: str = Pace.AT_ONCE
    language: str = "bg"


def wishes_of(subscriber: Subscriber) -> Wishes:
    """As they stand now."""
    return Wishes(
        topics=tuple(subscriber.topics),
        places=tuple(subscriber.places),
        pace=subscriber.pace,
        language=subscriber.language,
    )


# -- finding ---------------------------------------------------------------------------------


def hash_of(email: str) -> bytes:
    """What an address is found by; capital letters make no difference."""
    return blind_index("notify_subscriber.email", email.strip().casefold())


def token_of(subscriber: Subscriber) -> str:
    """22 letters for the path of their page: 128 bits that only this municipality's key makes."""
    return _token_of(subscriber.id, subscriber.turn)


def _token_of(subscriber_id: UUID, turn: int) -> str:
    made = blind_index("notify_subscriber.token_hash", f"{subscriber_id.hex}.{turn}")
    return urlsafe_b64encode(made).decode().rstrip("=")


def _hash_of_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def subscriber_with(work: Work, token: str, *, to_change: bool = False) -> Subscriber:
    """Whose page this is; `to_change` makes others wait. Raises NoSuchSubscription."""
    wanted = select(Subscriber).where(Subscriber.token_hash == _hash_of_token(token))
    found = None
    if _token(token):
        found = work.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchSubscription
    return found


def subscriber_behind(
    work: Work, person_id: UUID, *, channel: str = Channel.EMAIL, to_change: bool = False
) -> Subscriber | None:
    """The subscription of somebody with an account, by letter unless another channel is said."""
    wanted = select(Subscriber).filter_by(person_id=person_id, channel=channel)
    return work.session.scalar(wanted.with_for_update() if to_change else wanted)


def subscribers_behind(work: Work, person_id: UUID) -> list[Subscriber]:
    """Those of every channel and device of somebody with an account."""
    wanted = select(Subscriber).filter_by(person_id=person_id).order_by(Subscriber.asked_at)
    return list(work.session.scalars(wanted))


def subscribers_without_account(work: Work, emails: Collection[str]) -> list[Subscriber]:
    """Those of these addresses that nobody's account has taken over."""
    hashes = [hash_of(email) for email in emails]
    unowned = Subscriber.person_id.is_(None), Subscriber.address_hash.in_(hashes)
    return list(work.session.scalars(select(Subscriber).where(*unowned)))


# -- asking ----------------------------------------------------------------------------------


def subscribe(
    work: Work, email: str, wishes: Wishes, *, request_id: UUID | None = None
) -> Subscriber:
    """Ask whoever reads that address whether they want it. Who has confirmed already is told so,
    and keeps the wishes they had: anybody may type anybody's address.

    `request_id` is that of a clerk's form: sent twice, it is done once.
    """
    found, is_new = found_or_made(work, email, wishes)
    if request_id and found.request_id != request_id:
        found.request_id = request_id
        work.record(SubscriberAsked(subject_id=found.id))
    if not is_new and work.now - found.asked_at < AGAIN:
        return found
    found.asked_at = work.now
    if found.confirmed_at is None:
        put_wishes(found, wishes)
    forgive(work, found)
    work.session.flush()
    put_letter(
        work,
        cause=new_id(),
        fact=SubscriberAsked.name,
        language=found.language,
        words=_question(work, found),
        subscriber_id=found.id,
    )
    return found


def confirm(work: Work, subscriber: Subscriber) -> None:
    """The reader of the address wants it. A second press changes nothing."""
    if subscriber.confirmed_at:
        return
    subscriber.confirmed_at = work.now
    work.record(SubscriberConfirmed(subject_id=subscriber.id))


def subscribe_person(
    work: Work, person_id: UUID, email: str, wishes: Wishes, *, seen: int
) -> Subscriber:
    """The same for somebody signed in, whose address the provider has checked: it holds at once.

    What they asked for without an account becomes that of the account. `seen` is 0 where there
    was none. Raises Conflict.
    """
    found = subscriber_behind(work, person_id, to_change=True)
    if found is None:
        if seen:
            raise Conflict
        found, _is_new = found_or_made(work, email, wishes)
        found.person_id = person_id
        put_wishes(found, wishes)
        confirm(work, found)
        forgive(work, found)
        return found
    forgive(work, found)
    change(work, found, wishes, seen=seen)
    return found


def change(work: Work, subscriber: Subscriber, wishes: Wishes, *, seen: int) -> None:
    """Other wishes. Raises Conflict when they were changed meanwhile."""
    if wishes_of(subscriber) == wishes:
        return
    if subscriber.version != seen:
        raise Conflict
    put_wishes(subscriber, wishes)


def stop(work: Work, subscriber: Subscriber) -> None:
    """Nothing more is sent; the address is forgotten, how many letters there were is not."""
    unsent = delete(Message).where(
        Message.subscriber_id == subscriber.id, Message.state.in_(UNSENT)
    )
    work.session.execute(unsent)
    work.record(SubscriberStopped(subject_id=subscriber.id))
    work.session.delete(subscriber)


def forget_unconfirmed(work: Work) -> None:
    """Who has not confirmed for a week does not want it."""
    old = Subscriber.confirmed_at.is_(None), Subscriber.asked_at < work.now - UNCONFIRMED
    ids = list(work.session.scalars(select(Subscriber.id).where(*old)))
    work.session.execute(
        delete(Message).where(Message.subscriber_id.in_(ids), Message.state.in_(UNSENT))
    )
    work.session.execute(delete(Subscriber).where(Subscriber.id.in_(ids)))


def found_or_made(
    work: Work, address: str, wishes: Wishes, *, channel: str = Channel.EMAIL
) -> tuple[Subscriber, bool]:
    """Who has this address, locked, and whether nobody had it before."""
    wanted = select(Subscriber).where(Subscriber.address_hash == hash_of(address)).with_for_update()
    if found := work.session.scalar(wanted):
        return found, False
    subscriber_id, turn = new_id(), 0
    made = Subscriber(
        id=subscriber_id,
        channel=channel,
        address=address.strip(),
        address_hash=hash_of(address),
        turn=turn,
        token_hash=_hash_of_token(_token_of(subscriber_id, turn)),
        asked_at=work.now,
        digest_on=work.now.astimezone(SOFIA).date(),
    )
    put_wishes(made, wishes)
    try:
        with work.session.begin_nested():
            work.session.add(made)
    except IntegrityError:  # a second click, perhaps in the same instant
        return work.session.scalars(wanted).one(), False
    return made, True


def put_wishes(subscriber: Subscriber, wishes: Wishes) -> None:
    """What somebody wants to hear of from now on."""
    subscriber.topics, subscriber.places = list(wishes.topics), list(wishes.places)
    subscriber.pace, subscriber.language = wishes.pace, wishes.language


def forgive(work: Work, subscriber: Subscriber) -> None:
    """A full mailbox may be empty again: who asks anew is tried anew, once a day."""
    old = Suppression.address_hash == subscriber.address_hash, Suppression.at < work.now - FORGIVEN
    work.session.execute(delete(Suppression).where(*old))


def _question(work: Work, subscriber: Subscriber) -> tuple[str, str]:
    """What is asked; the link comes with the letter when it leaves."""
    assert work.scope
    with speaking(subscriber.language):
        if subscriber.confirmed_at:
            subject = gettext("Вече имате абонамент – %(name)s", name=work.scope.title)
            text = gettext(
                "Някой поиска абонамент за този имейл. Вие вече имате такъв и нищо не е променено."
            )
            return subject, text
        subject = gettext("Потвърдете абонамента – %(name)s", name=work.scope.title)
        text = gettext(
            "Някой, вероятно Вие, поиска %(name)s да праща съобщения на този имейл."
            " Ако не сте Вие, не правете нищо: до 7 дни ще забравим адреса.",
            name=work.scope.title,
        )
        return subject, text
