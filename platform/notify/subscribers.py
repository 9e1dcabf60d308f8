"""Those who asked to hear: found, asked for, confirmed, changed, gone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from obshto.platform.clock import SOFIA
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict
from obshto.platform.keys.derived_token import derived_token
from obshto.platform.keys.encryption import blind_index
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
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import speaking

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
    return derived_token("notify_subscriber.token_hash", f"{subscriber_id.hex}.{turn}")


def _hash_of_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def subscriber_with(uow: UnitOfWork, token: str, *, to_change: bool = False) -> Subscriber:
    """Whose page this is; `to_change` makes others wait. Raises NoSuchSubscription."""
    wanted = select(Subscriber).where(Subscriber.token_hash == _hash_of_token(token))
    found = None
    if _token(token):
        found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchSubscription
    return found


def subscriber_behind(
    uow: UnitOfWork, person_id: UUID, *, channel: str = Channel.EMAIL, to_change: bool = False
) -> Subscriber | None:
    """The subscription of somebody with an account, by letter unless another channel is said."""
    wanted = select(Subscriber).filter_by(person_id=person_id, channel=channel)
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def subscribers_behind(uow: UnitOfWork, person_id: UUID) -> list[Subscriber]:
    """Those of every channel and device of somebody with an account."""
    wanted = select(Subscriber).filter_by(person_id=person_id).order_by(Subscriber.asked_at)
    return list(uow.session.scalars(wanted))


def browsers_of(uow: UnitOfWork, person_id: UUID) -> list[Subscriber]:
    """The browsers in which somebody with an account asked to hear. One query."""
    wanted = select(Subscriber).filter_by(person_id=person_id, channel=Channel.PUSH)
    return list(uow.session.scalars(wanted.where(Subscriber.confirmed_at.is_not(None))))


def subscribers_without_account(uow: UnitOfWork, emails: Collection[str]) -> list[Subscriber]:
    """Those of these addresses that nobody's account has taken over."""
    hashes = [hash_of(email) for email in emails]
    unowned = Subscriber.person_id.is_(None), Subscriber.address_hash.in_(hashes)
    return list(uow.session.scalars(select(Subscriber).where(*unowned)))


# -- asking ----------------------------------------------------------------------------------


def subscribe(
    uow: UnitOfWork, email: str, wishes: Wishes, *, request_id: UUID | None = None
) -> Subscriber:
    """Ask whoever reads that address whether they want it. Who has confirmed already is told so,
    and keeps the wishes they had: anybody may type anybody's address.

    `request_id` is that of a clerk's form: sent twice, it is done once.
    """
    found, is_new = found_or_made(uow, email, wishes)
    if request_id and found.request_id != request_id:
        found.request_id = request_id
        uow.emit(SubscriberAsked(subject_id=found.id))
    if not is_new and uow.now - found.asked_at < AGAIN:
        return found
    found.asked_at = uow.now
    if found.confirmed_at is None:
        put_wishes(found, wishes)
    forgive(uow, found)
    uow.session.flush()
    put_letter(
        uow,
        cause=new_id(),
        fact=SubscriberAsked.name,
        language=found.language,
        words=_question(uow, found),
        subscriber_id=found.id,
    )
    return found


def confirm(uow: UnitOfWork, subscriber: Subscriber) -> None:
    """The reader of the address wants it. A second press changes nothing."""
    if subscriber.confirmed_at:
        return
    subscriber.confirmed_at = uow.now
    uow.emit(SubscriberConfirmed(subject_id=subscriber.id))


def subscribe_person(
    uow: UnitOfWork, person_id: UUID, email: str, wishes: Wishes, *, expected_version: int
) -> Subscriber:
    """The same for somebody signed in, whose address the provider has checked: it holds at once.

    What they asked for without an account becomes that of the account. `expected_version` is 0
    where there was none. Raises Conflict.
    """
    found = subscriber_behind(uow, person_id, to_change=True)
    if found is None:
        if expected_version:
            raise Conflict
        found, _is_new = found_or_made(uow, email, wishes)
        found.person_id = person_id
        put_wishes(found, wishes)
        confirm(uow, found)
        forgive(uow, found)
        return found
    forgive(uow, found)
    change(uow, found, wishes, expected_version=expected_version)
    return found


