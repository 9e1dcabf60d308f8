"""Queries of courses: what citizens see, what staff keep, what a teacher teaches."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, func, select

from obshto.modules.courses.errors import NoSuchCourse, NoSuchGroup
from obshto.modules.courses.models import Course, Group
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.states import BOOKED, WAITING
from obshto.platform.followers.services import Followed
from obshto.platform.soft_delete import row_of
from obshto.platform.unit_of_work import UnitOfWork

OLD = timedelta(days=120)  # a group that ended before that leaves the teacher's page
DECIDED = timedelta(days=5)  # before it begins: whether a small group takes place


def published(kind: str = "") -> Select[Course]:
    """What citizens see, by kind and name."""
    shown = select(Course).where(Course.published_at.is_not(None), Course.deleted_at.is_(None))
    shown = shown.where(Course.kind == kind) if kind else shown
    return shown.order_by(Course.kind, Course.name, Course.id)


def lists() -> Mapping[str, Select[Course]]:
    """The lists of the console, by the word in the address."""
    drafts = select(Course).where(Course.published_at.is_(None), Course.deleted_at.is_(None))
    return {"courses": published(), "drafts": drafts.order_by(Course.name, Course.id)}


def course_of(uow: UnitOfWork, course_id: UUID, *, to_change: bool = False) -> Course:
    """For staff; `to_change` makes others wait. Raises NoSuchCourse."""
    return row_of(uow, select(Course), course_id, missing=NoSuchCourse, to_change=to_change)


def public_course(uow: UnitOfWork, course_id: UUID) -> Course:
    """For everybody. Raises NoSuchCourse for a draft as for what never was."""
    course = uow.session.scalar(published().where(Course.id == course_id))
    if course is None:
        raise NoSuchCourse
    return course


def followed(course: Course) -> Followed:
    """The course as whoever waits for a group knows it."""
    path = f"/courses/{course.id}"
    return Followed(part=PART, object_id=course.id, title=course.name, path=path)


def open_groups(uow: UnitOfWork, courses: Collection[UUID]) -> Sequence[Group]:
    """Groups of these courses that are to begin, the next first. One query."""
    rows = select(Group).where(Group.course_id.in_(courses), Group.cancelled_at.is_(None))
    rows = rows.where(Group.starts_at > uow.now)
    return uow.session.scalars(rows.order_by(Group.starts_at, Group.id)).all()


def groups_of(uow: UnitOfWork, course: Course) -> Sequence[Group]:
    """All of them, the newest first. One query."""
    rows = select(Group).where(Group.course_id == course.id)
    return uow.session.scalars(rows.order_by(Group.starts_at.desc(), Group.id).limit(100)).all()


def group_of(uow: UnitOfWork, group_id: UUID, *, to_change: bool = False) -> Group:
    """Any of them, for who keeps courses. Raises NoSuchGroup."""
    wanted = select(Group).where(Group.id == group_id)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchGroup
    return found


def taught_group(uow: UnitOfWork, group_id: UUID, *, to_change: bool = False) -> Group:
    """For its own teacher, and for staff who handle all. Raises NoSuchGroup."""
    found = group_of(uow, group_id, to_change=to_change)
    if not teaches(uow, found):
        raise NoSuchGroup
    return found


def teaches(uow: UnitOfWork, group: Group) -> bool:
    """Whether who asks is its teacher, or handles all groups."""
    me = uow.principal
    return group.teacher_id == me.person_id or me.may(CoursesPermission.HANDLE)


def public_group(uow: UnitOfWork, group_id: UUID) -> tuple[Course, Group]:
    """Of a course that is shown. Raises NoSuchGroup, NoSuchCourse."""
    group = uow.session.get(Group, group_id)
    if group is None:
        raise NoSuchGroup
    return public_course(uow, group.course_id), group


def course_behind(uow: UnitOfWork, group: Group) -> Course:
    """Shown or not: for who is enrolled and for staff."""
    return uow.session.get_one(Course, group.course_id)


def taught(uow: UnitOfWork) -> Select[Group]:
    """A teacher's own groups, all of them for who handles all, the next first."""
    rows = select(Group).where(Group.ends_at > uow.now - OLD)
    if not uow.principal.may(CoursesPermission.HANDLE):
        rows = rows.where(Group.teacher_id == uow.principal.person_id)
    return rows.order_by(Group.cancelled_at.is_not(None), Group.starts_at, Group.id)


def small_groups(uow: UnitOfWork) -> Select[Group]:
    """Groups that begin in some days with too few people, and nobody has decided about them."""
    booked = select(func.count()).select_from(Booking).join(Booking.slot)
    booked = booked.where(Slot.resource_id == Group.resource_id, Booking.state == BOOKED)
    rows = select(Group).where(Group.cancelled_at.is_(None), Group.goes_on_at.is_(None))
    rows = rows.where(Group.starts_at > uow.now, Group.starts_at <= uow.now + DECIDED)
    rows = rows.where(booked.scalar_subquery() < Group.least)
    return rows.order_by(Group.starts_at, Group.id)


def courses_behind(uow: UnitOfWork, groups: Sequence[Group]) -> dict[UUID, Course]:
    """By id. One query."""
    wanted = select(Course).where(Course.id.in_({one.course_id for one in groups}))
    return {one.id: one for one in uow.session.scalars(wanted)}


def seats_left(uow: UnitOfWork, groups: Sequence[Group]) -> dict[UUID, int]:
    """Free seats by group; an offer holds its seat. One query."""
    slots = select(Slot.resource_id, Slot.capacity - Slot.taken)
    slots = slots.where(Slot.resource_id.in_([one.resource_id for one in groups]))
    left = {thing: number for thing, number in uow.session.execute(slots)} if groups else {}
    return {one.id: max(left.get(one.resource_id, one.seats), 0) for one in groups}


def numbers_of(uow: UnitOfWork, groups: Sequence[Group]) -> dict[UUID, tuple[int, int]]:
    """Enrolled and waiting by group. One query."""
    rows = select(Slot.resource_id, Booking.state, func.count()).join(Booking.slot)
    rows = rows.where(Slot.resource_id.in_([one.resource_id for one in groups]))
    counted = rows.group_by(Slot.resource_id, Booking.state)
    found = {(thing, state): number for thing, state, number in uow.session.execute(counted)}
    return {
        one.id: (
            found.get((one.resource_id, BOOKED), 0),
            found.get((one.resource_id, WAITING), 0),
        )
        for one in groups
    }
