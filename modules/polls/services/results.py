"""What came out: for everybody from ten answers on, for staff by channel, as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.polls.models import Counted, Option, Poll, Question, Said
from obshto.modules.polls.services.hiding import LEAST, hidden_rows
from obshto.modules.polls.services.reading import Asked
from obshto.modules.polls.services.states import Kind, State, state_of
from obshto.platform.work import Work


@dataclass(frozen=True, slots=True)
class Line:
    """One option: how many chose it; by channel None where that is hidden."""

    option: Option
    total: int
    online: int | None
    paper: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """One question: how many answered it, its options; `mean` is that of a scale, else None."""

    question: Question
    answered: int
    lines: Sequence[Line]
    mean: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """All of a poll as it may be told now. Below ten answers there are no results."""

    answers: int
    online: int
    paper: int
    results: Sequence[Result]
    is_final: bool

    @property
    def is_told(self) -> bool:
        return self.answers >= LEAST


def results_of(work: Work, poll: Poll, asked: Sequence[Asked]) -> Results:
    """While a poll is open, as it was at the last full ten; afterwards everything."""
    is_final = state_of(poll, work.now) == State.CLOSED
    online, paper = _counts(poll, is_final)
    told = online + paper >= LEAST
    results = [_result(one, is_final) for one in asked if told and one.question.kind != Kind.TEXT]
    return Results(online + paper, online, paper, results, is_final)


def told_answers(poll: Poll, now: datetime) -> tuple[int, int] | None:
    """How many answered online and on paper, as it may be told now; None below ten."""
    online, paper = _counts(poll, state_of(poll, now) == State.CLOSED)
    return (online, paper) if online + paper >= LEAST else None


def _counts(row: Counted, is_final: bool) -> tuple[int, int]:
    return (row.online, row.paper) if is_final else (row.shown_online, row.shown_paper)


def _result(asked: Asked, is_final: bool) -> Result:
    counts = [_counts(option, is_final) for option in asked.options]
    hidden = hidden_rows(counts)
    lines = [
        Line(option, online + paper, *((None, None) if n in hidden else (online, paper)))
        for n, (option, (online, paper)) in enumerate(zip(asked.options, counts, strict=True))
    ]
    answered = sum(_counts(asked.question, is_final))
    return Result(asked.question, answered, lines, _mean(asked.question, lines))


def _mean(question: Question, lines: Sequence[Line]) -> float | None:
    """The mean of a scale; None where nobody answered, or where it is no scale."""
    number = sum(line.total for line in lines)
    if question.kind != Kind.SCALE or not number:
        return None
    return sum(int(line.option.label) * line.total for line in lines) / number


def texts_of(work: Work, poll: Poll, results: Results) -> dict[UUID, list[str]]:
    """Free texts by question, for staff, when there are ten answers and the poll is over.

    In the order of the alphabet, which tells nothing. One query.
    """
    if not (results.is_told and results.is_final):
        return {}
    rows = select(Said.question_id, Said.text).where(Said.poll_id == poll.id)
    found: dict[UUID, list[str]] = {}
    for question_id, text in work.session.execute(rows):
        found.setdefault(question_id, []).append(text)
    return {question_id: sorted(texts) for question_id, texts in found.items()}


HEAD = (_("Въпрос"), _("Отговор"), _("Общо"), _("Онлайн"), _("На хартия"))


def rows_of(results: Results) -> Iterator[list[str]]:
    """The same numbers under `HEAD`, one option a row; what is hidden is empty. None below ten."""
    for result in results.results:
        for line in result.lines:
            words = [result.question.title, line.option.label]
            yield [*words, str(line.total), _cell(line.online), _cell(line.paper)]


def _cell(number: int | None) -> str:
    return "" if number is None else str(number)
