"""Rota: who is on duty in a centre and when; substitutes; a week copied into the next.

The row of a worker is the lock of their time: it is locked before their shifts are looked at, so
no two of them overlap, in whichever centre. Locks: workers by id, then shifts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import contains_eager

from obshto.modules.centres.errors import (
    ClosedThen,
    NobodyAsks,
    NoSuchShift,
    NotOnRota,
    NotYourShift,
    ShiftIsPast,
    ShiftsOverlap,
    StaleShift,
)
from obshto.modules.centres.events import (
    RotaFact,
    ShiftCancelled,
    ShiftGiven,
    ShiftTaken,
    SubstituteAsked,
    SubstituteDeclined,
    WeekPlanned,
)
from obshto.modules.centres.models import Centre, RotaShift, RotaWorker
from obshto.modules.centres.permissions import CentresPermission
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import of_request
from obshto.platform.opening_hours.hours import Span, read, wall_moment
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.workdays import is_holiday
from obshto.tenants.api import people_who_may

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftEntry:
    """A shift as typed. `span` is in minutes of the day; `who` a person of the staff, or the row
    of a volunteer.
    """

    day: date
    span: Span
    who: UUID


@dataclass(slots=True)
class CopiedWeek:
    """What became of each shift of a week that was copied: numbers."""

    copied: int = 0
    closed: int = 0  # a holiday, or the centre does not work then
    gone: int = 0  # has lost the right, or has left
    busy: int = 0  # is on duty then already
    past: int = 0
    workers: dict[UUID, int] = field(default_factory=dict)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def shifts() -> Select[RotaShift]:
    """Those that are not called off, with who is on duty."""
    rows = select(RotaShift).join(RotaShift.worker).options(contains_eager(RotaShift.worker))
    return rows.where(RotaShift.cancelled_at.is_(None))


def week_shifts(uow: UnitOfWork, centre: Centre, first: date) -> Mapping[date, list[RotaShift]]:
    """Seven days from `first`, each with its shifts in order. One query."""
    rows = shifts().where(RotaShift.centre_id == centre.id)
    rows = rows.where(RotaShift.day >= first, RotaShift.day < first + WEEK)
    days: dict[date, list[RotaShift]] = {first + timedelta(days=n): [] for n in range(7)}
    for shift in uow.session.scalars(rows.order_by(RotaShift.starts_at, RotaShift.id)):
        days[shift.day].append(shift)
    return days


def own_shifts(uow: UnitOfWork) -> Select[RotaShift]:
    """To come, of who asks."""
    me = uow.principal.person_id
    rows = shifts().where(RotaWorker.person_id == me, RotaShift.ends_at > uow.now)
    return rows.order_by(RotaShift.starts_at, RotaShift.id)


def sought(uow: UnitOfWork) -> Select[RotaShift]:
    """To come, for which somebody else looks for a substitute."""
    me = uow.principal.person_id
    rows = shifts().where(RotaShift.asked_at.is_not(None), RotaShift.starts_at > uow.now)
    rows = rows.where(RotaWorker.person_id.is_distinct_from(me))
    return rows.order_by(RotaShift.starts_at, RotaShift.id)


def shift_of(uow: UnitOfWork, shift_id: UUID, *, to_change: bool = False) -> RotaShift:
    """With who is on duty; one that was called off as well. Raises NoSuchShift."""
    wanted = select(RotaShift).join(RotaShift.worker).options(contains_eager(RotaShift.worker))
    wanted = wanted.where(RotaShift.id == shift_id)
    wanted = wanted.with_for_update(of=RotaShift) if to_change else wanted
    found = uow.session.scalar(wanted.execution_options(populate_existing=to_change))
    if found is None:
        raise NoSuchShift
    return found


def is_open_on(centre: Centre, day: date) -> bool:
    """By its hours; of a centre without hours, on any day but a public holiday."""
    hours = read(centre.hours)
    return bool(hours.on(day)) if hours else not is_holiday(day)


def people_to_choose(uow: UnitOfWork) -> dict[UUID, str]:
    """Who can be on duty, by id and name: staff with the right, then volunteers. Three queries."""
    volunteers = select(RotaWorker.id, RotaWorker.name).where(*VOLUNTEERS)
    rows = uow.session.execute(volunteers.order_by(RotaWorker.name, RotaWorker.id))
    return staff_here(uow) | {worker_id: name for worker_id, name in rows}


def staff_here(uow: UnitOfWork) -> dict[UUID, str]:
    """Those of the staff who may be on duty, by the id of the person. Two queries."""
    return people_who_may(uow, CentresPermission.HANDLE)


def add_shift(uow: UnitOfWork, centre: Centre, entry: ShiftEntry, *, request_id: UUID) -> RotaShift:
    """Sent twice it is one. Raises NotOnRota, ShiftIsPast, ClosedThen, ShiftsOverlap."""
    worker = _worker_of(uow, entry.who)
    first = of_request(uow, RotaShift, request_id)
    if first is not None:
        return first
    if entry.day < day_of(uow.now):
        raise ShiftIsPast
    if not is_open_on(centre, entry.day):
        raise ClosedThen
    starts_at = wall_moment(entry.day, entry.span.opens)
    ends_at = wall_moment(entry.day, entry.span.closes)
    _refuse_overlap(uow, worker, starts_at, ends_at)
    shift = RotaShift(
        id=new_id(),
        request_id=request_id,
        centre_id=centre.id,
        worker_id=worker.id,
        day=entry.day,
        starts_at=starts_at,
        ends_at=ends_at,
        changed_by_id=uow.principal.person_id,
    )
    uow.session.add(shift)
    _tell(uow, ShiftGiven, shift)
    return shift


def cancel_shift(uow: UnitOfWork, shift: RotaShift, *, expected_version: int) -> None:
    """Call it off. Raises StaleShift."""
    if shift.cancelled_at is not None:
        return
    _expect(shift, expected_version)
    shift.cancelled_at, shift.changed_by_id = uow.now, uow.principal.person_id
    _tell(uow, ShiftCancelled, shift)


def ask_substitute(
    uow: UnitOfWork, shift: RotaShift, is_asked: bool, *, expected_version: int
) -> None:
    """Look for a substitute, or no longer. Raises NotYourShift, ShiftIsPast, StaleShift."""
    me = uow.principal
    if shift.worker.person_id != me.person_id and not me.may(CentresPermission.ROTA):
        raise NotYourShift
    if (shift.asked_at is not None) == is_asked:
        return
    _expect(shift, expected_version)
    if shift.starts_at <= uow.now:
        raise ShiftIsPast
    shift.asked_at, shift.changed_by_id = (uow.now if is_asked else None), me.person_id
    _tell(uow, SubstituteAsked if is_asked else SubstituteDeclined, shift)


def take_shift(uow: UnitOfWork, shift_id: UUID, *, expected_version: int) -> RotaShift:
    """Who is signed in takes a shift for which a substitute is sought.

    Raises NoSuchShift, NotOnRota, NobodyAsks, StaleShift, ShiftsOverlap.
    """
    me = uow.principal.person_id
    if me is None:
        raise NotOnRota
    shift = shift_of(uow, shift_id, to_change=True)
    mine = _worker_of(uow, me)
    if shift.worker_id == mine.id and shift.former_id:
        return shift
    if shift.asked_at is None or shift.cancelled_at or shift.starts_at <= uow.now:
        raise NobodyAsks
    _expect(shift, expected_version)
    _refuse_overlap(uow, mine, shift.starts_at, shift.ends_at)
    shift.former_id, shift.worker_id, shift.worker = shift.worker_id, mine.id, mine
    shift.asked_at, shift.changed_by_id = None, me
    _tell(uow, ShiftTaken, shift)
    return shift


def copy_week(uow: UnitOfWork, centre: Centre, first: date, *, request_id: UUID) -> CopiedWeek:
    """Each shift of the week once more, seven days later; what cannot be is counted, not refused.

    Sent twice, or by two at once, it is copied once: what is there already makes its worker busy.
    """
    every = [one for of_day in week_shifts(uow, centre, first).values() for one in of_day]
    workers = _locked(uow, {one.worker_id for one in every})
    staff, told = staff_here(uow), CopiedWeek()
    for shift in every:
        day, worker = shift.day + WEEK, workers[shift.worker_id]
        if day < day_of(uow.now):
            told.past += 1
        elif not is_open_on(centre, day):
            told.closed += 1
        elif not _may_serve(worker, staff):
            told.gone += 1
        elif not _copied(uow, shift, day, worker, uuid5(request_id, str(shift.id))):
            told.busy += 1
        else:
            told.copied += 1
            told.workers[worker.id] = told.workers.get(worker.id, 0) + 1
    uow.session.flush()
    for worker_id, number in told.workers.items():
        fact = WeekPlanned(subject_id=worker_id, number=number, first=str(first + WEEK))
        uow.emit(fact)
    return told


VOLUNTEERS = (
    RotaWorker.is_volunteer,
    RotaWorker.left_at.is_(None),
)


def _copied(
    uow: UnitOfWork, shift: RotaShift, day: date, worker: RotaWorker, request_id: UUID
) -> bool:
    """By the clock on the wall; False where the worker is on duty then."""
    starts_at, ends_at = (
        wall_moment(day, _minute(moment, shift.day)) for moment in (shift.starts_at, shift.ends_at)
    )
    if _overlapping(uow, worker, starts_at, ends_at):
        return False
    row = RotaShift(
        id=new_id(),
        request_id=request_id,
        centre_id=shift.centre_id,
        worker_id=worker.id,
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        changed_by_id=uow.principal.person_id,
    )
    uow.session.add(row)
    uow.session.flush()
    return True


def _minute(moment: datetime, day: date) -> int:
    """Of the day, as the wall's clock shows it; beyond 1,440 on the day after."""
    wall = moment.astimezone(SOFIA)
    return (wall.date() - day).days * 1440 + wall.hour * 60 + wall.minute