def change(
    uow: UnitOfWork, subscriber: Subscriber, wishes: Wishes, *, expected_version: int
) -> None:
    """Other wishes. Raises Conflict when they were changed meanwhile."""
    if wishes_of(subscriber) == wishes:
        return
    expect_version(subscriber, expected_version, Conflict)
    put_wishes(subscriber, wishes)


def stop(uow: UnitOfWork, subscriber: Subscriber) -> None:
    """Nothing more is sent; the address is forgotten, how many letters there were is not."""
    unsent = delete(Message).where(
        Message.subscriber_id == subscriber.id, Message.state.in_(UNSENT)
    )
    uow.session.execute(unsent)
    uow.emit(SubscriberStopped(subject_id=subscriber.id))
    uow.session.delete(subscriber)


def forget_unconfirmed(uow: UnitOfWork) -> None:
    """Who has not confirmed for a week does not want it."""
    old = Subscriber.confirmed_at.is_(None), Subscriber.asked_at < uow.now - UNCONFIRMED
    ids = list(uow.session.scalars(select(Subscriber.id).where(*old)))
    uow.session.execute(
        delete(Message).where(Message.subscriber_id.in_(ids), Message.state.in_(UNSENT))
    )
    uow.session.execute(delete(Subscriber).where(Subscriber.id.in_(ids)))


def found_or_made(
    uow: UnitOfWork, address: str, wishes: Wishes, *, channel: str = Channel.EMAIL
) -> tuple[Subscriber, bool]:
    """Who has this address, locked, and whether nobody had it before."""
    wanted = select(Subscriber).where(Subscriber.address_hash == hash_of(address)).with_for_update()
    if found := uow.session.scalar(wanted):
        return found, False
    subscriber_id, turn = new_id(), 0
    made = Subscriber(
        id=subscriber_id,
        channel=channel,
        address=address.strip(),
        address_hash=hash_of(address),
        turn=turn,
        token_hash=_hash_of_token(_token_of(subscriber_id, turn)),
        asked_at=uow.now,
        digest_on=uow.now.astimezone(SOFIA).date(),
    )
    put_wishes(made, wishes)
    try:
        with uow.session.begin_nested():
            uow.session.add(made)
    except IntegrityError:  # a second click, perhaps in the same instant
        return uow.session.scalars(wanted).one(), False
    return made, True


def put_wishes(subscriber: Subscriber, wishes: Wishes) -> None:
    """What somebody wants to hear of from now on."""
    subscriber.topics, subscriber.places = list(wishes.topics), list(wishes.places)
    subscriber.pace, subscriber.language = wishes.pace, wishes.language


def forgive(uow: UnitOfWork, subscriber: Subscriber) -> None:
    """A full mailbox may be empty again: who asks anew is tried anew, once a day."""
    old = Suppression.address_hash == subscriber.address_hash, Suppression.at < uow.now - FORGIVEN
    uow.session.execute(delete(Suppression).where(*old))


def _question(uow: UnitOfWork, subscriber: Subscriber) -> tuple[str, str]:
    """What is asked; the link comes with the letter when it leaves."""
    with speaking(subscriber.language):
        if subscriber.confirmed_at:
            subject = gettext("Вече имате абонамент – %(name)s", name=uow.scope.title)
            text = gettext(
                "Някой поиска абонамент за този имейл. Вие вече имате такъв и нищо не е променено."
            )
            return subject, text
        subject = gettext("Потвърдете абонамента – %(name)s", name=uow.scope.title)
        text = gettext(
            "Някой, вероятно Вие, поиска %(name)s да праща съобщения на този имейл."
            " Ако не сте Вие, не правете нищо: до 7 дни ще забравим адреса.",
            name=uow.scope.title,
        )
        return subject, text
