"""Tell of a barrier, answer it, forget it in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError

from obshto.platform.accessibility.events import BarrierAnswered, BarrierTold
from obshto.platform.accessibility.models import Barrier
from obshto.platform.clock import day_of
from obshto.platform.errors import Conflict, NotFound
from obshto.platform.work import Work

KEPT = timedelta(days=365)


class NoSuchBarrier(NotFound):
    """Another municipality's, forgotten, or never told."""

    sentence = _("Няма такова съобщение")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Which page, what happened, how to answer; page and contact may be empty."""

    page: str
    words: str
    contact: str


def tell(work: Work, told: Told, *, request_id: UUID) -> None:
    """Keep what somebody tells. The same `request_id` again does nothing."""
    barrier = Barrier(
        request_id=request_id,
        page=told.page,
        words=told.words,
        contact=told.contact,
        told_on=day_of(work.now),
        told_by_id=work.principal.person_id,
    )
    try:
        with work.session.begin_nested():
            work.session.add(barrier)
            work.session.flush()
    except IntegrityError:  # sent twice
        return
    work.record(BarrierTold(subject_id=barrier.id))


def waiting() -> Select[Barrier]:
    """What nobody has answered yet, the oldest first."""
    rows = select(Barrier).where(Barrier.answered_at.is_(None))
    return rows.order_by(Barrier.told_on, Barrier.id)


def answer(work: Work, barrier_id: UUID, *, seen: int) -> None:
    """Somebody has answered; a second time does nothing. Raises NoSuchBarrier, Conflict."""
    barrier = work.session.get(Barrier, barrier_id, with_for_update=True)
    if barrier is None:
        raise NoSuchBarrier
    if barrier.answered_at:
        return
    if barrier.version != seen:
        raise Conflict
    barrier.answered_at = work.now
    work.record(BarrierAnswered(subject_id=barrier.id))


def forget_old(work: Work) -> None:
    """Job: nothing is kept for longer than a year."""
    day = day_of(work.now - KEPT)
    work.session.execute(delete(Barrier).where(Barrier.told_on < day))
