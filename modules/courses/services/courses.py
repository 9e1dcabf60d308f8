"""Courses: written, changed, shown, hidden, copied."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from obshto.modules.courses.errors import StaleCourse
from obshto.modules.courses.events import (
    CourseEdited,
    CourseFact,
    CourseHidden,
    CoursePublished,
    CourseWritten,
)
from obshto.modules.courses.models import Course
from obshto.modules.courses.services.kinds import PART
from obshto.platform.entity import create_once, expect_version
from obshto.platform.followers.services import forget_followers
from obshto.platform.soft_delete import turn
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseEntry:
    """A course as typed. `questions` are of the test: text, answers, number of the right one."""

    kind: str
    level: str
    name: str
    about: str = ""
    syllabus: str = ""
    least_percent: int = 75
    questions: list[dict[str, Any]] = field(default_factory=list)
    price_cents: int = 0
    income_kind: str = ""
    translations: dict[str, Any] = field(default_factory=dict)


NAMES = tuple(CourseEntry.__dataclass_fields__)


def entry_of(course: Course) -> CourseEntry:
    """What is written of a course now."""
    return CourseEntry(**{name: getattr(course, name) for name in NAMES})


def write_course(uow: UnitOfWork, entry: CourseEntry, *, request_id: UUID) -> Course:
    """A new draft. Sent twice it is one."""
    course = Course(request_id=request_id, written_at=uow.now, changed_at=uow.now, **asdict(entry))
    if (first := create_once(uow, course)) is not course:
        return first
    tell(uow, CourseWritten, course)
    return course


def edit_course(
    uow: UnitOfWork, course: Course, entry: CourseEntry, *, expected_version: int
) -> None:
    """Save what is written now. Raises StaleCourse."""
    if entry_of(course) == entry:
        return
    expect_version(course, expected_version, StaleCourse)
    for name, value in asdict(entry).items():
        setattr(course, name, value)
    course.changed_at = uow.now
    tell(uow, CourseEdited, course)


def copy_course(uow: UnitOfWork, course: Course, *, request_id: UUID) -> Course:
    """A draft with the same words, without groups: last year's once more."""
    return write_course(uow, entry_of(course), request_id=request_id)


def publish_course(
    uow: UnitOfWork, course: Course, is_shown: bool, *, expected_version: int
) -> None:
    """Show it to everybody, or take it back to the drafts. Raises StaleCourse."""
    moment, fact = (uow.now, CoursePublished) if is_shown else (None, CourseHidden)
    seen: dict[str, Any] = {"expected_version": expected_version, "refusal": StaleCourse()}
    if turn(uow, course, "published_at", moment, **seen):
        if not is_shown:
            forget_followers(uow, PART, [course.id])
        tell(uow, fact, course)


def tell(uow: UnitOfWork, fact: type[CourseFact], course: Course) -> None:
    """Say it to the log and to others."""
    uow.session.flush()
    uow.emit(fact(subject_id=course.id, title=course.name))
