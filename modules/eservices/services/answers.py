"""Which questions of a definition are asked, what is still missing, what a typed answer becomes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from obshto.modules.eservices.errors import Mend
from obshto.modules.eservices.services.definitions import Definition, Page, Question, Words
from obshto.modules.eservices.services.identifiers import (
    KINDS,
    checked_egn,
    checked_email,
    checked_phone,
)
from obshto.modules.eservices.services.logic import holds
from obshto.modules.eservices.services.places import checked_place
from obshto.modules.eservices.services.signs import checked_signs

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What an answer is checked against: the other answers, the day, the places of the region."""

    answers: Answers
    today: date
    places: Collection[str] = ()


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


def cleaned(question: Question, typed: str, beside: Beside) -> str:
    """The answer as it is kept: identifiers without blanks, phones as +359…. Raises Mend."""
    typed = checked_signs(typed)
    if question.type == "identifier":
        kind = question.kind or beside.answers.get(question.kind_from or "", "egn")
        check = KINDS.get(kind, checked_egn)  # an unknown kind is complained about where it stands
        return check(typed, today=beside.today)
    if question.type == "phone":
        return checked_phone(typed)
    if question.type == "email":
        return checked_email(typed)
    if question.type == "settlement":
        return checked_place(typed, beside.places)
    if question.type == "date":
        return _day(typed, beside.today, is_past=question.past)
    if question.type == "year":
        return _year(typed, beside.today)
    return _words(question, typed)


def _words(question: Question, typed: str) -> str:
    if question.options and typed not in {choice.value for choice in question.options}:
        raise Mend(gettext("Изберете отговор"))
    text = typed.strip()
    if len(text) > question.max:
        raise Mend(gettext("Съкратете текста до %(n)s знака", n=question.max))
    return text


def _day(typed: str, today: date, *, is_past: bool) -> str:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Mend(gettext("Няма такава дата. Проверете деня и месеца.")) from None
    if is_past and day > today:
        raise Mend(gettext("Датата трябва да е в миналото"))
    return day.isoformat()


def _year(typed: str, today: date) -> str:
    number = typed.strip()
    if not (number.isascii() and number.isdigit() and 1879 <= int(number[:5]) <= today.year):
        raise Mend(gettext("Въведете година с 4 цифри, например 1986"))
    return number
