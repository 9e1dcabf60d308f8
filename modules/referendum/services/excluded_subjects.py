"""Subjects that the law keeps from a referendum: rows with their article and words to know them by.

A changed law is one more row of the same id with a later day; one with no pattern is let in again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from obshto.platform.legal.errors import NoRuleYet
from obshto.platform.legal.terms import Rule, rule_on

_TOLD: Mapping[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "subjects.json").read_text("utf-8")
)
RULES: Sequence[Rule] = _TOLD["rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedSubject:
    """A subject with its name by language; `pattern` finds its words in a question."""

    name: Mapping[str, str]
    article: str
    pattern: re.Pattern[str]
    in_force: date


def subjects_on(day: date, rules: Sequence[Rule] = RULES) -> Iterator[ExcludedSubject]:
    """Those that are excluded on a day, in the order of their first rows."""
    for rule_id in dict.fromkeys(rule["id"] for rule in rules):
        try:
            rule = rule_on(rules, rule_id, day)
        except NoRuleYet:
            continue
        if rule["pattern"]:
            yield ExcludedSubject(
                name=rule["name"],
                article=rule["article"],
                pattern=re.compile(rule["pattern"], re.IGNORECASE | re.DOTALL),
                in_force=date.fromisoformat(rule["from"]),
            )
