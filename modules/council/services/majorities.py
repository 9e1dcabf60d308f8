"""Majorities as dated data, and what a count comes to under one of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from obshto.platform.legal.terms import rule_on
from obshto.platform.web.language import SOURCE

FOR, AGAINST, ABSTAINED, ABSENT = "for", "against", "abstained", "absent"
CHOICES: Final = (FOR, AGAINST, ABSTAINED, ABSENT)
SIMPLE, ABSOLUTE, TWO_THIRDS = "simple", "absolute", "two_thirds"
_READ: Final[Mapping[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "majorities.json").read_text("utf-8")
)
# A changed law is one more row of the same word with a later day in `from`.
_RULES: Final = [rule | {"id": rule["word"]} for rule in _READ["majorities"]]
WORDS: Final = tuple(dict.fromkeys(rule["word"] for rule in _RULES))
# For which subjects the law asks for a vote by name.
GROUNDS: Final[Mapping[str, str]] = {
    one["word"]: f"{_READ['grounds_article']}, {one['point']}" for one in _READ["grounds"]
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Majority:
    """A majority as the law in force on a day has it."""

    word: str
    titles: Mapping[str, str]
    article: str
    source: str
    read_on: date
    is_of_seats: bool
    share: tuple[int, int]
    is_reached_by_equal: bool

    def title(self, language: str) -> str:
        """Its name in a language, else in Bulgarian."""
        return self.titles.get(language) or self.titles[SOURCE]

    def needed(self, *, present: int, seats: int) -> int:
        """The least number of votes for; whole people, never rounded down."""
        part, whole = self.share
        base = seats if self.is_of_seats else present
        if self.is_reached_by_equal:
            return -(-base * part // whole)
        return base * part // whole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallResult:
    """What a count came to: how many of each, how many were needed, whether it was adopted."""

    counts: Mapping[str, int]
    needed: int
    seats: int
    has_quorum: bool

    @property
    def present(self) -> int:
        return sum(number for choice, number in self.counts.items() if choice != ABSENT)

    @property
    def is_adopted(self) -> bool:
        return self.has_quorum and self.counts[FOR] >= self.needed


def majority_on(word: str, day: date) -> Majority:
    """The rule in force on a day. Raises NoRuleYet for a day before the text that we know."""
    rule = rule_on(_RULES, word, day)
    share = rule.get("at_least") or rule["more_than"]
    return Majority(
        word=word,
        titles=rule["title"],
        article=rule["article"],
        source=rule["source"],
        read_on=date.fromisoformat(_READ["read_on"]),
        is_of_seats=rule["of"] == "seats",
        share=(share[0], share[1]),
        is_reached_by_equal="at_least" in rule,
    )


def reckon(majority: Majority, choices: Iterable[str], *, seats: int) -> RollCallResult:
    """Count the votes. Without more than half of all councillors present nothing is adopted."""
    counts = dict.fromkeys(CHOICES, 0)
    for choice in choices:
        counts[choice] += 1
    present = counts[FOR] + counts[AGAINST] + counts[ABSTAINED]
    part, whole = _READ["quorum"]["more_than"]
    return RollCallResult(
        counts=counts,
        needed=majority.needed(present=present, seats=seats),
        seats=seats,
        has_quorum=present * whole > seats * part,
    )
