"""Personal data of courses: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from obshto.modules.courses.models import (
    Course,
    CourseFee,
    CourseLesson,
    Enrolment,
    Group,
    LessonAttendance,
    TeacherNote,
)
from obshto.modules.courses.services.kinds import PART
from obshto.modules.courses.services.retention import forget_person
from obshto.platform.documents.services import documents_of
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The person's courses with attendance and certificates; what they did as a teacher."""
    rows = select(Enrolment, Group, Course).join(Group, Group.id == Enrolment.group_id)
    rows = rows.join(Course, Course.id == Group.course_id).where(Enrolment.person_id == person_id)
    found = uow.session.execute(rows).all()
    ids = [one.id for one, _group, _course in found]
    counted = select(LessonAttendance.enrolment_id, func.count()).group_by(
        LessonAttendance.enrolment_id
    )
    of_them = uow.session.execute(counted.where(LessonAttendance.enrolment_id.in_(ids)))
    came = {enrolment_id: number for enrolment_id, number in of_them}
    papers = uow.session.scalars(documents_of(PART, ids))
    notes = select(TeacherNote).where(TeacherNote.author_id == person_id)
    return {
        "enrolments": [
            {
                "course": course.name,
                "starts_at": group.starts_at.isoformat(),
                "ends_at": group.ends_at.isoformat(),
                "settlement": one.ekatte,
                "age": one.age,
                "right_before": one.before,
                "right_after": one.after,
                "lessons_attended": came.get(one.id, 0),
            }
            for one, group, course in found
        ],
        "fees": _fees(uow, [(one.booking_id, course) for one, _group, course in found]),
        "certificates": [
            {
                "number": paper.number,
                "code": paper.code,
                "title": paper.title,
                "issued_at": paper.issued_at.isoformat(),
                "is_revoked": paper.is_revoked,
            }
            for paper in papers
        ],
        "teacher_notes": [{"words": note.words} for note in uow.session.scalars(notes)],
        "lessons_as_substitute": _held(uow, person_id),
    }


def _held(uow: UnitOfWork, person_id: UUID) -> list[dict[str, Any]]:
    """The lessons that somebody held for others. One query."""
    rows = select(CourseLesson.starts_at).where(CourseLesson.substitute_id == person_id)
    return [{"starts_at": one.isoformat()} for one in uow.session.scalars(rows)]


def _fees(uow: UnitOfWork, booked: Sequence[tuple[UUID, Course]]) -> list[dict[str, Any]]:
    """What was owed and paid for these bookings. One query."""
    owed = select(CourseFee).where(CourseFee.booking_id.in_([key for key, _ in booked]))
    fees = {fee.booking_id: fee for fee in uow.session.scalars(owed)}
    return [
        {
            "course": course.name,
            "price_cents": fee.full_cents,
            "to_pay_cents": fee.cents,
            "exemption": fee.exemption,
            "state": fee.state,
            "payment_code": fee.code,
            "paid_on": fee.paid_on and fee.paid_on.isoformat(),
            "refunded_cents": fee.refunded_cents,
        }
        for key, course in booked
        if (fee := fees.get(key))
    ]


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Numbers stay, nobody stands beside them; the bookings erase the name."""
    forget_person(uow, person_id)
