"""Attendance: by the teacher's list, or by the code that is said at the door."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.courses.errors import NoSuchLesson, StaleGroup, WrongDoorCode
from obshto.modules.courses.events import AttendanceMarked
from obshto.modules.courses.models import Course, CourseLesson, Enrolment, Group, LessonAttendance
from obshto.modules.courses.services.groups import lessons
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

AROUND = timedelta(minutes=30)  # before a lesson and after it the code at the door counts


def mark_attendance(
    uow: UnitOfWork,
    lesson: CourseLesson,
    group: Sequence[Enrolment],
    came: Collection[UUID],
    *,
    seen: Collection[UUID],
    expected_version: int,
) -> None:
    """The list of a lesson: of these enrolments those in `came` were there.

    `seen` were ticked when the list was drawn: of them alone somebody is taken off, so whoever
    typed the code meanwhile stays. Raises StaleGroup, and NoSuchLesson: cancelled, or to begin
    later than in half an hour.
    """
    if lesson.cancelled_at or uow.now < lesson.starts_at - AROUND:
        raise NoSuchLesson
    before, own = attendance_of(uow, lesson), {one.id for one in group}
    if own & set(came) == own & set(before):  # so it is already: the same form came twice
        return
    expect_version(lesson, expected_version, StaleGroup)
    there = [one for one in came if one in own and one not in before]
    gone = [one for one in seen if one in own and one in before and one not in came]
    if not (there or gone):
        return
    rows = delete(LessonAttendance).where(LessonAttendance.lesson_id == lesson.id)
    uow.session.execute(rows.where(LessonAttendance.enrolment_id.in_(gone)))
    for enrolment_id in there:
        _write(uow, lesson, enrolment_id, by_code=False)
    lesson.marked_at = uow.now
    number = len(before) + len(there) - len(gone)
    uow.emit(AttendanceMarked(subject_id=lesson.id, number=number))


def come_by_code(uow: UnitOfWork, enrolment: Enrolment, code: str) -> CourseLesson:
    """Whoever types the code of the lesson that is on now was there. Raises WrongDoorCode."""
    rows = select(CourseLesson).where(
        CourseLesson.group_id == enrolment.group_id, CourseLesson.code == code
    )
    rows = rows.where(
        CourseLesson.cancelled_at.is_(None), CourseLesson.starts_at <= uow.now + AROUND
    )
    lesson = uow.session.scalar(rows.where(CourseLesson.ends_at >= uow.now - AROUND))
    if lesson is None:
        raise WrongDoorCode
    _write(uow, lesson, enrolment.id, by_code=True)
    return lesson


def is_on(uow: UnitOfWork, lesson: CourseLesson) -> bool:
    """Whether the code at the door counts now."""
    begins, ends = lesson.starts_at - AROUND, lesson.ends_at + AROUND
    return not lesson.cancelled_at and begins <= uow.now <= ends


def attended_by(uow: UnitOfWork, enrolment: Enrolment) -> frozenset[UUID]:
    """The lessons where somebody was. One query."""
    rows = select(LessonAttendance.lesson_id).where(LessonAttendance.enrolment_id == enrolment.id)
    return frozenset(uow.session.scalars(rows))


def attendance_of(uow: UnitOfWork, lesson: CourseLesson) -> dict[UUID, bool]:
    """Who was at a lesson; whether by the code. One query."""
    rows = select(LessonAttendance.enrolment_id, LessonAttendance.by_code)
    there = uow.session.execute(rows.where(LessonAttendance.lesson_id == lesson.id))
    return {enrolment_id: by_code for enrolment_id, by_code in there}


def attended_in(uow: UnitOfWork, group: Group) -> dict[UUID, int]:
    """How many lessons each attended; cancelled ones do not count. One query."""
    rows = select(LessonAttendance.enrolment_id, func.count()).join(
        CourseLesson, CourseLesson.id == LessonAttendance.lesson_id
    )
    rows = rows.where(CourseLesson.group_id == group.id, CourseLesson.cancelled_at.is_(None))
    counted = uow.session.execute(rows.group_by(LessonAttendance.enrolment_id))
    return {enrolment_id: number for enrolment_id, number in counted}


def needed(uow: UnitOfWork, course: Course, group: Group) -> tuple[int, int]:
    """How many lessons a certificate asks for, of how many that took place. One query."""
    held = sum(1 for one in lessons(uow, group) if not one.cancelled_at)
    return max(1, -(-held * course.least_percent // 100)), held


def _write(uow: UnitOfWork, lesson: CourseLesson, enrolment_id: UUID, *, by_code: bool) -> None:
    row = {
        "id": new_id(),
        "lesson_id": lesson.id,
        "enrolment_id": enrolment_id,
        "by_code": by_code,
        "at": uow.now,
    }
    uow.session.execute(insert(LessonAttendance).values(row).on_conflict_do_nothing())
