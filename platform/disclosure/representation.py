"""Representation: how many of each group took part, beside its share of the residents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from obshto.platform.disclosure.group_suppression import told_groups

UNHEARD = 0.5  # of what their number would let expect


@dataclass(frozen=True, slots=True)
class Group:
    """How many of it took part, which share of all that is, which share of residents it is."""

    name: str
    answers: int
    share: float
    of_residents: float | None

    @property
    def is_unheard(self) -> bool:
        """Whether not half as many took part as live there."""
        return self.of_residents is not None and self.share < UNHEARD * self.of_residents


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """By what people are told apart: codes with their names, the share of each of residents.

    `column` is what the caller calls it where the numbers lie.
    """

    title: str
    column: str
    names: Mapping[str, str]
    residents: Mapping[str, float] = field(default_factory=dict)
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """Those of the groups that may be told, the others as one; `day` is that of the residents.

    `hidden` are those others of whom it is known how many live here: of each the share alone.
    `told` are the positions of the groups that may be told, `codes` what they are known by.
    """

    title: str
    groups: Sequence[Group]
    others: Group | None
    hidden: Sequence[tuple[str, float]]
    day: date | None
    told: Sequence[int]
    codes: Sequence[str] = ()

    @property
    def unheard(self) -> list[str]:
        return [group.name for group in self.groups if group.is_unheard]


def representation_of(
    division: Division, names: Mapping[str, str], sizes: Sequence[int], *, rest: str
) -> Representation:
    """Of the groups `names` (by code) with their `sizes`: what may be told beside the sum of all.

    `names` may hold more than the division: those who did not say, codes that were renamed.
    `rest` names all that are not told.
    """
    told = sorted(told_groups(sizes))
    others = [n for n, size in enumerate(sizes) if n not in told and (size or not told)]
    return Representation(
        title=division.title,
        groups=[_group(division, names, sizes, [n], rest) for n in told],
        others=_group(division, names, sizes, others, rest) if others and told else None,
        hidden=_hidden(division, tuple(names), told),
        day=division.day if division.residents else None,
        told=told,
        codes=[list(names)[n] for n in told],
    )


def representation_of_told(division: Division, numbers: Mapping[str, int]) -> Representation:
    """Of numbers that may be told as they are: each group as a part of those that are told."""
    strange = {code: code for code in numbers if code not in division.names}
    names = {code: name for code, name in {**division.names, **strange}.items() if code in numbers}
    every = sum(numbers.values())
    groups = [
        Group(name, numbers[code], numbers[code] / (every or 1), division.residents.get(code))
        for code, name in names.items()
    ]
    return Representation(
        title=division.title,
        groups=groups,
        others=None,
        hidden=_hidden(
            division,
            tuple(division.names),
            [number for number, code in enumerate(division.names) if code in names],
        ),
        day=division.day if division.residents else None,
        told=range(len(groups)),
        codes=tuple(names),
    )


def shares_of(numbers: Mapping[str, int]) -> dict[str, float]:
    """Each as a part of all; nothing where there is nobody."""
    total = sum(numbers.values())
    return {code: number / total for code, number in numbers.items()} if total else {}


def _hidden(
    division: Division, codes: Sequence[str], told: Sequence[int]
) -> list[tuple[str, float]]:
    """Name and share of residents of each group that is not told, the largest first."""
    of_told = {codes[number] for number in told}
    shares = sorted(division.residents.items(), key=lambda pair: -pair[1])
    return [(division.names[code], share) for code, share in shares if code not in of_told]


def _group(
    division: Division,
    names: Mapping[str, str],
    sizes: Sequence[int],
    numbers: Sequence[int],
    rest: str,
) -> Group:
    codes = [list(names)[number] for number in numbers]
    answers = sum(sizes[number] for number in numbers)
    shares = [division.residents.get(code) for code in codes]
    known = [share for share in shares if share is not None]
    return Group(
        name=names[codes[0]] if len(codes) == 1 else rest,
        answers=answers,
        share=answers / (sum(sizes) or 1),
        of_residents=sum(known) if known and len(known) == len(shares) else None,
    )
