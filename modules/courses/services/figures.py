"""Figures of courses: by village and age, who found no place, who waits. None below ten alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from obshto.modules.courses.models import Course, Enrolment, Group
from obshto.modules.courses.services import queries
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.states import BOOKED, LAPSED, OFFERED, WAITING
from obshto.platform.disclosure.group_suppression import told_groups
from obshto.platform.followers.services import numbers_of
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ToldNumbers:
    """Groups that may be told with their sizes, all others as one number."""

    told: list[tuple[str, int]]
    others: int
    everybody: int


def by_village(uow: UnitOfWork, names: Mapping[str, str]) -> ToldNumbers:
    """The enrolled by town or village. One query."""
    return _told(uow, Enrolment.ekatte, names)


def by_age(uow: UnitOfWork, names: Mapping[str, str]) -> ToldNumbers:
    """The enrolled by age group. One query."""
    return _told(uow, Enrolment.age, names)


def without_place(uow: UnitOfWork) -> list[tuple[Course, int]]:
    """How many stand in line or did in vain, by course, the most wanted first. One query."""
    number = func.count()
    rows = select(Course, number).join(Group, Group.course_id == Course.id)
    rows = rows.join(Enrolment, Enrolment.group_id == Group.id)
    rows = rows.join(Booking, Booking.id == Enrolment.booking_id)
    rows = rows.where(Booking.state.in_((WAITING, OFFERED, LAPSED)), Course.deleted_at.is_(None))
    ordered = rows.group_by(Course.id).order_by(number.desc(), Course.id).limit(100)
    return [(course, found) for course, found in uow.session.execute(ordered)]


def waiting_for_group(uow: UnitOfWork) -> list[tuple[Course, int]]:
    """How many asked for a letter about a new group, by course, the most first. Two queries."""
    numbers = numbers_of(uow, PART)
    wanted = queries.published().where(Course.id.in_(numbers))
    found = uow.session.scalars(wanted).all() if numbers else ()
    return sorted(((one, numbers[one.id]) for one in found), key=lambda pair: -pair[1])


def _told(
    uow: UnitOfWork, column: InstrumentedAttribute[str], names: Mapping[str, str]
) -> ToldNumbers:
    rows = select(column, func.count()).join(Booking, Booking.id == Enrolment.booking_id)
    rows = rows.where(Booking.state == BOOKED).group_by(column)
    found = [(code, size) for code, size in uow.session.execute(rows)]
    sizes = sorted(found, key=lambda pair: (-pair[1], pair[0]))
    told = told_groups([size for _, size in sizes])
    shown = [(names.get(sizes[n][0], ""), sizes[n][1]) for n in range(len(sizes)) if n in told]
    everybody = sum(size for _, size in sizes)
    return ToldNumbers(shown, everybody - sum(size for _, size in shown), everybody)
