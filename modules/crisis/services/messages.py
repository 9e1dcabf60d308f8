"""Texts of a crisis written, changed by several hands, confirmed, replaced, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.crisis.errors import (
    CrisisOver,
    MessageChanged,
    MessagePending,
    NeedsSecondPerson,
    SentAlready,
    WaitAlone,
)
from obshto.modules.crisis.events import (
    CrisisBegun,
    CrisisEnded,
    CrisisFact,
    CrisisUpdated,
    MessageAsked,
    MessageDropped,
    MessageEdited,
    RehearsalTold,
)
from obshto.modules.crisis.models import Crisis, CrisisMessage, MessageChange
from obshto.modules.crisis.services.kinds import FIELDS, PART
from obshto.modules.crisis.services.queries import changes_of, crisis_of
from obshto.modules.crisis.settings import CrisisSettings
from obshto.platform.clock import SOFIA
from obshto.platform.db.base import new_id
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock

KEPT = timedelta(days=5 * 365)  # after its end: whether people were warned may be asked in court


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an official writes. `settlements` are EKATTE codes, none for the whole municipality."""

    title: str
    text: str
    advice: str
    phone: str
    settlements: tuple[str, ...] = ()


def words_of(message: CrisisMessage) -> Words:
    """As they stand now."""
    plain = {name: getattr(message, name) for name in FIELDS if name != "settlements"}
    return Words(settlements=tuple(message.settlements), **plain)


def write_crisis(
    uow: UnitOfWork, kind: str, words: Words, *, is_rehearsal: bool, request_id: UUID
) -> CrisisMessage:
    """The first text of a new crisis; it waits to be confirmed. The same `request_id` again answers
    the first one.
    """
    if first := _written(uow, request_id):
        return first
    crisis = Crisis(
        id=new_id(), kind=kind, is_rehearsal=is_rehearsal, edition=0, written_at=uow.now
    )
    message = _text(uow, crisis.id, 1, words, request_id=request_id)
    try:
        with uow.session.begin_nested():
            uow.session.add(crisis)
            uow.session.flush()
            uow.session.add(message)
    except IntegrityError:  # a second click in the same instant
        found = _written(uow, request_id)
        assert found
        return found
    _tell(uow, MessageAsked, message)
    return message


def write_next(
    uow: UnitOfWork, crisis: Crisis, words: Words, *, is_all_clear: bool, request_id: UUID
) -> CrisisMessage:
    """An update or the all clear. The crisis is locked. Raises MessagePending, CrisisOver."""
    if first := _written(uow, request_id):
        return first
    if not crisis.is_running:
        raise CrisisOver if crisis.ended_at else MessagePending
    waiting = select(CrisisMessage.id).filter_by(crisis_id=crisis.id, sent_at=None)
    if uow.session.scalar(waiting):
        raise MessagePending
    message = _text(uow, crisis.id, crisis.edition + 1, words, request_id=request_id)
    message.is_all_clear = is_all_clear
    uow.session.add(message)
    uow.session.flush()
    _tell(uow, MessageAsked, message)
    return message


def edit_message(
    uow: UnitOfWork, message: CrisisMessage, words: Words, *, expected_version: int
) -> None:
    """Somebody puts other words, and the minutes at night begin anew.

    Raises SentAlready, MessageChanged with who changed which fields since.
    """
    before = words_of(message)
    if before == words:
        return
    if message.sent_at:
        raise SentAlready
    _check(uow, message, expected_version)
    changed = [name for name in FIELDS if getattr(before, name) != getattr(words, name)]
    change = MessageChange(
        message_id=message.id,
        version=message.version,
        fields=changed,
        at=uow.now,
        by_name=uow.principal.name,
        by_id=uow.principal.person_id,
    )
    uow.session.add(change)
    _put(uow, message, words)
    uow.session.flush()
    _tell(uow, MessageEdited, message)


def drop_message(uow: UnitOfWork, message: CrisisMessage, *, expected_version: int) -> None:
    """It will not leave; the first text takes its crisis along.

    Raises SentAlready, MessageChanged.
    """
    if message.sent_at:
        raise SentAlready
    crisis = crisis_of(uow, message.crisis_id, to_change=True)
    _check(uow, message, expected_version)
    _tell(uow, MessageDropped, message)
    if message.number == 1:
        crisis.dropped_at = uow.now
    else:
        uow.session.delete(message)
    uow.session.flush()


