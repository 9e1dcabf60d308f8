"""Recommendation of the next course: by kind and level of this one and by the test after it.

Rules that are said aloud, no profile of the person: whoever answered two thirds right, or was not
asked, goes on to the next level and then to kinds that build on this one; who answered fewer gets
more of the same. What the person was enrolled in is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from obshto.modules.courses.models import Course, Enrolment, Group
from obshto.modules.courses.services.queries import open_groups, published
from obshto.platform.unit_of_work import UnitOfWork

MOST = 3
LOOKED_AT = 100
# Which kinds build on a kind, the nearest first.
AFTER_KIND: Mapping[str, tuple[str, ...]] = {
    "basics": ("internet", "services", "office"),
    "internet": ("services", "office", "business"),
    "services": ("internet", "office"),
    "office": ("design", "programming", "business"),
    "design": ("business", "programming"),
    "programming": ("design", "office"),
    "business": ("design", "internet"),
}
ONWARD = {"first": ("next", "all"), "next": ("next", "all"), "all": ("next", "all")}


class Reason(StrEnum):
    """Why these courses: what the page says above them."""

    LEARNED = "learned"  # most answers were right
    REPEAT = "repeat"  # few were
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCourses:
    """Courses to go on with, the nearest first; `has_group` are those where one can enrol now."""

    reason: Reason
    courses: Sequence[Course]
    has_group: Collection[UUID]


def next_courses(uow: UnitOfWork, course: Course, own: Enrolment) -> NextCourses:
    """What to learn after this course. Three queries."""
    reason = _reason(course, own)
    kinds = (course.kind, *AFTER_KIND.get(course.kind, ()))
    rows = published().where(Course.kind.in_(kinds), Course.id.not_in(_known(uow, course, own)))
    found = uow.session.scalars(rows.limit(LOOKED_AT)).all()
    has_group = {group.course_id for group in open_groups(uow, [one.id for one in found])}
    ranked = [(rank, one) for one in found if (rank := _rank(reason, course, one, kinds))]
    ranked.sort(key=lambda pair: (*pair[0], pair[1].id not in has_group, pair[1].name))
    return NextCourses(
        reason=reason,
        courses=[one for _rank_of, one in ranked[:MOST]],
        has_group=has_group,
    )


def _reason(course: Course, own: Enrolment) -> Reason:
    if own.after is None or not course.questions:
        return Reason.UNTESTED
    return Reason.LEARNED if own.after * 3 >= len(course.questions) * 2 else Reason.REPEAT


def _known(uow: UnitOfWork, course: Course, own: Enrolment) -> set[UUID]:
    """This course and, of who has an account, all that they were ever enrolled in."""
    if own.person_id is None:
        return {course.id}
    rows = select(Group.course_id).join(Enrolment, Enrolment.group_id == Group.id)
    return {course.id, *uow.session.scalars(rows.where(Enrolment.person_id == own.person_id))}


def _rank(
    reason: Reason, course: Course, other: Course, kinds: Sequence[str]
) -> tuple[int, int] | None:
    """How near: the kind, then the level; None for what is too hard, or no step forward."""
    levels: tuple[str, ...] = ONWARD[course.level]
    is_same = other.kind == course.kind
    if reason is Reason.REPEAT:
        levels = (course.level, "all") if course.level != "all" else ("all", "first")
        return (0, levels.index(other.level)) if is_same and other.level in levels else None
    if not is_same:
        # Something new begins at the beginning, but for who is past that.
        levels = ("next", "all", "first") if course.level == "next" else ("first", "all")
    if other.level not in levels:
        return None
    return kinds.index(other.kind), levels.index(other.level)
