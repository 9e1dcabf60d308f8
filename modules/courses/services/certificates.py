"""Certificates of courses: issued once, after the end, for as much attendance as is asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from obshto.modules.courses.errors import AttendedTooFew, CertificateNotYet, NotEnrolled
from obshto.modules.courses.models import Course, CourseLesson, Enrolment, Group
from obshto.modules.courses.services.attendance import attended_in, needed
from obshto.modules.courses.services.enrolments import only_enrolled
from obshto.modules.courses.services.kinds import CERTIFICATE, KINDS, PART
from obshto.modules.courses.settings import CoursesSettings
from obshto.platform.bookings.models import Booking
from obshto.platform.clock import day_of
from obshto.platform.documents.models import Document
from obshto.platform.documents.services import DocumentText, in_force, issue
from obshto.platform.documents.sheets import written
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import municipality_here

TITLE = "Удостоверение за завършен курс"


def certificate_of(uow: UnitOfWork, enrolment: Enrolment) -> Document | None:
    """The one in force."""
    return in_force(uow, PART, enrolment.id, CERTIFICATE)


def refuse_certificate(
    uow: UnitOfWork, course: Course, group: Group, booking: Booking, enrolment: Enrolment
) -> None:
    """Raises NotEnrolled, CertificateNotYet, AttendedTooFew: why there is none."""
    only_enrolled(booking)
    if group.cancelled_at or group.ends_at > uow.now:
        raise CertificateNotYet
    least, _held = needed(uow, course, group)
    came = attended_in(uow, group).get(enrolment.id, 0)
    if came < least:
        raise AttendedTooFew(needed=least, came=came)


def issue_certificate(
    uow: UnitOfWork, course: Course, group: Group, booking: Booking, enrolment: Enrolment
) -> Document:
    """Issue it, or find the one in force; after a revocation a new one.

    Raises as `refuse_certificate`, and CannotBePrinted.
    """
    if found := certificate_of(uow, enrolment):
        return found
    refuse_certificate(uow, course, group, booking, enrolment)
    if booking.is_emptied:  # nobody knows the name any more
        raise NotEnrolled
    settings = settings_of(uow, PART, CoursesSettings)
    return issue(
        uow,
        _text(uow, course, group, booking, enrolment, settings.signed_by),
        part=PART,
        object_id=enrolment.id,
        series=CERTIFICATE,
        is_trial=not settings.is_live,
    )


def _text(
    uow: UnitOfWork,
    course: Course,
    group: Group,
    booking: Booking,
    enrolment: Enrolment,
    signed_by: str,
) -> DocumentText:
    title = municipality_here(uow).title()
    came, (_least, held) = attended_in(uow, group)[enrolment.id], needed(uow, course, group)
    with speaking(SOURCE):
        kind = str(KINDS[course.kind])
    teacher = [f"Преподавател: {group.teacher}"] if group.teacher else []
    return DocumentText(
        title=TITLE,
        municipality=title,
        lines=[
            title,
            "УДОСТОВЕРЕНИЕ",
            "(за завършен курс)",
            f"{title} удостоверява, че",
            booking.name.upper(),  # set as a heading
            f"завърши курса „{course.name}“ ({kind.lower()}).",
            f"Курсът се проведе от {_day(group.starts_at)} до {_day(group.ends_at)}"
            f" и продължи {_hours(uow, group)} часа.",
            f"Присъствия: {came} от {held} занятия.",
            *teacher,
            f"{signed_by}: …………………………",
            "(подпис)",
        ],
    )


def _day(moment: datetime) -> str:
    return written(day_of(moment))


def _hours(uow: UnitOfWork, group: Group) -> str:
    rows = select(CourseLesson.starts_at, CourseLesson.ends_at).where(
        CourseLesson.group_id == group.id
    )
    lasted = uow.session.execute(rows.where(CourseLesson.cancelled_at.is_(None)))
    minutes = sum((end - start).total_seconds() for start, end in lasted) / 60
    return f"{minutes / 60:.1f}".removesuffix(".0").replace(".", ",")
