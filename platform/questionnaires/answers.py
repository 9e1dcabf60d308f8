"""Branching: which questions the answers lead to, what counts, what is still missing."""

from __future__ import annotations

from collections.abc import Mapping

from obshto.platform.questionnaires.logic import holds
from obshto.platform.questionnaires.questions import Question

Answers = Mapping[str, str]


def asked(questions: Mapping[str, Question], answers: Answers) -> list[Question]:
    """The questions that these answers lead to, in their order.

    An answer to a question that is not asked counts for nothing, so it leads nowhere.
    """
    shown: list[Question] = []
    counted: dict[str, str] = {}
    for question in questions.values():
        if holds(question.when, counted):
            shown.append(question)
            if question.id in answers:
                counted[question.id] = answers[question.id]
    return shown


def counting(questions: Mapping[str, Question], answers: Answers) -> dict[str, str]:
    """The answers to what is asked: what was answered on a way since left is dropped."""
    return {q.id: answers[q.id] for q in asked(questions, answers) if q.id in answers}


def missing(questions: Mapping[str, Question], answers: Answers) -> list[Question]:
    """What must be answered and is not."""
    return [q for q in asked(questions, answers) if q.required and not answers.get(q.id)]
