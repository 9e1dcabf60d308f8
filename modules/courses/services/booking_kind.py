"""Booking kind of courses: a group is taken as a whole; words for letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _

from obshto.modules.courses.errors import NoSuchGroup
from obshto.modules.courses.models import Course, Group
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings.kinds import BookingKind, Description, LetterWords
from obshto.platform.bookings.models import Resource
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language


def times_of(uow: UnitOfWork, resource: Resource) -> Sequence[tuple[datetime, datetime]]:
    """From the first lesson to the end of the last. Raises NoSuchGroup."""
    group = _group(uow, resource)
    return [(group.starts_at, group.ends_at)]


def describe(uow: UnitOfWork, resource: Resource) -> Description:
    """„Интернет без страх“ at „Кула, читалището“. Raises NoSuchGroup."""
    group = _group(uow, resource)
    course = uow.session.get_one(Course, group.course_id)
    language = current_language()
    return Description(
        what=course.told(language)[0],
        where=group.settlement_in(language),
        address=group.address,
        phone=group.phone,
    )


def _group(uow: UnitOfWork, resource: Resource) -> Group:
    group = uow.session.get(Group, resource.object_id)
    if group is None:
        raise NoSuchGroup
    return group


KIND = BookingKind(
    part=PART,
    page="/courses/enrolment/{ref}",
    hours=lambda uow, resource: None,
    describe=describe,
    times=times_of,
    words=LetterWords(
        made=_("Записани сте за курс: %(when)s"),
        cancelled=_("Отменено записване за курс: %(when)s"),
        lapsed=_("Изтече срокът за мястото в курса: %(when)s"),
        due=_("Напомняме: курсът започва %(when)s"),
        way=_("Вижте курса или се откажете тук: %(address)s"),
        why=_("Пишем Ви, защото се записахте за курс."),
    ),
)
