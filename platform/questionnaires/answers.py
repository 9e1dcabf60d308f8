"""Branching: which questions the answers lead to, what counts, what is still missing."""

from __future__ import annotations

from collections.abc import Mapping

from obshto.platform.questionnaires.calculation import calculated
from obshto.platform.questionnaires.logic import holds
from obshto.platform.questionnaires.questions import Question

Answers = Mapping[str, str]


def asked(questions: Mapping[str, Question], answers: Answers) -> list[Question]:
    """The questions that these answers lead to, in their order, what is calculated among them.

    An answer to a question that is not asked counts for nothing, so it leads nowhere.
    """
    return _walked(questions, answers)[0]


def counting(questions: Mapping[str, Question], answers: Answers) -> dict[str, str]:
    """The answers to what is asked, with what is calculated of them.

    What was answered on a way since left is dropped; what was sent in for a calculated value, too.
    """
    return _walked(questions, answers)[1]


def missing(questions: Mapping[str, Question], answers: Answers) -> list[Question]:
    """What must be answered and is not, or cannot be calculated of what was answered."""
    shown, counted = _walked(questions, answers)
    return [q for q in shown if q.required and not counted.get(q.id)]


def _walked(
    questions: Mapping[str, Question], answers: Answers
) -> tuple[list[Question], dict[str, str]]:
    shown: list[Question] = []
    counted: dict[str, str] = {}
    for question in questions.values():
        if not holds(question.when, counted):
            continue
        shown.append(question)
        if question.formula is not None:
            if (value := calculated(question, counted)) is not None:
                counted[question.id] = value
        elif question.id in answers:
            counted[question.id] = answers[question.id]
    return shown, counted
