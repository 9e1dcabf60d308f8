"""Letters of courses: a lesson off, another place, a price to pay. Of seats: the bookings'."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.modules.courses.events import (
    CourseFeeAsked,
    CourseFeeDue,
    GroupOpened,
    GroupRearranged,
    LessonCancelled,
    LessonSubstituteChosen,
    LessonSubstituted,
    LessonSubstituteReleased,
)
from obshto.modules.courses.models import Course, CourseLesson, Group
from obshto.modules.courses.services.fees.charges import fee_of
from obshto.modules.courses.services.kinds import PART
from obshto.modules.courses.services.queries import followed
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.notifications import reader_of
from obshto.platform.bookings.queries import booking_told, rows_of
from obshto.platform.bookings.states import BOOKED, HOLDING
from obshto.platform.followers.services import followers_of
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, day, euro, short_day
from obshto.platform.web.language import current_language

Fact = Mapping[str, Any]


def enrolled(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Everybody who has a seat in the group; who is called, before the lesson. Three queries."""
    lesson, group = _behind(uow, fact)
    return _readers(uow, group, (BOOKED,), lesson.starts_at)


def seated(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The same and who is offered a seat; who is called, while the course runs. Two queries."""
    group = uow.session.get_one(Group, UUID(fact["subject_id"]))
    return _readers(uow, group, HOLDING, group.ends_at)


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


def substituted(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """Who teaches a lesson: nothing else changes. Nothing where it is off by now."""
    lesson, group = _behind(uow, fact)
    if lesson.cancelled_at:
        return None
    who = lesson.substitute or group.teacher or gettext("преподавателят на групата")
    when = f"{short_day(lesson.starts_at)}, {clock(lesson.starts_at)}"
    return worded(
        gettext("Занятието на %(when)s води %(who)s", when=when, who=who),
        uow.session.get_one(Course, group.course_id).told(current_language())[0],
        gettext("Денят, часът и мястото са същите."),
        gettext("Въпроси: %(phone)s", phone=group.phone) if group.phone else "",
        gettext("Пишем Ви, защото сте записани за курса."),
    )


def rearranged(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """Where the group meets now, who teaches it: enough in the subject for an SMS."""
    group = uow.session.get_one(Group, UUID(fact["subject_id"]))
    if group.cancelled_at:
        return None
    where = ", ".join(filter(None, (group.settlement_in(current_language()), group.address)))
    place = gettext("Курсът е на друго място: %(place)s", place=where)
    who = group.teacher or gettext("ще го обявим")
    teacher = gettext("Нов преподавател на курса: %(who)s", who=who)
    said = [place] if fact["has_moved"] else []
    said += [teacher] if fact["has_new_teacher"] else []
    return worded(
        ". ".join(said),
        uow.session.get_one(Course, group.course_id).told(current_language())[0],
        gettext("Дните и часовете са същите."),
        gettext("Въпроси: %(phone)s", phone=group.phone) if group.phone else "",
        gettext("Пишем Ви, защото сте записани за курса."),
    )


def stand_in(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The member of staff whom it concerns."""
    return [UUID(fact["person_id"])]


def asked_to_stand_in(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """When, where, and the page of the lesson. Nothing where another was chosen by now."""
    lesson, group = _behind(uow, fact)
    if lesson.cancelled_at or str(lesson.substitute_id) != str(fact["person_id"]):
        return None
    when = f"{day(lesson.starts_at)}, {clock(lesson.starts_at)}"
    page = f"{uow.scope.address}/console/courses/groups/{group.id}/lessons/{lesson.id}"
    return worded(
        gettext("Избраха Ви за заместник на занятие: %(when)s", when=when),
        uow.session.get_one(Course, group.course_id).told(current_language())[0],
        gettext("Къде: %(place)s", place=group.address),
        gettext("Вместо: %(who)s", who=group.teacher) if group.teacher else "",
        gettext("Списъкът на занятието: %(address)s", address=page),
    )


def released(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """They need not come."""
    lesson, group = _behind(uow, fact)
    when = f"{day(lesson.starts_at)}, {clock(lesson.starts_at)}"
    return worded(
        gettext("Вече не сте заместник на занятието: %(when)s", when=when),
        uow.session.get_one(Course, group.course_id).told(current_language())[0],
    )


def waiting(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Who asked to hear of a new group. Two queries."""
    course = uow.session.get_one(Course, UUID(fact["subject_id"]))
    return list(followers_of(uow, followed(course)))


def opened(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """When and where it begins, where to enrol. Nothing where it is off by now."""
    group = uow.session.get_one(Group, UUID(fact["group_id"]))
    if group.cancelled_at:
        return None
    course = uow.session.get_one(Course, group.course_id)
    begins = f"{day(group.starts_at)}, {clock(group.starts_at)}"
    enrol = f"{uow.scope.address}/courses/groups/{group.id}/enrol"
    return worded(
        gettext("Има нова група на „%(title)s“", title=course.told(current_language())[0]),
        gettext("Първо занятие: %(when)s", when=begins),
        gettext("Къде: %(place)s", place=group.address),
        gettext("Запишете се тук: %(address)s", address=enrol),
        gettext("Или по телефона: %(phone)s", phone=group.phone) if group.phone else "",
        gettext("Пишем Ви, защото поискахте писмо за нова група."),
    )


def payer(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """Whose seat it is, by a letter: who enrols has just read the sum."""
    return [one for one in debtor(uow, fact) if isinstance(one, UUID) or one.email]


def debtor(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The same by whatever way they left, a phone too."""
    booking = booking_told(uow, UUID(fact["subject_id"]))
    fee = fee_of(uow, booking.id)
    return reader_of(booking, until=fee.hold_until if fee else None)


def asked(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """What the course costs, where it is paid, until when."""
    subject = gettext("За курса се плаща такса: %(sum)s", sum=euro(fact["cents"]))
    return _fee_letter(uow, fact, subject)


def due(uow: UnitOfWork, fact: Fact) -> tuple[str, str] | None:
    """That the seat is lost tomorrow: enough in the subject for an SMS."""
    return _fee_letter(uow, fact, gettext("Платете курса, за да запазите мястото си"))


def _fee_letter(uow: UnitOfWork, fact: Fact, subject: str) -> tuple[str, str] | None:
    """Nothing where it is paid or off by now."""
    fee = fee_of(uow, UUID(fact["subject_id"]))
    if fee is None or not fee.is_open:
        return None
    group = uow.session.get_one(Group, fee.group_id)
    until = fee.hold_until or group.starts_at
    when = f"{day(until)}, {clock(until)}"
    return worded(
        f"{subject} ({short_day(until)}, {clock(until)})",
        uow.session.get_one(Course, group.course_id).told(current_language())[0],
        gettext("За плащане: %(sum)s.", sum=euro(fee.cents)),
        gettext("Пазим мястото до %(when)s. После го предлагаме на следващия.", when=when)
        if fee.hold_until
        else gettext("Платете до първото занятие: %(when)s.", when=when),
        gettext("Платете тук: %(address)s", address=f"{uow.scope.address}{fee.path}"),
        gettext("На касата в общината кажете кода: %(code)s", code=fee.code),
        gettext("Въпроси: %(phone)s", phone=group.phone) if group.phone else "",
        gettext("Пишем Ви, защото сте записани за курса."),
    )


def _readers(
    uow: UnitOfWork, group: Group, states: Collection[str], until: datetime
) -> Collection[UUID | Address]:
    rows = rows_of(PART).where(Slot.resource_id == group.resource_id, Booking.state.in_(states))
    return [reader for one in uow.session.scalars(rows) for reader in reader_of(one, until=until)]


def _behind(uow: UnitOfWork, fact: Fact) -> tuple[CourseLesson, Group]:
    lesson = uow.session.get_one(CourseLesson, UUID(fact["subject_id"]))
    return lesson, uow.session.get_one(Group, lesson.group_id)


NOTIFICATIONS = (
    Notification(
        fact=GroupOpened,
        title=lazy_gettext("Нова група на курс, който чакам"),
        to=waiting,
        letter=opened,
    ),
    Notification(
        fact=LessonCancelled,
        title=lazy_gettext("Отпаднало занятие на мой курс"),
        to=enrolled,
        letter=cancelled,
    ),
    Notification(
        fact=LessonSubstituted,
        title=lazy_gettext("Друг преподавател на занятие от мой курс"),
        to=enrolled,
        letter=substituted,
    ),
    Notification(
        fact=GroupRearranged,
        title=lazy_gettext("Друго място или друг преподавател на мой курс"),
        to=seated,
        letter=rearranged,
    ),
    Notification(
        fact=LessonSubstituteChosen,
        title=lazy_gettext("Избраха ме за заместник на занятие"),
        to=stand_in,
        letter=asked_to_stand_in,
    ),
    Notification(
        fact=LessonSubstituteReleased,
        title=lazy_gettext("Вече не съм заместник на занятие"),
        to=stand_in,
        letter=released,
    ),
    Notification(
        fact=CourseFeeAsked, title=lazy_gettext("Такса за мой курс"), to=payer, letter=asked
    ),
    Notification(
        fact=CourseFeeDue,
        title=lazy_gettext("Неплатено място в мой курс"),
        to=debtor,
        letter=due,
    ),
)
