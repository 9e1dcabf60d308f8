"""Facts become letters; letters leave, each at least once under one id."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.db.base import new_id
from obshto.platform.modularity.manifest import Notification
from obshto.platform.modularity.registry import current_registry
from obshto.platform.notify.address import Address, AddressBook
from obshto.platform.notify.models import Message, State
from obshto.platform.notify.transport import Letter, Refused, Transport
from obshto.platform.permissions import Permission
from obshto.platform.web.language import speaking
from obshto.platform.work import Work

WRITE, SEND, SWEEP = "notify:write", "notify:send", "notify:sweep"
ADDRESS_BOOK, TRANSPORT, SENDER = "obshto.addresses", "obshto.transport", "obshto.sender"
KEPT = timedelta(days=90)


def ask_for_letters(work: Work) -> None:
    """Closer: for each fact that somebody wants to hear of, letters are written after the commit.

    Not in this transaction: who the people are stands in the region's tables. An act of the
    region is told to the municipality that it names.
    """
    wanted = {n.fact for part in current_registry().parts.values() for n in part.notifications}
    for fact in work.facts:
        if type(fact) in wanted:
            where = {} if work.scope else {"municipality": getattr(fact, "municipality", None)}
            work.later(WRITE, fact=fact.name, payload=fact.payload(), cause=new_id(), **where)


def write_letters(work: Work, *, fact: str, payload: dict[str, Any], cause: str) -> None:
    """Job: one letter to each holder of the permission, in the reader's own language."""
    book: AddressBook = current_app.extensions[ADDRESS_BOOK]
    for part in current_registry().parts.values():
        for notification in part.notifications:
            if notification.fact.name == fact:
                for reader in _readers(work, book, notification, payload):
                    _write(work, notification, reader, payload, UUID(cause))


def send_letter(work: Work, *, message_id: str) -> None:
    """Job: hand one letter over. Raises Unreachable, so that the queue tries again later."""
    transport: Transport = current_app.extensions[TRANSPORT]
    message = work.session.get(Message, UUID(message_id), with_for_update=True)
    if message is None or message.state in (State.HANDED_OVER, State.REFUSED):
        return
    message.state = State.HANDING_OVER
    letter = _letter(work, message)
    work.commit()
    try:
        transport.send(letter)
    except Refused as refusal:
        message.state, message.trouble = State.REFUSED, str(refusal)
        return
    message.state, message.handed_over_at = State.HANDED_OVER, work.now


def sweep_letters(work: Work) -> None:
    """Job: what was sent long ago is forgotten."""
    work.session.execute(delete(Message).where(Message.accepted_at < work.now - KEPT))


def _readers(
    work: Work, book: AddressBook, notification: Notification, payload: dict[str, Any]
) -> Collection[Address]:
    if isinstance(notification.to, Permission):
        return book.holders(work, notification.to)
    named = notification.to(work, payload)
    people = book.people([one for one in named if isinstance(one, UUID)])
    return [*people, *(one for one in named if isinstance(one, Address))]


def _write(
    work: Work, notification: Notification, reader: Address, payload: dict[str, Any], cause: UUID
) -> None:
    with speaking(reader.language):
        said = notification.letter(work, payload)
    if said is None:
        return
    subject, text = said
    row = {
        # Who has no id is told once by the id of the letter, others by their own.
        "id": new_id() if reader.person_id else uuid5(cause, reader.email),
        "cause": cause,
        "fact": notification.fact.name,
        "person_id": reader.person_id,
        "language": reader.language,
        "recipient": reader.email,
        "subject": subject,
        "text": text,
        "state": State.ACCEPTED,
        "accepted_at": work.now,
    }
    statement = insert(Message).values(row).on_conflict_do_nothing().returning(Message.id)
    if message_id := work.session.scalar(statement):
        work.later(SEND, message_id=message_id)


def _letter(work: Work, message: Message) -> Letter:
    assert work.scope
    return Letter(
        message_id=message.id.hex,
        sender=f'"{work.scope.title}" <{current_app.extensions[SENDER]}>',
        recipient=message.recipient,
        subject=message.subject,
        text=message.text,
        language=message.language,
    )
