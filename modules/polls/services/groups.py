"""Who answered, by age group and by town or village, beside who lives there.

Told after the end alone: from then on nothing moves, so no two copies of the figures can be taken
from each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.polls.models import Option, Poll, Question
from obshto.modules.polls.services.group_suppression import told_cells, told_groups
from obshto.modules.polls.services.queries import Asked
from obshto.modules.polls.services.results import Results
from obshto.modules.polls.services.states import Kind
from obshto.modules.polls.services.tally import Tally
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import (
    POPULATION_DAY,
    population_of_settlements,
    residents_of,
    settlements_of,
)

# The groups of the census: https://www.nsi.bg
AGES: dict[str, LazyString] = {
    "0-14": _("до 14 години"),
    "15-29": _("от 15 до 29 години"),
    "30-44": _("от 30 до 44 години"),
    "45-64": _("от 45 до 64 години"),
    "65+": _("65 и повече години"),
}
CHILDREN = "0-14"  # seldom asked, so not missed
ELSEWHERE = "elsewhere"
UNSAID = ""
UNHEARD = 0.5  # of what their number would let expect


@dataclass(frozen=True, slots=True)
class Group:
    """How many of it answered, which share of all that is, which share of residents it is."""

    name: str
    answers: int
    share: float
    of_residents: float | None

    @property
    def is_unheard(self) -> bool:
        """Whether not half as many answered as live there."""
        return self.of_residents is not None and self.share < UNHEARD * self.of_residents


@dataclass(frozen=True, slots=True)
class ByGroup:
    """One question: for each option how many of each group chose it, None where that is hidden."""

    question: Question
    lines: Sequence[tuple[Option, Sequence[int | None]]]

    @property
    def is_told(self) -> bool:
        return any(cell is not None for _, cells in self.lines for cell in cells)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Those of the groups that may be told, the others as one; `day` is that of the residents.

    `hidden` are those others of whom it is known how many live here: of each the share alone.
    """

    title: str
    groups: Sequence[Group]
    others: Group | None
    hidden: Sequence[tuple[str, float]]
    questions: Sequence[ByGroup]
    day: date | None

    @property
    def unheard(self) -> list[str]:
        return [group.name for group in self.groups if group.is_unheard]


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """By what people are told apart: codes with their names, the share of each of residents."""

    title: str
    column: str
    names: Mapping[str, str]
    residents: Mapping[str, float] = field(default_factory=dict)
    day: date | None = None


def ages() -> dict[str, str]:
    """The age groups in the language in force."""
    return {code: str(name) for code, name in AGES.items()}


def places_asked(uow: UnitOfWork, poll: Poll, language: str) -> dict[str, str] | None:
    """Where who answers may say that they live; None where the poll does not ask."""
    return _places(slug_of(uow), language) if poll.asks_about else None


def slug_of(uow: UnitOfWork) -> str:
    """The municipality whose work it is."""
    assert uow.scope
    return uow.scope.slug


def _places(slug: str, language: str) -> dict[str, str]:
    """Towns and villages by EKATTE code, and elsewhere. One read."""
    found = {
        place.ekatte: f"{place.kind} {place.names['bg']}"
        if language == SOURCE
        else place.names.get(language) or place.names["en"]
        for place in settlements_of(slug)
    }
    return {**found, ELSEWHERE: gettext("живея другаде")}


def breakdowns_of(
    uow: UnitOfWork, poll: Poll, asked: Sequence[Asked], results: Results, language: str
) -> list[Breakdown]:
    """By age and by place, where the poll asks for them, is over and has ten answers. Two reads."""
    if not (poll.asks_about and results.is_told and results.is_final):
        return []
    divisions, tally = _divisions(slug_of(uow), language), results.tally
    # Of a question asked of some the groups could be taken from those of the answer that led to it.
    of_all = [one for one in asked if one.question.kind != Kind.TEXT and not one.question.only_if]
    return [_breakdown(poll, tally, of_all, division) for division in divisions]


def _divisions(slug: str, language: str) -> Iterator[Division]:
    census = residents_of(slug)
    grown = {c: n for c, n in census.by_age.items() if c != CHILDREN} if census else {}
    yield Division(
        title=gettext("По възраст"),
        column="by_age",
        names=ages(),
        residents=_shares(grown),
        day=census.day if census else None,
    )
    names, population = _places(slug, language), population_of_settlements()
    yield Division(
        title=gettext("По населено място"),
        column="by_place",
        names=names,
        residents=_shares({code: population[code] for code in names if code in population}),
        day=POPULATION_DAY,
    )


def _shares(numbers: Mapping[str, int]) -> dict[str, float]:
    total = sum(numbers.values())
    return {code: number / total for code, number in numbers.items()} if total else {}


def _breakdown(poll: Poll, tally: Tally, asked: Sequence[Asked], division: Division) -> Breakdown:
    said = tally.said(division.column, poll.id)
    known = {**division.names, **{code: code for code in said if code not in division.names}}
    names = {**known, UNSAID: gettext("не казаха")}
    sizes = _numbers(tally, poll.id, division, tuple(names))
    told = sorted(told_groups(sizes))
    groups = [_group(division, names, sizes, [n]) for n in told]
    others = [n for n, size in enumerate(sizes) if n not in told and (size or not told)]
    return Breakdown(
        title=division.title,
        groups=groups,
        others=_group(division, names, sizes, others) if others and told else None,
        hidden=_hidden(division, tuple(names), told),
        questions=[
            _by_group(one, tally, division, tuple(names), sizes, told) for one in asked if told
        ],
        day=division.day if division.residents else None,
    )


def _hidden(
    division: Division, codes: Sequence[str], told: Sequence[int]
) -> list[tuple[str, float]]:
    """Name and share of residents of each group that is not told, the largest first."""
    of_told = {codes[number] for number in told}
    shares = sorted(division.residents.items(), key=lambda pair: -pair[1])
    return [(division.names[code], share) for code, share in shares if code not in of_told]


def _numbers(tally: Tally, row_id: UUID, division: Division, codes: Sequence[str]) -> list[int]:
    """How many of each group; who did not say is what is left."""
    said = tally.said(division.column, row_id)
    unsaid = sum(tally.of(row_id)) - sum(said.values())
    return [unsaid if code == UNSAID else said[code] for code in codes]


def _group(
    division: Division, names: Mapping[str, str], sizes: Sequence[int], numbers: Sequence[int]
) -> Group:
    codes = [list(names)[number] for number in numbers]
    answers = sum(sizes[number] for number in numbers)
    shares = [division.residents.get(code) for code in codes]
    known = [share for share in shares if share is not None]
    return Group(
        name=names[codes[0]] if len(codes) == 1 else gettext("всички останали"),
        answers=answers,
        share=answers / (sum(sizes) or 1),
        of_residents=sum(known) if known and len(known) == len(shares) else None,
    )


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
