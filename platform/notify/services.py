"""Facts become letters, to people or to all who asked to hear."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from obshto.platform.db.base import new_id
from obshto.platform.modularity.manifest import Audience, Notification
from obshto.platform.modularity.registry import current_registry
from obshto.platform.notify.address import Address, addresses
from obshto.platform.notify.audience import write_to_audience
from obshto.platform.notify.job_names import WRITE
from obshto.platform.notify.models import Channel
from obshto.platform.notify.outbox import put_letter
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.sms.message_text import short_words
from obshto.platform.notify.sms.phones import is_mobile
from obshto.platform.notify.subscribers import browsers_of
from obshto.platform.permissions import Permission
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def ask_for_letters(uow: UnitOfWork) -> None:
    """Closer: for each fact that somebody wants to hear of, letters are written after the commit.

    Not in this transaction: who the people are stands in the region's tables. An act of the
    region is told to the municipality that it names.
    """
    if not uow.facts:
        return
    wanted = {n.fact for part in current_registry().parts.values() for n in part.notifications}
    for fact in uow.facts:
        if type(fact) in wanted:
            where = {} if uow.within else {"municipality": getattr(fact, "municipality", None)}
            uow.defer(WRITE, fact=fact.name, payload=fact.payload(), cause=new_id(), **where)


def write_letters(uow: UnitOfWork, *, fact: str, payload: dict[str, Any], cause: str) -> None:
    """Job: one letter to each reader, in the reader's own language, once for each cause."""
    for part in current_registry().parts.values():
        for notification in part.notifications:
            if notification.fact.name == fact:
                _tell(uow, notification, payload, UUID(cause))


def _tell(
    uow: UnitOfWork, notification: Notification, payload: dict[str, Any], cause: UUID
) -> None:
    if isinstance(notification.to, Permission):
        readers = list(addresses().holders(uow, notification.to))
    else:
        to = notification.to(uow, payload)
        if isinstance(to, Audience):
            return write_to_audience(uow, notification, to, payload, cause)
        people = addresses().people([one for one in to if isinstance(one, UUID)])
        readers = [*people, *(one for one in to if isinstance(one, Address))]
    for reader in readers:
        _write(uow, notification, reader, payload, cause)
    return None


def _write(
    uow: UnitOfWork,
    notification: Notification,
    reader: Address,
    payload: dict[str, Any],
    cause: UUID,
) -> None:
    by_sms = not reader.email
    if by_sms and not gets_sms(uow, reader.phone):
        return _leave_to_staff(uow, notification, reader, payload, cause)
    with speaking(reader.language):
        words = _words(uow, notification, reader, payload)
        if words and by_sms:
            said = notification.short(uow, payload) if notification.short else words[:1]
            words = words[0], short_words(uow, *said)
    if words is None:
        return None
    put_letter(
        uow,
        # Who has no id is told once by the id of the letter, others by their own.
        id=new_id() if reader.person_id else uuid5(cause, reader.email or reader.phone),
        cause=cause,
        fact=notification.fact.name,
        language=reader.language,
        words=words,
        person_id=reader.person_id,
        recipient=reader.phone if by_sms else reader.email,
        channel=Channel.SMS if by_sms else Channel.EMAIL,
    )
    if notification.has_push and reader.person_id:
        _push(uow, notification, reader, words, cause)
    return None


def _push(
    uow: UnitOfWork,
    notification: Notification,
    reader: Address,
    words: tuple[str, str],
    cause: UUID,
) -> None:
    """The same to each browser that the account asked to hear in, once for each cause."""
    assert reader.person_id
    for browser in browsers_of(uow, reader.person_id):
        put_letter(
            uow,
            cause=cause,
            fact=notification.fact.name,
            language=reader.language,
            words=words,
            subscriber_id=browser.id,
            channel=Channel.PUSH,
        )


def gets_sms(uow: UnitOfWork, phone: str) -> bool:
    """Whether an SMS gets to this number („+359…“) from here: a mobile one, SMS switched on."""
    return is_mobile(phone) and bool(letters_settings(uow).sms_sender)


def _leave_to_staff(
    uow: UnitOfWork,
    notification: Notification,
    reader: Address,
    payload: dict[str, Any],
    cause: UUID,
) -> None:
    """Whoever asked for the letter hears what staff have to say by phone."""
    if reader.unreached is None:
        return
    with speaking(SOURCE):
        words = notification.letter(uow, payload)
    if words:
        reader.unreached(uow, cause, words[0])


def _words(
    uow: UnitOfWork, notification: Notification, reader: Address, payload: dict[str, Any]
) -> tuple[str, str] | None:
    """Subject and text, with the reader's own last paragraph."""
    words = notification.letter(uow, payload)
    if words and reader.footer:
        return words[0], f"{words[1].rstrip()}\n\n{reader.footer()}\n"
    return words
