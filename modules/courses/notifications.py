"""Letters of courses: a lesson that does not take place. Those about seats are the bookings'."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.modules.courses.events import LessonCancelled
from obshto.modules.courses.models import Course, CourseLesson, Group
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.notifications import reader_of
from obshto.platform.bookings.queries import rows_of
from obshto.platform.bookings.states import BOOKED
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, day, short_day
from obshto.platform.web.language import current_language

Fact = Mapping[str, Any]


def enrolled(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Everybody who has a seat in the group. Three queries."""
    _lesson, group = _behind(uow, fact)
    rows = rows_of(PART).where(Slot.resource_id == group.resource_id, Booking.state == BOOKED)
    return [reader for one in uow.session.scalars(rows) for reader in reader_of(one)]


def cancelled(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """Which lesson is off, and when it is made up for: enough in the subject for an SMS."""
    lesson, group = _behind(uow, fact)
    course = uow.session.get_one(Course, group.course_id)
    at, instead = lesson.starts_at, lesson.instead_at
    subject = gettext("Няма занятие на %(when)s", when=f"{short_day(at)}, {clock(at)}")
    more = ""
    if instead:
        more = gettext("Вместо него: %(when)s", when=f"{day(instead)}, {clock(instead)}")
        subject = f"{subject}. {more}"
    return worded(
        subject,
        course.told(current_language())[0],
        more,
        gettext("Останалите занятия са, както ги знаете."),
        gettext("Въпроси: %(phone)s", phone=group.phone) if group.phone else "",
        gettext("Пишем Ви, защото сте записани за курса."),
    )


def _behind(uow: UnitOfWork, fact: Fact) -> tuple[CourseLesson, Group]:
    lesson = uow.session.get_one(CourseLesson, UUID(fact["subject_id"]))
    return lesson, uow.session.get_one(Group, lesson.group_id)


NOTIFICATIONS = (
    Notification(
        fact=LessonCancelled,
        title=lazy_gettext("Отпаднало занятие на мой курс"),
        to=enrolled,
        letter=cancelled,
    ),
)
