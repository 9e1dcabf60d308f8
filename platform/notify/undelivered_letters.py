"""Undelivered letters to one person: listed, their address opened, settled by another way.

Letters to many are left out: whoever misses those subscribes anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from obshto.platform.errors import NotFound
from obshto.platform.notify.errors import StaleSettlement
from obshto.platform.notify.events import LetterAddressOpened, LetterSettled
from obshto.platform.notify.letter_looks import letter_looks
from obshto.platform.notify.message_log import PAGE, Posted, post_rows, seen_letter
from obshto.platform.notify.models import Message, State, Subscriber
from obshto.platform.unit_of_work import UnitOfWork

SETTLEMENTS: Final[Mapping[str, LazyString]] = {
    "phone": _("Казахме го по телефона"),
    "post": _("Писахме по пощата"),
    "address": _("Записахме верен имейл и човекът потвърди"),
    "none": _("Не се налага: човекът вече знае"),
}


def undelivered(uow: UnitOfWork) -> Select[Message]:
    """Those that wait for somebody to reach the person another way; none whose reader stopped."""
    return _refused().where(Message.settled_at.is_(None))


def undelivered_before(uow: UnitOfWork, before: UUID | None, *, settled: bool) -> list[Posted]:
    """A page of those that wait, or of those that are settled, the newest first. Two queries."""
    is_settled = Message.settled_at.is_not(None) == settled
    wanted = _refused().with_only_columns(Message.id).where(is_settled)
    if before:
        wanted = wanted.where(Message.id < before)
    ids = list(uow.session.scalars(wanted.order_by(Message.id.desc()).limit(PAGE)))
    return post_rows(uow, ids)


def undelivered_letter(uow: UnitOfWork, message_id: UUID) -> Posted:
    """One of them, waiting or settled. Raises NotFound."""
    if _locked(uow, message_id, to_change=False) is None:
        raise NotFound
    return post_rows(uow, [message_id])[0]


def open_address(uow: UnitOfWork, message_id: UUID, *, request_id: UUID) -> None:
    """Show whom the letter was for, during this sitting; the person reads who looked.

    Raises NotFound.
    """
    message = _locked(uow, message_id, to_change=False)
    seen = seen_letter(message, _reader_of(uow, message)) if message else None
    if message is None or seen is None:
        raise NotFound
    fact = LetterAddressOpened(subject_id=message.id)
    letter_looks().look_at_address(uow, seen, fact=fact, request_id=request_id)


def opened_address(uow: UnitOfWork, message_id: UUID) -> str:
    """The whole address, where it was opened in this sitting; else empty."""
    message = _locked(uow, message_id, to_change=False)
    if message is None or not letter_looks().has_opened_address(uow, message_id):
        return ""
    reader = _reader_of(uow, message)
    return (reader.address if reader else message.recipient) or ""


def settle_letter(
    uow: UnitOfWork, message_id: UUID, settlement: str, *, expected_version: int
) -> None:
    """The person was told another way; settling again mends a slip. The same form settles once.

    Raises NotFound, StaleSettlement.
    """
    message = _locked(uow, message_id, to_change=True)
    if message is None:
        raise NotFound
    if message.settlement == settlement:
        return
    if message.settled_times != expected_version:
        raise StaleSettlement
    message.settlement, message.settled_at = settlement, uow.now
    message.settled_times += 1
    uow.emit(LetterSettled(subject_id=message.id, settlement=settlement))


def _refused() -> Select[Message]:
    return select(Message).where(
        Message.state == State.REFUSED,
        Message.is_bulk.is_(False),
        Message.trouble.is_distinct_from("stopped"),
    )


def _locked(uow: UnitOfWork, message_id: UUID, *, to_change: bool) -> Message | None:
    wanted = _refused().where(Message.id == message_id)
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def _reader_of(uow: UnitOfWork, message: Message) -> Subscriber | None:
    return uow.session.get(Subscriber, message.subscriber_id) if message.subscriber_id else None
