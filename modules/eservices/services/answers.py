"""Which questions of a definition are asked, what is still missing, which rules then hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from obshto.modules.eservices.services.definitions import Definition, Page, Question, Words
from obshto.modules.eservices.services.logic import holds

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


def pages_asked(definition: Definition, answers: Answers) -> list[Page]:
    """The pages on which at least one question is asked."""
    ids = {question.id for question in asked(definition.questions, answers)}
    return [page for page in definition.pages if ids & set(page.fields)]


def next_page(definition: Definition, answers: Answers, after: str) -> Page | None:
    """The page that follows; None when the answers are to be checked."""
    pages = pages_asked(definition, answers)
    order = [page.id for page in definition.pages]
    later = [page for page in pages if order.index(page.id) > order.index(after)]
    return later[0] if later else None


def papers_asked(definition: Definition, answers: Answers) -> list[Words]:
    """The papers that these answers make necessary, in each language."""
    return [item["text"] for item in definition.bring if holds(item.get("when"), answers)]


def to_bring(definition: Definition, answers: Answers, language: str) -> list[str]:
    """The same in one language: what is shown at the counter, or attached as a file."""
    return [words[language] for words in papers_asked(definition, answers)]


def rule_for(definition: Definition, answers: Answers) -> str:
    """By which rule the term of these answers runs."""
    return next(term.rule for term in definition.terms if holds(term.when, answers))


def freed_by(definition: Definition, answers: Answers) -> Mapping[str, Any] | None:
    """Why no fee is due of these answers: the article and its words; None where one is."""
    free = definition.fee.free if definition.fee else ()
    return next((why for why in free if holds(why["when"], answers)), None)


def fee_due(definition: Definition, answers: Answers, tariff: int | None) -> int | None:
    """What is paid, in cents, of what the council set; None while nobody knows."""
    is_none = definition.fee is not None and definition.fee.is_none
    return 0 if is_none or freed_by(definition, answers) else tariff
