"""Days that passed: told once, to who follows the thread and to who oversees promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from obshto.platform.clock import day_of
from obshto.platform.thread.events import PromisesLate, ThreadLate
from obshto.platform.thread.lines import SAME, is_here
from obshto.platform.thread.models import ThreadStation, ThreadThing
from obshto.platform.thread.states import overdue
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 500


def late_promises(uow: UnitOfWork) -> Select[ThreadStation]:
    """Promises that are shown here and whose day passed, the oldest first."""
    rows = select(ThreadStation).join(ThreadThing, SAME).where(is_here(), ThreadStation.is_promise)
    order = (ThreadStation.due_on, ThreadStation.object_id, ThreadStation.word)
    return rows.where(overdue(day_of(uow.now))).order_by(*order)


def tell_late(uow: UnitOfWork) -> None:
    """Job of the morning: of each day that passed once; a day that was moved is another day."""
    today = day_of(uow.now)
    untold = late_promises(uow).where(ThreadStation.told_for.is_distinct_from(ThreadStation.due_on))
    locked = untold.with_for_update(of=ThreadStation, skip_locked=True).limit(AT_ONCE)
    rows = uow.session.scalars(locked).all()
    for row in rows:
        row.told_for, row.told_on = row.due_on, today
    for thread_id in _threads_of(uow, rows):
        uow.emit(ThreadLate(subject_id=thread_id))
    if rows:
        uow.emit(PromisesLate(day=today.isoformat(), number=len(rows)))


def told_on(uow: UnitOfWork, day: date, most: int) -> list[tuple[ThreadStation, ThreadThing]]:
    """What was told on a day and is late still, the oldest first; so many at most."""
    rows = late_promises(uow).with_only_columns(ThreadStation, ThreadThing)
    found = uow.session.execute(rows.where(ThreadStation.told_on == day).limit(most))
    return [(station, thing) for station, thing in found]


def _threads_of(uow: UnitOfWork, rows: Sequence[ThreadStation]) -> list[UUID]:
    ids = [row.object_id for row in rows]
    wanted = select(ThreadThing.thread_id).where(ThreadThing.object_id.in_(ids)).distinct()
    return sorted(uow.session.scalars(wanted)) if ids else []