def confirm_message(uow: UnitOfWork, message: CrisisMessage, *, expected_version: int) -> None:
    """It leaves, to everybody and at once. Sent twice it left once.

    Raises MessageChanged, CrisisOver; NeedsSecondPerson and WaitAlone to who wrote it last.
    """
    if message.sent_at:
        return
    crisis = crisis_of(uow, message.crisis_id, to_change=True)
    if crisis.ended_at:
        raise CrisisOver
    _check(uow, message, expected_version)
    is_alone = message.changed_by_id == uow.principal.person_id
    if is_alone:
        _check_alone(uow, message)
    message.is_alone = is_alone
    message.sent_at, message.confirmed_by = uow.now, uow.principal.name
    message.confirmed_by_id = uow.principal.person_id
    crisis.edition, is_first = message.number, crisis.begun_at is None
    crisis.begun_at = crisis.begun_at or uow.now
    if message.is_all_clear:
        crisis.ended_at = uow.now
    uow.session.flush()
    if crisis.is_rehearsal:
        _tell(uow, RehearsalTold, message)
    else:
        later = CrisisEnded if message.is_all_clear else CrisisUpdated
        _tell(uow, CrisisBegun if is_first else later, message)


def alone_from(uow: UnitOfWork, message: CrisisMessage) -> datetime | None:
    """From when who wrote it last may confirm it alone; None where it is day."""
    settings = settings_of(uow, PART, CrisisSettings)
    return (
        message.changed_at + timedelta(minutes=settings.alone_after)
        if (is_night(settings, uow.now))
        else None
    )


def is_night(settings: CrisisSettings, moment: datetime) -> bool:
    """By the clocks of Bulgaria; equal hours mean always."""
    start, end = settings.night_from, settings.night_until
    hour = moment.astimezone(SOFIA).hour
    if start == end:
        return True
    return start <= hour or hour < end if start > end else start <= hour < end


def forget_old(uow: UnitOfWork) -> None:
    """Job: crises go five years after their end; what was thrown away, after a day."""
    day = uow.now - timedelta(days=1)
    old = (Crisis.ended_at < uow.now - KEPT) | (Crisis.dropped_at < day)
    uow.session.execute(delete(Crisis).where(old))


def _check_alone(uow: UnitOfWork, message: CrisisMessage) -> None:
    free = alone_from(uow, message)
    if free is None:
        raise NeedsSecondPerson
    if free > uow.now:
        raise WaitAlone(at=clock(free + timedelta(seconds=59)))


def _check(uow: UnitOfWork, message: CrisisMessage, expected_version: int) -> None:
    if message.version == expected_version:
        return
    since = [one for one in changes_of(uow, [message.id]) if one.version >= expected_version]
    last = since[-1] if since else None
    fields = dict.fromkeys(name for one in since for name in one.fields)
    raise MessageChanged(
        who=", ".join(dict.fromkeys(one.by_name for one in since)) or message.changed_by,
        at=clock(last.at if last else message.changed_at),
        what=", ".join(str(FIELDS[name]) for name in fields) or str(FIELDS["text"]),
    )


def _written(uow: UnitOfWork, request_id: UUID) -> CrisisMessage | None:
    return uow.session.scalar(select(CrisisMessage).filter_by(request_id=request_id))


def _text(
    uow: UnitOfWork, crisis_id: UUID, number: int, words: Words, *, request_id: UUID
) -> CrisisMessage:
    message = CrisisMessage(
        id=new_id(),
        request_id=request_id,
        crisis_id=crisis_id,
        number=number,
        is_all_clear=False,
        is_alone=False,
        written_at=uow.now,
        written_by=uow.principal.name,
        written_by_id=uow.principal.person_id,
        confirmed_by="",
    )
    _put(uow, message, words)
    return message


def _put(uow: UnitOfWork, message: CrisisMessage, words: Words) -> None:
    for name in FIELDS:
        value = getattr(words, name)
        setattr(message, name, list(value) if name == "settlements" else value)
    message.changed_at, message.changed_by = uow.now, uow.principal.name
    message.changed_by_id = uow.principal.person_id


def _tell(uow: UnitOfWork, fact: type[CrisisFact], message: CrisisMessage) -> None:
    crisis_id, number = message.crisis_id, message.number
    uow.emit(fact(subject_id=crisis_id, message_id=message.id, number=number, title=message.title))
