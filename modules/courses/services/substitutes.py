"""Substitute of one lesson: chosen on it, told to all, let into the list of that lesson alone.

The teacher of the group stays its teacher. The list opens to the substitute for the lesson and some
days after it, so that attendance can be written down later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.courses.errors import NoSuchLesson, NoSuchTeacher, StaleGroup
from obshto.modules.courses.events import (
    LessonSubstituteChosen,
    LessonSubstituted,
    LessonSubstituteReleased,
)
from obshto.modules.courses.models import CourseLesson, Group
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services.groups import lesson_of
from obshto.modules.courses.services.queries import group_of, taught_group
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import people_who_may

LATER = timedelta(days=14)  # after the lesson the substitute may still write attendance down
AT_ONCE = 50


def held_lesson(
    uow: UnitOfWork, group_id: UUID, lesson_id: UUID, *, to_change: bool = False
) -> tuple[Group, CourseLesson]:
    """For who teaches the group, and for who holds this lesson instead.

    Raises NoSuchGroup, NoSuchLesson.
    """
    group = group_of(uow, group_id, to_change=to_change)
    lesson = lesson_of(uow, group, lesson_id)
    if not may_hold(uow, lesson):
        taught_group(uow, group_id)
    return group, lesson


def may_hold(uow: UnitOfWork, lesson: CourseLesson) -> bool:
    """Whether who asks is its substitute, and it is not over for long."""
    me = uow.principal.person_id
    is_mine = me is not None and lesson.substitute_id == me
    return is_mine and lesson.ends_at > uow.now - LATER


def planned_lesson(
    uow: UnitOfWork, group_id: UUID, lesson_id: UUID, *, to_change: bool = False
) -> tuple[Group, CourseLesson]:
    """For who may choose a substitute: the group's teacher, who keeps courses, who handles all.

    Raises NoSuchGroup, NoSuchLesson.
    """
    is_kept = uow.principal.may(CoursesPermission.KEEP)
    found = group_of if is_kept else taught_group
    group = found(uow, group_id, to_change=to_change)
    return group, lesson_of(uow, group, lesson_id)


def candidates(uow: UnitOfWork, group: Group) -> Mapping[UUID, str]:
    """Who may teach here, without the group's own teacher. Two queries."""
    people = people_who_may(uow, CoursesPermission.TEACH)
    return {key: name for key, name in people.items() if key != group.teacher_id}


def choose_substitute(
    uow: UnitOfWork,
    group: Group,
    lesson: CourseLesson,
    substitute_id: UUID | None,
    *,
    expected_version: int,
) -> None:
    """Somebody else teaches this lesson; None for the group's teacher again. All are told.

    The group is locked. Raises StaleGroup, NoSuchTeacher, and NoSuchLesson: it is off or has begun.
    """
    if lesson.substitute_id == substitute_id:
        return
    expect_version(lesson, expected_version, StaleGroup)
    if not is_planned(uow, group, lesson):
        raise NoSuchLesson
    people = candidates(uow, group)
    if substitute_id and substitute_id not in people:
        raise NoSuchTeacher
    before = lesson.substitute_id
    lesson.substitute_id = substitute_id
    lesson.substitute = people[substitute_id] if substitute_id else ""
    uow.session.flush()
    uow.emit(LessonSubstituted(subject_id=lesson.id))
    if before:
        uow.emit(LessonSubstituteReleased(subject_id=lesson.id, person_id=before))
    if substitute_id:
        uow.emit(LessonSubstituteChosen(subject_id=lesson.id, person_id=substitute_id))


def is_planned(uow: UnitOfWork, group: Group, lesson: CourseLesson) -> bool:
    """Whether it is to take place and has not begun."""
    is_off = lesson.cancelled_at or group.cancelled_at
    return not is_off and lesson.starts_at > uow.now


def own_substitutions(uow: UnitOfWork) -> Sequence[tuple[CourseLesson, Group]]:
    """The lessons that who asks holds for others, the next first. One query."""
    rows: Select[CourseLesson, Group] = select(CourseLesson, Group).join(
        Group, Group.id == CourseLesson.group_id
    )
    rows = rows.where(
        CourseLesson.substitute_id == uow.principal.person_id,
        CourseLesson.cancelled_at.is_(None),
        CourseLesson.ends_at > uow.now - LATER,
    )
    rows = rows.order_by(CourseLesson.starts_at, CourseLesson.id).limit(AT_ONCE)
    return [(lesson, group) for lesson, group in uow.session.execute(rows)]
