"""Knowledge test: the same few questions before the course and after it; answers are not kept."""

from __future__ import annotations

from collections.abc import Mapping

from obshto.modules.courses.errors import TestClosed
from obshto.modules.courses.models import Course, Enrolment, Group
from obshto.platform.questionnaires.questions import Question, read_questions
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import LANGUAGES

BEFORE, AFTER = "before", "after"


def phase_of(uow: UnitOfWork, course: Course, group: Group, enrolment: Enrolment) -> str:
    """Which test can be filled in now: „before“, „after“, or none."""
    if not course.questions or group.cancelled_at:
        return ""
    if uow.now < group.starts_at:
        return BEFORE if enrolment.before is None else ""
    return AFTER if uow.now >= group.ends_at and enrolment.after is None else ""


def questions_of(course: Course) -> Mapping[str, Question]:
    """As the questionnaire asks them: written in Bulgarian, whatever the page speaks."""
    return read_questions(
        {
            f"q{number}": {
                "type": "radios",
                "required": True,
                "label": _words(one["text"]),
                "options": [
                    {"value": str(n), "label": _words(answer)}
                    for n, answer in enumerate(one["answers"])
                ],
            }
            for number, one in enumerate(course.questions)
        }
    )


def keep_result(
    uow: UnitOfWork, course: Course, group: Group, enrolment: Enrolment, given: Mapping[str, str]
) -> int:
    """How many answers are right; only that is kept. Raises TestClosed."""
    phase = phase_of(uow, course, group, enrolment)
    if not phase:
        raise TestClosed
    right = sum(
        given.get(f"q{number}") == str(one["right"]) for number, one in enumerate(course.questions)
    )
    setattr(enrolment, phase, right)
    return right


def _words(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)
