"""Published courses of other municipalities, copied as a draft by way of the region's register.

What travels is the description that everybody may read, and the questions of the test. Groups,
people, files, price and kind of income stay where they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from obshto.modules.courses.errors import NoSuchCourse
from obshto.modules.courses.models import Course
from obshto.modules.courses.services.courses import CourseEntry, entry_of, write_course
from obshto.modules.courses.services.kinds import KINDS, LEVELS, PART
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import Offered, offered_by_a_neighbour, offered_by_neighbours

WORDS = ("kind", "level", "name", "about", "syllabus")
SHARED = (*WORDS, "least_percent", "questions", "translations")


def pattern_of(course: Course) -> dict[str, Any]:
    """What others may take over."""
    entry = entry_of(course)
    return {name: getattr(entry, name) for name in SHARED}


def offers(uow: UnitOfWork, kind: str = "") -> list[Offered]:
    """Courses that other municipalities have published, of a kind or all, the newest first. One
    read.
    """
    found = offered_by_neighbours(PART, to=_here(uow), like={"kind": kind} if kind else None)
    return [one for one in found if is_readable(one.pattern)]


def offer_of(uow: UnitOfWork, course_id: UUID) -> Offered:
    """One of them. Raises NoSuchCourse: hidden since, one's own, not as this version reads it."""
    offered = offered_by_a_neighbour(PART, course_id, to=_here(uow))
    if offered is None or not is_readable(offered.pattern):
        raise NoSuchCourse
    return offered


def is_readable(pattern: Mapping[str, Any]) -> bool:
    """Whether it is a course as this version knows it: the register may be written by another."""
    are_words = all(isinstance(pattern.get(name), str) for name in WORDS)
    is_known = are_words and pattern["kind"] in KINDS and pattern["level"] in LEVELS
    percent, questions = pattern.get("least_percent"), pattern.get("questions")
    has_test = isinstance(questions, list) and all(_is_question(one) for one in questions)
    translations = pattern.get("translations")
    has_names = isinstance(translations, Mapping) and all(
        isinstance(told, Mapping) and {"name", "about"} <= set(told)
        for told in translations.values()
    )
    return is_known and isinstance(percent, int) and 0 < percent <= 100 and has_test and has_names


def copy_from_neighbour(uow: UnitOfWork, offered: Offered, *, request_id: UUID) -> Course:
    """A draft with the same words, free of charge until its price is said. Sent twice it is one."""
    told = CourseEntry(**{name: offered.pattern[name] for name in SHARED})
    return write_course(uow, replace(told, price_cents=0, income_kind=""), request_id=request_id)


def _is_question(one: Any) -> bool:
    if not isinstance(one, Mapping) or not isinstance(one.get("text"), str):
        return False
    answers, right = one.get("answers"), one.get("right")
    if not isinstance(answers, list) or not all(isinstance(said, str) for said in answers):
        return False
    return isinstance(right, int) and 0 <= right < len(answers)


def _here(uow: UnitOfWork) -> str:
    return uow.scope.slug
