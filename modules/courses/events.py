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


@dataclass(frozen=True, kw_only=True)
class GroupOpened(CourseFact):
    """People may enrol in a new group of a course that everybody sees."""

    name: ClassVar[str] = "courses:group.opened"
    label: ClassVar[LazyString] = lazy_gettext("Нова група на курс")
    is_public: ClassVar[bool] = False

    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupRearranged(DomainEvent):
    """The group: it meets elsewhere, or somebody else teaches it."""

    name: ClassVar[str] = "courses:group.rearranged"
    label: ClassVar[LazyString] = lazy_gettext("Друго място или преподавател на група")

    subject_id: UUID
    has_moved: bool
    has_new_teacher: bool


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


@dataclass(frozen=True, kw_only=True)
class CourseFeeFact(DomainEvent):
    """The booking that it is owed for, and how much, in cents."""

    subject_id: UUID
    cents: int


class CourseFeeAsked(CourseFeeFact):
    name: ClassVar[str] = "courses:fee.asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискана такса за курс")


class CourseFeeDue(CourseFeeFact):
    """The seat will be another's soon."""

    name: ClassVar[str] = "courses:fee.due"
    label: ClassVar[LazyString] = lazy_gettext("Напомняне за неплатен курс")


class CourseFeePaid(CourseFeeFact):
    name: ClassVar[str] = "courses:fee.paid"
    label: ClassVar[LazyString] = lazy_gettext("Платена такса за курс")


class CourseFeeReopened(CourseFeeFact):
    name: ClassVar[str] = "courses:fee.reopened"
    label: ClassVar[LazyString] = lazy_gettext("Таксата за курс отново се дължи")


class CourseFeeReturned(CourseFeeFact):
    """Money was asked back of the finance office."""

    name: ClassVar[str] = "courses:fee.returned"
    label: ClassVar[LazyString] = lazy_gettext("Поискано връщане на такса за курс")


class CourseProofSeen(CourseFeeFact):
    name: ClassVar[str] = "courses:proof.seen"
    label: ClassVar[LazyString] = lazy_gettext("Видян документ за по-ниска такса за курс")


@dataclass(frozen=True, kw_only=True)
class CourseExemptionChanged(DomainEvent):
    """Who pays less was added or changed."""

    name: ClassVar[str] = "courses:exemption.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променено намаление за курсове")
    is_public: ClassVar[bool] = True

    subject_id: UUID


@dataclass(frozen=True, kw_only=True)
class LessonSubstituted(DomainEvent):
    """The lesson; the row says who teaches it now."""

    name: ClassVar[str] = "courses:lesson.substituted"
    label: ClassVar[LazyString] = lazy_gettext("Сменен преподавател на едно занятие")

    subject_id: UUID


@dataclass(frozen=True, kw_only=True)
class SubstituteFact(DomainEvent):
    """The lesson, and the member of staff whom it concerns."""

    subject_id: UUID
    person_id: UUID


class LessonSubstituteChosen(SubstituteFact):
    name: ClassVar[str] = "courses:substitute.chosen"
    label: ClassVar[LazyString] = lazy_gettext("Избран заместник за занятие")


class LessonSubstituteReleased(SubstituteFact):
    name: ClassVar[str] = "courses:substitute.released"
    label: ClassVar[LazyString] = lazy_gettext("Освободен заместник за занятие")


COURSE_FACTS = (CourseWritten, CourseEdited, CoursePublished, CourseHidden, GroupChanged)
FEE_FACTS = (
    *(CourseFeeAsked, CourseFeeDue, CourseFeePaid, CourseFeeReopened, CourseFeeReturned),
    *(CourseProofSeen, CourseExemptionChanged),
)
EVENTS = (
    *COURSE_FACTS,
    GroupOpened,
    GroupRearranged,
    CourseMaterialAdded,
    LessonCancelled,
    LessonSubstituted,
    LessonSubstituteChosen,
    LessonSubstituteReleased,
    AttendanceMarked,
    *FEE_FACTS,
)
