"""Who answered, by age group and by town or village, beside who lives there.

Told after the end alone: from then on nothing moves, so no two copies of the figures can be taken
from each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from flask_babel import gettext

from obshto.modules.polls.models import Option, Poll, Question
from obshto.modules.polls.services.queries import Asked
from obshto.modules.polls.services.results import Results
from obshto.modules.polls.services.states import Kind
from obshto.modules.polls.services.tally import Tally
from obshto.platform.disclosure.group_suppression import told_cells
from obshto.platform.disclosure.representation import Division, Representation, representation_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import divisions_of, place_names

UNSAID = ""


@dataclass(frozen=True, slots=True)
class ByGroup:
    """One question: for each option how many of each group chose it, None where that is hidden."""

    question: Question
    lines: Sequence[tuple[Option, Sequence[int | None]]]

    @property
    def is_told(self) -> bool:
        return any(cell is not None for _, cells in self.lines for cell in cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown(Representation):
    """Who answered, with what each group said."""

    questions: Sequence[ByGroup]


def places_asked(uow: UnitOfWork, poll: Poll, language: str) -> dict[str, str] | None:
    """Where who answers may say that they live; None where the poll does not ask."""
    return place_names(slug_of(uow), language) if poll.asks_about else None


def slug_of(uow: UnitOfWork) -> str:
    """The municipality whose work it is."""
    return uow.scope.slug


def breakdowns_of(
    uow: UnitOfWork, poll: Poll, asked: Sequence[Asked], results: Results, language: str
) -> list[Breakdown]:
    """By age and by place, where the poll asks for them, is over and has ten answers. Two reads."""
    if not (poll.asks_about and results.is_told and results.is_final):
        return []
    divisions, tally = divisions_of(slug_of(uow), language), results.tally
    # Of a question asked of some the groups could be taken from those of the answer that led to it.
    of_all = [one for one in asked if one.question.kind != Kind.TEXT and not one.question.only_if]
    return [_breakdown(poll, tally, of_all, division) for division in divisions]


def _breakdown(poll: Poll, tally: Tally, asked: Sequence[Asked], division: Division) -> Breakdown:
    said = tally.said(division.column, poll.id)
    known = {**division.names, **{code: code for code in said if code not in division.names}}
    names = {**known, UNSAID: gettext("не казаха")}
    sizes = _numbers(tally, poll.id, division, tuple(names))
    told = representation_of(division, names, sizes, rest=gettext("всички останали"))
    questions = [
        _by_group(one, tally, division, tuple(names), sizes, told.told)
        for one in asked
        if told.told
    ]
    return Breakdown(
        **{each.name: getattr(told, each.name) for each in fields(told)}, questions=questions
    )


def _numbers(tally: Tally, row_id: UUID, division: Division, codes: Sequence[str]) -> list[int]:
    """How many of each group; who did not say is what is left."""
    said = tally.said(division.column, row_id)
    unsaid = sum(tally.of(row_id)) - sum(said.values())
    return [unsaid if code == UNSAID else said[code] for code in codes]


def _by_group(
    asked: Asked,
    tally: Tally,
    division: Division,
    codes: Sequence[str],
    sizes: Sequence[int],
    told: Sequence[int],
) -> ByGroup:
    rows = [_numbers(tally, option.id, division, codes) for option in asked.options]
    if asked.question.kind == Kind.SEVERAL:  # each option by itself: chosen or not
        cells = [_cells([row, _left(sizes, [row])], told)[0] for row in rows]
    else:
        cells = _cells([*rows, _left(sizes, rows)], told)
    return ByGroup(asked.question, list(zip(asked.options, cells, strict=False)))


def _left(sizes: Sequence[int], rows: Sequence[Sequence[int]]) -> list[int]:
    """Of each group those who chose none of it: that, too, would say something of them."""
    chosen = [sum(column) for column in zip(*rows, strict=True)] or [0] * len(sizes)
    return [size - number for size, number in zip(sizes, chosen, strict=True)]


def _cells(rows: Sequence[Sequence[int]], groups: Sequence[int]) -> list[list[int | None]]:
    told = told_cells(rows, groups)
    return [
        [row[n] if number in told.rows and n in told.groups else None for n in groups]
        for number, row in enumerate(rows)
    ]