def _worker_of(uow: UnitOfWork, who: UUID) -> RotaWorker:
    """Locked; a member of the staff has a row from the first shift on. Raises NotOnRota."""
    staff = staff_here(uow)
    if who in staff:
        row = {"id": new_id(), "request_id": new_id(), "is_volunteer": False}
        row |= {"person_id": who, "name": staff[who]}
        once = insert(RotaWorker).values(row).on_conflict_do_nothing(index_elements=["person_id"])
        uow.session.execute(once)
        wanted = RotaWorker.person_id == who
    else:
        wanted = RotaWorker.id == who
    rows = select(RotaWorker).where(wanted).with_for_update()
    worker = uow.session.scalar(rows.execution_options(populate_existing=True))
    if worker is None or not _may_serve(worker, staff):
        raise NotOnRota
    worker.name = staff.get(who, worker.name)
    return worker


def _locked(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, RotaWorker]:
    rows = select(RotaWorker).where(RotaWorker.id.in_(ids)).order_by(RotaWorker.id)
    rows = rows.with_for_update().execution_options(populate_existing=True)
    return {row.id: row for row in uow.session.scalars(rows)}


def _may_serve(worker: RotaWorker, staff: Collection[UUID]) -> bool:
    return worker.left_at is None if worker.is_volunteer else worker.person_id in staff


def _overlapping(
    uow: UnitOfWork, worker: RotaWorker, starts_at: datetime, ends_at: datetime
) -> RotaShift | None:
    rows = select(RotaShift).where(RotaShift.worker_id == worker.id)
    rows = rows.where(RotaShift.cancelled_at.is_(None))
    rows = rows.where(RotaShift.starts_at < ends_at, RotaShift.ends_at > starts_at)
    return uow.session.scalar(rows.order_by(RotaShift.starts_at).limit(1))


def _refuse_overlap(
    uow: UnitOfWork, worker: RotaWorker, starts_at: datetime, ends_at: datetime
) -> None:
    if other := _overlapping(uow, worker, starts_at, ends_at):
        opens, closes = (
            f"{moment.astimezone(SOFIA):%-H:%M}" for moment in (other.starts_at, other.ends_at)
        )
        raise ShiftsOverlap(name=worker.name, opens=opens, closes=closes)


def _expect(shift: RotaShift, expected_version: int) -> None:
    if shift.version != expected_version or shift.cancelled_at is not None:
        raise StaleShift


def _tell(uow: UnitOfWork, fact: type[RotaFact], shift: RotaShift) -> None:
    uow.session.flush()
    uow.emit(fact(subject_id=shift.id))
