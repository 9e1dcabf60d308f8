"""Groups of a course: a series of lessons that skips holidays, changed, cancelled, made up for."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid5

from sqlalchemy import select

from obshto.modules.courses.errors import GroupClosed, NoSuchLesson, SeriesOver, StaleGroup
from obshto.modules.courses.events import (
    GroupChanged,
    GroupOpened,
    GroupRearranged,
    LessonCancelled,
    LessonSubstituteReleased,
)
from obshto.modules.courses.models import Course, CourseLesson, Group
from obshto.modules.courses.services.courses import tell
from obshto.modules.courses.services.fees.charges import let_go
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings.events import BookingCalledOff
from obshto.platform.bookings.fixed_times import reschedule
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.queries import HEAD
from obshto.platform.bookings.resources import (
    ResourceEntry,
    change_resource,
    resource_of,
    retire_resource,
    write_resource,
)
from obshto.platform.bookings.services import cancel
from obshto.platform.bookings.states import ACTIVE
from obshto.platform.calendar.recurrence import Recurrence, occurrences
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version, of_request
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.workdays import is_holiday

AT_MOST, CODE = 60, 6  # lessons; digits of the code at the door
AHEAD = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEntry:
    """A group as typed, without its days."""

    name: str = ""
    ekatte: str = ""
    settlement: dict[str, str] = field(default_factory=dict)
    address: str
    phone: str
    least: int = 1
    seats: int
    programme: str = ""
    teacher_id: UUID | None = None
    teacher: str = ""


NAMES = tuple(GroupEntry.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """When a group meets: first lesson, minutes, how often, how many times."""

    first: datetime
    minutes: int
    frequency: str  # of `platform.calendar.recurrence`
    number: int


def lessons_of(series: Series) -> list[tuple[datetime, datetime]]:
    """From, until of each, in UTC. A public holiday has none: the series gets longer by one."""
    ends_at = series.first + timedelta(minutes=series.minutes)
    rule = Recurrence(starts_at=series.first, ends_at=ends_at, frequency=series.frequency)
    times = occurrences(rule, series.first, series.first + AHEAD)
    work = (time for time in times if not is_holiday(day_of(time[0])))
    return list(islice(work, series.number))


def write_group(
    uow: UnitOfWork, course: Course, entry: GroupEntry, series: Series, *, request_id: UUID
) -> Group:
    """A group with its lessons and seats; sent twice it is one. The course is locked.

    Raises SeriesOver.
    """
    if first := of_request(uow, Group, request_id):
        return first
    times = lessons_of(series)
    if series.first <= uow.now or len(times) < series.number:
        raise SeriesOver
    group_id = new_id()
    seats = _seats(course, entry)
    key = uuid5(request_id, "seats")
    group = Group(
        id=group_id,
        request_id=request_id,
        course_id=course.id,
        resource_id=write_resource(uow, PART, group_id, seats, request_id=key).id,
        starts_at=times[0][0],
        ends_at=times[-1][1],
        changed_at=uow.now,
        **{name: getattr(entry, name) for name in NAMES},
    )
    uow.session.add(group)
    uow.session.flush()
    uow.session.add_all(_lesson(group, *time) for time in times)
    tell(uow, GroupChanged, course)
    if course.is_published:
        uow.emit(GroupOpened(subject_id=course.id, title=course.name, group_id=group.id))
    return group


def change_group(
    uow: UnitOfWork, course: Course, group: Group, entry: GroupEntry, *, expected_version: int
) -> None:
    """Place, seats, teacher; more seats go to who waits, who is enrolled hears of it.

    The group is locked. Raises StaleGroup.
    """
    if all(getattr(group, name) == getattr(entry, name) for name in NAMES):
        return
    expect_version(group, expected_version, StaleGroup)
    has_moved, has_new_teacher = (
        any(getattr(group, name) != getattr(entry, name) for name in told)
        for told in (("ekatte", "address"), ("teacher_id", "teacher"))
    )
    for name in NAMES:
        setattr(group, name, getattr(entry, name))
    resource = resource_of(uow, PART, group.resource_id, to_change=True)
    seats = _seats(course, entry)
    change_resource(uow, resource, seats, expected_version=resource.version)
    tell(uow, GroupChanged, course)
    if (has_moved or has_new_teacher) and not group.cancelled_at and group.ends_at > uow.now:
        uow.emit(
            GroupRearranged(
                subject_id=group.id, has_moved=has_moved, has_new_teacher=has_new_teacher
            )
        )


def cancel_group(uow: UnitOfWork, course: Course, group: Group, *, expected_version: int) -> None:
    """It does not take place; each person is told, what was paid is asked back.

    The group is locked. Raises StaleGroup.
    """
    if group.cancelled_at:
        return
    expect_version(group, expected_version, StaleGroup)
    group.cancelled_at = uow.now
    resource = resource_of(uow, PART, group.resource_id, to_change=True)
    retire_resource(uow, resource, True, expected_version=resource.version)
    booked = select(Booking).join(Booking.slot).where(Slot.resource_id == resource.id, HEAD)
    booked = booked.where(Booking.state.in_(ACTIVE), Slot.starts_at > uow.now)
    # Who waits goes first: else a seat that comes free would be offered to them.
    for booking in uow.session.scalars(booked.order_by(Booking.position.desc(), Booking.id)).all():
        seen = booking.version
        cancel(uow, booking, PART, expected_version=seen, by=BookingCalledOff)
    let_go(uow, group)
    tell(uow, GroupChanged, course)


def let_go_on(uow: UnitOfWork, course: Course, group: Group, *, expected_version: int) -> None:
    """It takes place with however few. The group is locked. Raises StaleGroup, GroupClosed."""
    if group.goes_on_at:
        return
    expect_version(group, expected_version, StaleGroup)
    if group.cancelled_at or group.starts_at <= uow.now:
        raise GroupClosed
    group.goes_on_at = uow.now
    tell(uow, GroupChanged, course)


def cancel_lesson(
    uow: UnitOfWork,
    group: Group,
    lesson: CourseLesson,
    instead_at: datetime | None,
    *,
    expected_version: int,
) -> None:
    """The teacher is absent: all are told at once, and when it is made up for, if it is.

    The group is locked. Raises StaleGroup, SeriesOver.
    """
    if lesson.cancelled_at:
        return
    expect_version(group, expected_version, StaleGroup)
    if instead_at and not uow.now < instead_at < uow.now + AHEAD:
        raise SeriesOver
    lesson.cancelled_at, lesson.instead_at = uow.now, instead_at
    if instead_at and instead_at not in {one.starts_at for one in lessons(uow, group)}:
        lasts = lesson.ends_at - lesson.starts_at
        uow.session.add(_lesson(group, instead_at, instead_at + lasts))
    uow.session.flush()
    _settle(uow, group)
    uow.emit(LessonCancelled(subject_id=lesson.id))
    if lesson.substitute_id:
        uow.emit(LessonSubstituteReleased(subject_id=lesson.id, person_id=lesson.substitute_id))


def lessons(uow: UnitOfWork, group: Group) -> Sequence[CourseLesson]:
    """All of them, the cancelled too, in order. One query."""
    rows = (
        select(CourseLesson)
        .where(CourseLesson.group_id == group.id)
        .order_by(CourseLesson.starts_at)
    )
    return uow.session.scalars(rows).all()


def lesson_of(uow: UnitOfWork, group: Group, lesson_id: UUID) -> CourseLesson:
    """One of the group. Raises NoSuchLesson."""
    found = uow.session.get(CourseLesson, lesson_id)
    if found is None or found.group_id != group.id:
        raise NoSuchLesson
    return found


def _settle(uow: UnitOfWork, group: Group) -> None:
    """First and last lesson anew, with the seats of who is booked; nothing where none is left."""
    left = [one for one in lessons(uow, group) if not one.cancelled_at]
    group.changed_at = uow.now  # other forms were drawn from another list of lessons
    if not left:
        return
    before, after = group.starts_at, (left[0].starts_at, max(one.ends_at for one in left))
    group.starts_at, group.ends_at = after
    reschedule(uow, resource_of(uow, PART, group.resource_id), before, after)


def _seats(course: Course, entry: GroupEntry) -> ResourceEntry:
    """They are taken until the group begins, as its page offers them."""
    return ResourceEntry(kind="group", name=course.name, capacity=entry.seats, lead_minutes=0)


def _lesson(group: Group, starts_at: datetime, ends_at: datetime) -> CourseLesson:
    code = f"{secrets.randbelow(10**CODE):0{CODE}d}"
    return CourseLesson(group_id=group.id, starts_at=starts_at, ends_at=ends_at, code=code)
