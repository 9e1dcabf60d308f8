"""What came out: for everybody from ten answers on, for staff by channel, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from obshto.modules.polls.models import Option, Poll, Question, Said
from obshto.modules.polls.services.queries import Asked
from obshto.modules.polls.services.states import Kind, State, state_of
from obshto.modules.polls.services.tally import Tally, shown_of, tally_of
from obshto.platform.disclosure.channel_suppression import LEAST, hidden_rows
from obshto.platform.unit_of_work import UnitOfWork

Texts = dict[UUID, list[str] | None]


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

    Of what was asked of some alone nothing is told below ten, nor before the end: it would tell of
    those few.
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
    """All of a poll as it may be told now, out of `tally`. Below ten answers there are none."""

    tally: Tally
    online: int
    paper: int
    results: Sequence[Result]
    is_final: bool

    @property
    def answers(self) -> int:
        return self.online + self.paper

    @property
    def is_told(self) -> bool:
        return self.answers >= LEAST


def results_of(uow: UnitOfWork, poll: Poll, asked: Sequence[Asked]) -> Results:
    """While a poll is open, ten and more answers behind; afterwards everything."""
    is_final = state_of(poll, uow.now) == State.CLOSED
    tally = tally_of(poll) if is_final else shown_of(poll)
    online, paper = tally.of(poll.id)
    told = online + paper >= LEAST
    closed = [one for one in asked if told and one.question.kind != Kind.TEXT]
    results = [_result(one, tally, is_final) for one in closed]
    return Results(tally, online, paper, results, is_final)


def told_answers(poll: Poll, now: datetime) -> tuple[int, int] | None:
    """How many answered online and on paper, as it may be told now; None below ten."""
    is_final = state_of(poll, now) == State.CLOSED
    online, paper = (poll.online, poll.paper) if is_final else shown_of(poll).of(poll.id)
    return (online, paper) if online + paper >= LEAST else None


def _result(asked: Asked, tally: Tally, is_final: bool) -> Result:
    question = asked.question
    counts = [tally.of(option.id) for option in asked.options]
    answered = sum(tally.of(question.id))
    if is_of_few(question, answered) or (question.only_if and not is_final):
        return Result(asked, 0, [], None)
    # Before the end the numbers of two days could be taken from each other; those of a question
    # asked of some, from those of the answer that led to it.
    is_hidden = bool(question.only_if) or not is_final
    hidden = frozenset(range(len(counts))) if is_hidden else hidden_rows(counts)
    lines = [
        Line(option, online + paper, *((None, None) if n in hidden else (online, paper)))
        for n, (option, (online, paper)) in enumerate(zip(asked.options, counts, strict=True))
    ]
    return Result(asked, answered, lines, _mean(question, lines))


def is_of_few(question: Question, answered: int) -> bool:
    """Whether it is asked after certain answers only, and fewer than ten answered it."""
    return bool(question.only_if) and answered < LEAST


def _mean(question: Question, lines: Sequence[Line]) -> float | None:
    """The mean of a scale; None where nobody answered, or where it is no scale."""
    number = sum(line.total for line in lines)
    if question.kind != Kind.SCALE or not number:
        return None
    return sum(int(line.option.label) * line.total for line in lines) / number


def texts_of(uow: UnitOfWork, poll: Poll, asked: Sequence[Asked], results: Results) -> Texts:
    """Free texts by question, for staff, when there are ten answers and the poll is over; None
    where they are of so few that nothing is told.

    In the order of the alphabet, which tells nothing. One query.
    """
    if not (results.is_told and results.is_final):
        return {}
    rows = select(Said.question_id, Said.text).where(Said.poll_id == poll.id)
    found: dict[UUID, list[str]] = {}
    for question_id, text in uow.session.execute(rows):
        found.setdefault(question_id, []).append(text)
    return {
        one.question.id: None
        if is_of_few(one.question, sum(results.tally.of(one.question.id)))
        else sorted(found.get(one.question.id, ()))
        for one in asked
        if one.question.kind == Kind.TEXT
    }
