"""Retention of courses: what a person leaves when they go, and when years are over."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.modules.courses.models import CourseFee, CourseLesson, Enrolment, Group, TeacherNote
from obshto.modules.courses.services.kinds import PART
from obshto.platform.documents.models import Document
from obshto.platform.documents.services import forget
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=90)  # after the course, as the bookings keep the names
CERTIFICATE_KEPT = timedelta(days=5 * 365)
AT_ONCE = 500
# The sum stays for the books and the funder; why it was lower is the person's own.
UNEXEMPT = {"exemption": None, "proof": ""}
UNLOADED = {"synchronize_session": False}  # rows at hand are not compared: the column is encrypted


def empty_old(uow: UnitOfWork) -> None:
    """Job: ninety days after a course nothing leads from figures to people or notes about them.

    Nor why somebody paid less.
    """
    over = select(Group.id).where(Group.ends_at < uow.now - KEPT)
    left = Enrolment.name_index.is_not(None) | Enrolment.person_id.is_not(None)
    old = select(Enrolment).where(Enrolment.group_id.in_(over), left)
    for row in uow.session.scalars(old.order_by(Enrolment.id).limit(AT_ONCE)):
        row.person_id = row.name_index = None
    uow.session.execute(delete(TeacherNote).where(TeacherNote.group_id.in_(over)))
    told = CourseFee.group_id.in_(over) & CourseFee.exemption.is_not(None)
    uow.session.execute(update(CourseFee).where(told).values(UNEXEMPT), execution_options=UNLOADED)


def forget_old_certificates(uow: UnitOfWork) -> None:
    """Job: five years after it was issued the file goes; number, code and day stay."""
    old = select(Document.object_id).where(Document.part == PART)
    last = uow.now - CERTIFICATE_KEPT
    old = old.where(Document.issued_at < last, Document.issued_at > last - timedelta(days=30))
    forget(uow, PART, uow.session.scalars(old.limit(AT_ONCE)).all())


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Their name is on no certificate of ours; a check still answers. A teacher's notes go."""
    own = select(Enrolment).where(Enrolment.person_id == person_id)
    rows = uow.session.scalars(own).all()
    forget(uow, PART, [row.id for row in rows])
    owed = CourseFee.booking_id.in_([row.booking_id for row in rows])
    uow.session.execute(update(CourseFee).where(owed).values(UNEXEMPT), execution_options=UNLOADED)
    for row in rows:
        row.person_id = row.name_index = None
    uow.session.execute(delete(TeacherNote).where(TeacherNote.author_id == person_id))
    held = update(CourseLesson).where(CourseLesson.substitute_id == person_id)
    uow.session.execute(held.values(substitute_id=None, substitute=""))
    taught = update(Group).where(Group.teacher_id == person_id)
    uow.session.execute(taught.values(teacher_id=None, teacher=""))
