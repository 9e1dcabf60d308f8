"""Procedures of law as data: states and acts as dated rows, read and checked once at the start.

A changed law is one more row of the same id with a later day in `from`; an act that a law takes
away has a row with `is_gone`. What began before that day goes on by the older row, unless the row
says `also_running`, as a transitional rule of the law may.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypedDict, TypeVar

from flask_babel import LazyString

from obshto.platform.domain_events import DomainEvent
from obshto.platform.legal.procedure_checks import Vocabulary, check_rows, check_ways
from obshto.platform.legal.reasons import in_language
from obshto.platform.legal.terms import Rule
from obshto.platform.workflow import Transition

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class LawInForce(Generic[Made]):
    """The rows by which one thing goes on a day: its states, and its acts as they were made.

    `begun_on` is None for a draft, which goes by the law of the day.
    """

    begun_on: date | None
    states: Mapping[str, Rule]
    acts: Mapping[str, Made]


class Procedure(Generic[Made]):
    """States and acts of one file. Raises ProcedureBroken for a file that does not hold."""

    def __init__(
        self, told: Mapping[str, Any], vocabulary: Vocabulary, make: Callable[[Rule], Made]
    ) -> None:
        check_rows(told, vocabulary)
        self._states: Sequence[Rule] = sorted(told["states"], key=_first_day)
        self._acts: Sequence[Rule] = sorted(told["acts"], key=_first_day)
        self._order = list(dict.fromkeys(row["id"] for row in told["acts"]))
        self._made = {
            (row["id"], row["from"]): make(row) for row in self._acts if not row.get("is_gone")
        }
        self.begins: str = told["begins"]
        check_ways(told, vocabulary, self._rows_of)
        last = {row["id"]: row for row in self._states}
        self.names: Mapping[str, LazyString] = {
            row["id"]: said(last[row["id"]]["name"]) for row in told["states"]
        }
        self.colours: Mapping[str, str] = {name: row["colour"] for name, row in last.items()}
        self.ended = tuple(name for name in self.names if last[name].get("is_end"))
        self.hidden = tuple(name for name in self.names if last[name].get("is_hidden"))
        # What an act is called where nobody asks by which law it was taken.
        self.ever: Mapping[str, Made] = {
            name: self._made[(name, day)]
            for name, day in sorted(self._made, key=lambda key: (self._order.index(key[0]), key[1]))
        }

    def law(self, *, begun_on: date | None, on: date) -> LawInForce[Made]:
        """By which rows something that began on a day goes on another."""
        states, acts = self._rows_of(begun_on or on, on)
        return LawInForce(
            begun_on=begun_on,
            states=states,
            acts={name: self._made[(name, acts[name]["from"])] for name in acts},
        )

    def group(self, name: str) -> tuple[str, ...]:
        """The states of a group that a row puts them in."""
        return tuple(row["id"] for row in self._states if name in row.get("groups", ()))

    def told_of_states(self, key: str) -> Mapping[str, str]:
        """What the last row of each state says under a key, where it says it."""
        return {row["id"]: row[key] for row in self._states if key in row}

    def _rows_of(self, begun_on: date, on: date) -> tuple[dict[str, Rule], dict[str, Rule]]:
        acts = dict(_in_force(self._acts, begun_on, on))
        left = {n: acts[n] for n in self._order if n in acts and not acts[n].get("is_gone")}
        return dict(_in_force(self._states, begun_on, on)), left


def read_procedure(
    path: Path, vocabulary: Vocabulary, make: Callable[[Rule], Made]
) -> Procedure[Made]:
    """The procedure of a file. Raises ProcedureBroken, which says where and what."""
    return Procedure(json.loads(path.read_text("utf-8")), vocabulary, make)


def transition_of(row: Rule, vocabulary: Vocabulary) -> Transition[Any]:
    """The way of an act's row."""
    facts: Mapping[str, type[DomainEvent]] = vocabulary.facts
    return Transition(
        name=row["id"],
        sources=tuple(row["sources"]),
        to=row["to"],
        who=vocabulary.actors[row["who"]],
        fact=facts[row["fact"]],
        told=said(row["told"]),
        ground=row["article"],
    )


class ActRow(TypedDict):
    """What the rows of all acts tell alike, by the names of `TransitionAct`."""

    way: Transition[Any]
    button: LazyString
    hint: LazyString
    words: LazyString | str
    has_button: bool


def act_row(row: Rule, vocabulary: Vocabulary) -> ActRow:
    """Way, button, hint and words of an act; a row without a button or a hint says what is told."""
    return ActRow(
        way=transition_of(row, vocabulary),
        button=said(row.get("button", row["told"])),
        hint=said(row.get("hint", row["told"])),
        words=said(row["words"]) if "words" in row else "",
        has_button=row.get("has_button", True),
    )


def said(words: Mapping[str, str]) -> LazyString:
    """Words of a row, in the language in which they are read."""
    return LazyString(lambda: in_language(words))


def _first_day(row: Rule) -> str:
    return str(row["from"])


def _in_force(rows: Sequence[Rule], begun_on: date, on: date) -> Iterator[tuple[str, Rule]]:
    """The last row of each id that holds. What began before all texts goes by the first ones."""
    begun = max(begun_on.isoformat(), str(rows[0]["from"])) if rows else ""
    for row in rows:
        if row["from"] <= begun or (row.get("also_running") and row["from"] <= on.isoformat()):
            yield row["id"], row
