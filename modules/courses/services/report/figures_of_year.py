"""Figures of a programme in a year: courses, hours, people, money, what was learned.

A group counts in the year in which it ended, so each stands in one report and no two reports
overlap: none can be taken from another. Villages and ages are told as `platform.disclosure` says,
over all reports at once, together with those who are enrolled in groups that have not ended.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select

from obshto.modules.courses.models import (
    Course,
    CourseFee,
    CourseFeeState,
    CourseLesson,
    Enrolment,
    Group,
    LessonAttendance,
)
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.states import BOOKED
from obshto.platform.clock import day_of
from obshto.platform.disclosure.channel_suppression import LEAST
from obshto.platform.disclosure.group_suppression import told_cells
from obshto.platform.unit_of_work import UnitOfWork

Key = tuple[int, str]  # year, programme; no programme is ""
TO_COME: Key = (0, "")
EKATTE, AGE = 0, 1


@dataclass(frozen=True, slots=True)
class Learners:
    """Enrolled people of one group who are alike in all that is counted."""

    group_id: UUID
    traits: tuple[str, str]  # EKATTE code, age group
    came: int  # lessons
    number: int
    tested: int  # before and after
    before: int  # right answers of the tested
    after: int


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """A group that ended: its report, how many lessons a certificate asks for, its test."""

    key: Key
    course_id: UUID
    minutes: int
    needed: int
    questions: int


@dataclass(slots=True)
class ProgrammeYear:
    """One report. `received_cents` is what came less what went back; minutes are of lessons held.

    Of the tested, `asked` is how many questions they were asked before, and as many after.
    """

    year: int
    programme: str
    courses: set[UUID] = field(default_factory=set)
    groups: int = 0
    minutes: int = 0
    enrolled: int = 0
    came: int = 0
    completed: int = 0
    tested: int = 0
    asked: int = 0
    before: int = 0
    after: int = 0
    received_cents: int = 0
    by: tuple[Counter[tuple[str, bool]], Counter[tuple[str, bool]]] = field(
        default_factory=lambda: (Counter(), Counter())
    )

    @property
    def is_gain_told(self) -> bool:
        """Below ten it would speak of people one knows."""
        return self.tested >= LEAST and self.asked > 0


@dataclass(frozen=True, slots=True)
class ToldTrait:
    """One village or age: the enrolled, and those who completed where that can be told."""

    code: str
    enrolled: int
    completed: int | None


@dataclass(frozen=True, slots=True)
class ToldTraits:
    """Those that may be told, by size; how many people are in all the others together."""

    rows: list[ToldTrait]
    others: int


def reports(uow: UnitOfWork) -> dict[Key, ProgrammeYear]:
    """All of them, the last year first. Four queries."""
    held = _held(uow)
    found = {TO_COME: ProgrammeYear(*TO_COME)}
    for group in held.values():
        one = found.setdefault(group.key, ProgrammeYear(*group.key))
        one.courses.add(group.course_id)
        one.groups += 1
        one.minutes += group.minutes
    for learners in _learners(uow):
        group_here = held.get(learners.group_id)
        _count(found[group_here.key if group_here else TO_COME], learners, group_here)
    for group_id, cents in uow.session.execute(_received()):
        if group_id in held:
            found[held[group_id].key].received_cents += int(cents)
    return dict(sorted(found.items(), key=lambda pair: (-pair[0][0], pair[0][1])))


def told_traits(found: Mapping[Key, ProgrammeYear], key: Key, trait: int) -> ToldTraits:
    """Villages or ages of one report.

    Two tables are looked at: reports by trait, and reports parted by who completed. Of the second
    only what the first tells as well is told, so that their difference is never below ten.
    """
    codes = sorted({code for one in found.values() for code, _ in one.by[trait]})
    keys, one = list(found), found[key]
    whole = [[_size(found[row], trait, code) for code in codes] for row in keys]
    told = told_cells(whole, range(len(codes)))
    if keys.index(key) not in told.rows:
        return ToldTraits([], one.enrolled)
    parted = [
        [found[row].by[trait][code, done] for code in codes]
        for row in keys
        for done in (True, False)
    ]
    finer, at = told_cells(parted, range(len(codes))), 2 * keys.index(key)
    is_parted = {at, at + 1} <= finer.rows
    rows = [
        ToldTrait(
            codes[n],
            _size(one, trait, codes[n]),
            one.by[trait][codes[n], True] if is_parted and n in finer.groups else None,
        )
        for n in sorted(told.groups)
    ]
    rows = [row for row in rows if row.enrolled]
    rows.sort(key=lambda row: (-row.enrolled, row.code))
    return ToldTraits(rows, one.enrolled - sum(row.enrolled for row in rows))


# -- inside ----------------------------------------------------------------------------------


def _size(one: ProgrammeYear, trait: int, code: str) -> int:
    return one.by[trait][code, True] + one.by[trait][code, False]


def _count(one: ProgrammeYear, learners: Learners, group: HeldGroup | None) -> None:
    done = group is not None and learners.came >= group.needed
    one.enrolled += learners.number
    one.came += learners.number if learners.came else 0
    one.completed += learners.number if done else 0
    for trait, code in enumerate(learners.traits):
        one.by[trait][code, done] += learners.number
    if group and group.questions:
        one.tested += learners.tested
        one.asked += learners.tested * group.questions
        one.before += learners.before
        one.after += learners.after


def _held(uow: UnitOfWork) -> dict[UUID, HeldGroup]:
    """Groups that ended and took place, with their lessons. Two queries."""
    rows = select(Group, Course).join(Course, Course.id == Group.course_id)
    rows = rows.where(Group.cancelled_at.is_(None), Group.ends_at <= uow.now)
    lessons: dict[UUID, list[int]] = defaultdict(list)
    times = select(CourseLesson.group_id, CourseLesson.starts_at, CourseLesson.ends_at)
    for group_id, begins, ends in uow.session.execute(
        times.where(CourseLesson.cancelled_at.is_(None))
    ):
        lessons[group_id].append(int((ends - begins).total_seconds()) // 60)
    return {
        group.id: _as_held(group, course, lessons) for group, course in uow.session.execute(rows)
    }


def _as_held(group: Group, course: Course, lessons: Mapping[UUID, Sequence[int]]) -> HeldGroup:
    minutes = lessons.get(group.id, ())
    return HeldGroup(
        key=(day_of(group.ends_at).year, group.programme),
        course_id=course.id,
        minutes=sum(minutes),
        needed=max(1, -(-len(minutes) * course.least_percent // 100)),
        questions=len(course.questions),
    )


def _learners(uow: UnitOfWork) -> Iterator[Learners]:
    """Everybody who is enrolled, in groups of those who are alike. One query."""
    came = (
        select(LessonAttendance.enrolment_id, func.count().label("lessons"))
        .join(CourseLesson, CourseLesson.id == LessonAttendance.lesson_id)
        .where(CourseLesson.cancelled_at.is_(None))
        .group_by(LessonAttendance.enrolment_id)
        .subquery()
    )
    is_tested = Enrolment.before.is_not(None) & Enrolment.after.is_not(None)
    alike = (
        Enrolment.group_id,
        Enrolment.ekatte,
        Enrolment.age,
        func.coalesce(came.c.lessons, 0),
    )
    numbers = (
        func.count(),
        _sum(is_tested, 1),
        _sum(is_tested, Enrolment.before),
        _sum(is_tested, Enrolment.after),
    )
    rows = select(*alike, *numbers).join(Booking, Booking.id == Enrolment.booking_id)
    rows = rows.join(came, came.c.enrolment_id == Enrolment.id, isouter=True)
    for group_id, ekatte, age, *counted in uow.session.execute(
        rows.where(Booking.state == BOOKED).group_by(*alike)
    ):
        yield Learners(group_id, (ekatte, age), *(int(number) for number in counted))


def _sum(wanted: ColumnElement[bool], value: object) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((wanted, value), else_=0)), 0)


def _received() -> Select[UUID, int]:
    """What came less what went back, by group."""
    rows = select(CourseFee.group_id, func.sum(CourseFee.cents - CourseFee.refunded_cents))
    return rows.where(CourseFee.state == CourseFeeState.PAID).group_by(CourseFee.group_id)
