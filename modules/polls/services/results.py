"""What came out: for everybody from ten answers on, for staff by channel, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

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
    """One question: how many answered it, its options; `mean` is that of a scale, else None.

    Of what was asked of some alone nothing is told below ten: it would tell of those few.
    """

    asked: Asked
    answered: int
    lines: Sequence[Line]
    mean: float | None

    @property
    def question(self) -> Question:
        return self.asked.question

    @property
    def is_told(self) -> bool:
        return bool(self.lines)


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
    # Before the end the numbers of two days could be taken from each other.
    hidden = hidden_rows(counts) if is_final else frozenset(range(len(counts)))
    lines = [
        Line(option, online + paper, *((None, None) if n in hidden else (online, paper)))
        for n, (option, (online, paper)) in enumerate(zip(asked.options, counts, strict=True))
    ]
    answered = sum(_counts(asked.question, is_final))
    if is_of_few(asked.question, answered):
        return Result(asked, 0, [], None)
    return Result(asked, answered, lines, _mean(asked.question, lines))


def is_of_few(question: Question, answered: int) -> bool:
    """Whether it is asked after certain answers only, and fewer than ten answered it."""
    return bool(question.only_if) and answered < LEAST


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
    rows = select(Said.question_id, Said.text).join(Question, Question.id == Said.question_id)
    many = or_(Question.only_if == [], Question.online + Question.paper >= LEAST)
    rows = rows.where(Said.poll_id == poll.id, many)
    found: dict[UUID, list[str]] = {}
    for question_id, text in work.session.execute(rows):
        found.setdefault(question_id, []).append(text)
    return {question_id: sorted(texts) for question_id, texts in found.items()}
