"""Rules of a definition for given answers: pages, papers, term, fee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.paper_limits import PaperAsked, paper_in
from obshto.platform.questionnaires.answers import Answers, asked
from obshto.platform.questionnaires.logic import holds, names_in
from obshto.platform.questionnaires.questions import QuestionPage


def pages_asked(definition: Definition, answers: Answers) -> list[QuestionPage]:
    """The pages on which at least one question is asked."""
    ids = {q.id for q in asked(definition.questions, answers) if q.formula is None}
    return [page for page in definition.pages if ids & set(page.fields)]


@dataclass(frozen=True, slots=True)
class StepsLeft:
    """How many pages follow, at most; `is_exact` where no answer to come can change that."""

    most: int
    is_exact: bool


def steps_left(definition: Definition, answers: Answers, page: QuestionPage) -> StepsLeft:
    """The pages that may follow: those asked by what is known, those that answers here or later
    may lead to. From page to page it only falls, unless somebody goes back and answers anew.
    """
    later = definition.pages[definition.pages.index(page) + 1 :]
    to_come = {name for one in (page, *later) for name in one.fields}
    to_come |= {name for name, one in definition.questions.items() if one.formula is not None}
    sure, possible = 0, 0
    known = {question.id for question in asked(definition.questions, answers)}
    for one in later:
        questions = [definition.questions[name] for name in one.fields]
        typed = [question for question in questions if question.formula is None]
        undecided = [question for question in typed if names_in(question.when) & to_come]
        is_sure = any(question.id in known for question in typed if question not in undecided)
        sure += is_sure
        possible += is_sure or bool(undecided)
    return StepsLeft(possible, sure == possible)


def next_page(definition: Definition, answers: Answers, after: str) -> QuestionPage | None:
    """The page that follows; None when the answers are to be checked."""
    pages = pages_asked(definition, answers)
    order = [page.id for page in definition.pages]
    later = [page for page in pages if order.index(page.id) > order.index(after)]
    return later[0] if later else None


def papers_asked(definition: Definition, answers: Answers) -> list[PaperAsked]:
    """The papers that these answers make necessary, with what is accepted of each."""
    return [paper_in(item) for item in definition.bring if holds(item.get("when"), answers)]


def to_bring(definition: Definition, answers: Answers, language: str) -> list[str]:
    """The same in one language: what is shown at the counter, or attached as a file."""
    return [paper.text[language] for paper in papers_asked(definition, answers)]


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
