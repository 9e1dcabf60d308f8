"""Thresholds of law as data: how many of a number are enough, and why so many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from obshto.platform.legal.terms import rule_on

_TOLD: Mapping[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "thresholds.json").read_text("utf-8")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """So many of `base` are enough: a share of it, rounded up, and `least` at any rate.

    A strict one is more than the share, and so the next whole number above it.
    """

    needed: int
    base: int
    share: tuple[int, int]
    is_strict: bool
    least: int
    article: str
    why: Mapping[str, str]
    in_force: date

    def is_met(self, number: int) -> bool:
        """So many are enough."""
        return number >= self.needed


def threshold(rule_id: str, *, base: int, on: date, begun_on: date | None = None) -> Threshold:
    """How many of `base` a rule asks for, by the text in force on a day. Whole numbers throughout:
    1/20 of 3509 is 175.45, and 175 are fewer than that. `begun_on` as for `terms.term`.

    Raises NoRuleYet.
    """
    rule = rule_on(_TOLD["rules"], rule_id, on, begun_on)
    above, below = rule["share"]
    is_strict, least = rule.get("strict", False), rule.get("least", 0)
    part = base * above // below + 1 if is_strict else -(-base * above // below)
    return Threshold(
        needed=max(part, least),
        base=base,
        share=(above, below),
        is_strict=is_strict,
        least=least,
        article=rule["article"],
        why=rule["why"],
        in_force=date.fromisoformat(rule["from"]),
    )
