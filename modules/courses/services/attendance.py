"""Attendance: by the teacher's list, or by the code that is said at the door."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.courses.errors import NoSuchLesson, WrongDoorCode
from obshto.modules.courses.events import AttendanceMarked
from obshto.modules.courses.models import Attendance, Course, Enrolment, Group, Lesson
from obshto.modules.courses.services.groups import lessons
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork

AROUND = timedelta(minutes=30)  # before a lesson and after it the code at the door counts


def mark_attendance(
    uow: UnitOfWork, lesson: Lesson, group: Sequence[Enrolment], came: Collection[UUID]
) -> None:
    """The list of a lesson: of these enrolments those in `came` were there, the others were not.

    Raises NoSuchLesson: cancelled, or to begin later than in half an hour.
    """
    if lesson.cancelled_at or uow.now < lesson.starts_at - AROUND:
        raise NoSuchLesson
    there = [one.id for one in group if one.id in came]
    absent = [one.id for one in group if one.id not in came]
    gone = delete(Attendance).where(Attendance.lesson_id == lesson.id)
    uow.session.execute(gone.where(Attendance.enrolment_id.in_(absent)))
    for enrolment_id in there:
        _write(uow, lesson, enrolment_id, by_code=False)
    uow.emit(AttendanceMarked(subject_id=lesson.id, number=len(there)))


def come_by_code(uow: UnitOfWork, enrolment: Enrolment, code: str) -> Lesson:
    """Whoever types the code of the lesson that is on now was there. Raises WrongDoorCode."""
    rows = select(Lesson).where(Lesson.group_id == enrolment.group_id, Lesson.code == code)
    rows = rows.where(Lesson.cancelled_at.is_(None), Lesson.starts_at <= uow.now + AROUND)
    lesson = uow.session.scalar(rows.where(Lesson.ends_at >= uow.now - AROUND))
    if lesson is None:
        raise WrongDoorCode
    _write(uow, lesson, enrolment.id, by_code=True)
    return lesson


def attended_by(uow: UnitOfWork, enrolment: Enrolment) -> frozenset[UUID]:
    """The lessons where somebody was. One query."""
    rows = select(Attendance.lesson_id).where(Attendance.enrolment_id == enrolment.id)
    return frozenset(uow.session.scalars(rows))


def attendance_of(uow: UnitOfWork, lesson: Lesson) -> dict[UUID, bool]:
    """Who was at a lesson; whether by the code. One query."""
    rows = select(Attendance.enrolment_id, Attendance.by_code)
    there = uow.session.execute(rows.where(Attendance.lesson_id == lesson.id))
    return {enrolment_id: by_code for enrolment_id, by_code in there}


def attended_in(uow: UnitOfWork, group: Group) -> dict[UUID, int]:
    """How many lessons each attended; cancelled ones do not count. One query."""
    rows = select(Attendance.enrolment_id, func.count()).join(
        Lesson, Lesson.id == Attendance.lesson_id
    )
    rows = rows.where(Lesson.group_id == group.id, Lesson.cancelled_at.is_(None))
    counted = uow.session.execute(rows.group_by(Attendance.enrolment_id))
    return {enrolment_id: number for enrolment_id, number in counted}


def needed(uow: UnitOfWork, course: Course, group: Group) -> tuple[int, int]:
    """How many lessons a certificate asks for, of how many that took place. One query."""
    held = sum(1 for one in lessons(uow, group) if not one.cancelled_at)
    return max(1, -(-held * course.least_percent // 100)), held


def _write(uow: UnitOfWork, lesson: Lesson, enrolment_id: UUID, *, by_code: bool) -> None:
    row = {
        "id": new_id(),
        "lesson_id": lesson.id,
        "enrolment_id": enrolment_id,
        "by_code": by_code,
        "at": uow.now,
    }
    uow.session.execute(insert(Attendance).values(row).on_conflict_do_nothing())
