"""Tell of a barrier, answer it, forget it in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import defer

from obshto.platform.accessibility.events import BarrierAnswered, BarrierTold
from obshto.platform.accessibility.models import Barrier
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.errors import Conflict, NotFound
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=365)


class NoSuchBarrier(NotFound):
    """Another municipality's, forgotten, or never told."""

    sentence = _("Няма такова съобщение")


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierReport:
    """Which page, what happened, how to answer; page and contact may be empty."""

    page: str
    words: str
    contact: str


def tell(uow: UnitOfWork, told: BarrierReport, *, request_id: UUID) -> None:
    """Keep what somebody tells. The same `request_id` again does nothing."""
    barrier = Barrier(
        request_id=request_id,
        page=told.page,
        words=told.words,
        contact=told.contact,
        told_on=day_of(uow.now),
        told_by_id=uow.principal.person_id,
    )
    if create_once(uow, barrier) is not barrier:
        return
    uow.emit(BarrierTold(subject_id=barrier.id))


def waiting() -> Select[Barrier]:
    """What nobody has answered yet, the oldest first."""
    rows = select(Barrier).where(Barrier.answered_at.is_(None))
    return rows.order_by(Barrier.told_on, Barrier.id)


def answer(uow: UnitOfWork, barrier_id: UUID, *, expected_version: int) -> None:
    """Somebody has answered; a second time does nothing. Raises NoSuchBarrier, Conflict."""
    unread = [defer(Barrier.words), defer(Barrier.contact)]
    barrier = uow.session.get(Barrier, barrier_id, with_for_update=True, options=unread)
    if barrier is None:
        raise NoSuchBarrier
    if barrier.answered_at:
        return
    expect_version(barrier, expected_version, Conflict)
    barrier.answered_at = uow.now
    uow.emit(BarrierAnswered(subject_id=barrier.id))


def forget_old(uow: UnitOfWork) -> None:
    """Job: nothing is kept for longer than a year."""
    day = day_of(uow.now - KEPT)
    uow.session.execute(delete(Barrier).where(Barrier.told_on < day))
