"""Crises and their texts, for everybody and for staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.crisis.errors import NoSuchCrisis
from obshto.modules.crisis.models import Crisis, CrisisMessage, MessageChange
from obshto.platform.unit_of_work import UnitOfWork

SHOWN_AFTER = timedelta(days=1)  # the end of a danger stands in search and on networks so long


def all_crises(*, is_over: bool = False) -> Select[Crisis]:
    """Those that wait or run, else those that are over; the newest first."""
    rows = select(Crisis).where(Crisis.dropped_at.is_(None))
    over = Crisis.ended_at.is_not(None)
    return rows.where(over if is_over else ~over).order_by(Crisis.written_at.desc(), Crisis.id)


def public() -> Select[Crisis]:
    """What everybody may read: told, and no rehearsal."""
    rows = select(Crisis).where(~Crisis.is_rehearsal, Crisis.begun_at.is_not(None))
    return rows.order_by(Crisis.begun_at.desc(), Crisis.id)


def running_texts() -> Select[Crisis, CrisisMessage]:
    """Each danger that stands now, with the text that holds."""
    rows = select(Crisis, CrisisMessage).join(
        CrisisMessage,
        (CrisisMessage.crisis_id == Crisis.id) & (CrisisMessage.number == Crisis.edition),
    )
    is_public = ~Crisis.is_rehearsal, Crisis.begun_at.is_not(None), Crisis.ended_at.is_(None)
    return rows.where(*is_public).order_by(CrisisMessage.sent_at.desc(), Crisis.id)


def waiting_texts() -> Select[CrisisMessage]:
    """What waits for a second person, the oldest first."""
    rows = select(CrisisMessage).join(Crisis, Crisis.id == CrisisMessage.crisis_id)
    rows = rows.where(CrisisMessage.sent_at.is_(None), Crisis.dropped_at.is_(None))
    return rows.order_by(CrisisMessage.changed_at, CrisisMessage.id)


def crisis_of(uow: UnitOfWork, crisis_id: UUID, *, to_change: bool = False) -> Crisis:
    """For staff; `to_change` makes others wait. Raises NoSuchCrisis."""
    found = uow.session.get(Crisis, crisis_id, with_for_update=to_change or None)
    if found is None or found.dropped_at:
        raise NoSuchCrisis
    return found


def public_crisis(uow: UnitOfWork, crisis_id: UUID) -> Crisis:
    """Raises NoSuchCrisis for a rehearsal and what waits, as for what never was."""
    found = uow.session.scalar(public().where(Crisis.id == crisis_id))
    if found is None:
        raise NoSuchCrisis
    return found


def texts_of(uow: UnitOfWork, crisis: Crisis) -> list[CrisisMessage]:
    """All of them, the newest first; the one that waits before all."""
    rows = select(CrisisMessage).where(CrisisMessage.crisis_id == crisis.id)
    return list(uow.session.scalars(rows.order_by(CrisisMessage.number.desc())))


def latest_texts(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, CrisisMessage]:
    """The newest text of each of these crises, waiting or sent. One query."""
    rows = select(CrisisMessage).where(CrisisMessage.crisis_id.in_(ids))
    found = uow.session.scalars(rows.order_by(CrisisMessage.number)) if ids else ()
    return {one.crisis_id: one for one in found}


def latest_sent(uow: UnitOfWork, crises: Collection[Crisis]) -> Mapping[UUID, CrisisMessage]:
    """The last text that left, of each of these. One query."""
    rows = select(CrisisMessage).where(
        CrisisMessage.crisis_id.in_([one.id for one in crises]), CrisisMessage.sent_at.is_not(None)
    )
    found = uow.session.scalars(rows.order_by(CrisisMessage.number)) if crises else ()
    return {one.crisis_id: one for one in found}


def message_of(uow: UnitOfWork, message_id: UUID, *, to_change: bool = False) -> CrisisMessage:
    """Raises NoSuchCrisis. To change it locks the crisis first: the order of all writers."""
    found = uow.session.get(CrisisMessage, message_id)
    if found is None:
        raise NoSuchCrisis
    if to_change:
        crisis_of(uow, found.crisis_id, to_change=True)
        uow.session.refresh(found, with_for_update=True)
    return found


def told_text(uow: UnitOfWork, crisis: Crisis) -> CrisisMessage:
    """The last text that left. Raises NoSuchCrisis where none did."""
    rows = select(CrisisMessage).filter_by(crisis_id=crisis.id, number=crisis.edition)
    found = uow.session.scalar(rows)
    if found is None or found.sent_at is None:
        raise NoSuchCrisis
    return found


def changes_of(uow: UnitOfWork, message_ids: Collection[UUID]) -> list[MessageChange]:
    """Who changed what of these texts, in order."""
    rows = select(MessageChange).where(MessageChange.message_id.in_(message_ids))
    return list(uow.session.scalars(rows.order_by(MessageChange.at, MessageChange.id)))
