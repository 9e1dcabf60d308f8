"""Sizes of bodies by law as data: how few and how many members, and why so many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from obshto.platform.legal.terms import rule_on

_TOLD: Mapping[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "sizes.json").read_text("utf-8")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySize:
    """Of so many members at least and at most a body consists."""

    least: int
    most: int
    article: str
    why: Mapping[str, str]
    in_force: date

    def is_met(self, number: int) -> bool:
        """So many are neither too few nor too many."""
        return self.least <= number <= self.most


def body_size(rule_id: str, *, on: date) -> BodySize:
    """The size that the text in force on a day asks for. Raises NoRuleYet."""
    rule = rule_on(_TOLD["rules"], rule_id, on)
    return BodySize(
        least=rule["least"],
        most=rule["most"],
        article=rule["article"],
        why=rule["why"],
        in_force=date.fromisoformat(rule["from"]),
    )
