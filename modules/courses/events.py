"""Domain events of courses. Names and keys are fixed; none says who a person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CourseFact(DomainEvent):
    """The course and its name."""

    subject_id: UUID
    title: str
    is_public: ClassVar[bool] = True


class CourseWritten(CourseFact):
    """A draft was begun."""

    name: ClassVar[str] = "courses:course.written"
    label: ClassVar[LazyString] = lazy_gettext("Добавен курс")
    is_public: ClassVar[bool] = False


class CourseEdited(CourseFact):
    name: ClassVar[str] = "courses:course.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променен курс")


class CoursePublished(CourseFact):
    name: ClassVar[str] = "courses:course.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван курс")


class CourseHidden(CourseFact):
    name: ClassVar[str] = "courses:course.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрит курс")


class GroupChanged(CourseFact):
    """A group was added, changed or cancelled."""

    name: ClassVar[str] = "courses:group.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променена група на курс")


class CourseMaterialAdded(CourseFact):
    name: ClassVar[str] = "courses:material.added"
    label: ClassVar[LazyString] = lazy_gettext("Нов материал към курс")
    is_public: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class LessonCancelled(DomainEvent):
    """The lesson; the letter says whether it is made up for."""

    name: ClassVar[str] = "courses:lesson.cancelled"
    label: ClassVar[LazyString] = lazy_gettext("Отпаднало занятие")
    is_public: ClassVar[bool] = True

    subject_id: UUID


@dataclass(frozen=True, kw_only=True)
class AttendanceMarked(DomainEvent):
    """The lesson and how many were there."""

    name: ClassVar[str] = "courses:attendance.marked"
    label: ClassVar[LazyString] = lazy_gettext("Отбелязано присъствие на занятие")

    subject_id: UUID
    number: int


COURSE_FACTS = (CourseWritten, CourseEdited, CoursePublished, CourseHidden, GroupChanged)
EVENTS = (*COURSE_FACTS, CourseMaterialAdded, LessonCancelled, AttendanceMarked)
