"""Terms of law as data: when something is due, and why on that day."""

from __future__ import annotations

import calendar
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from obshto.modules.eservices.errors import NoRuleYet
from obshto.modules.eservices.services.definitions import Document
from obshto.modules.eservices.services.fragments import DATA
from obshto.platform.clock import SOFIA
from obshto.platform.workdays import is_holiday, is_workday

_TOLD: Mapping[str, Any] = json.loads((DATA / "terms.json").read_text("utf-8"))
RULES: Mapping[str, Mapping[str, Any]] = {rule["id"]: rule for rule in _TOLD["rules"]}
# What all terms rest on: from when they run, how days are counted.
LAW: Mapping[str, str] = {name: _TOLD[name]["article"] for name in ("start", "counting")}
_WEEKEND = {5: "saturday", 6: "sunday"}
# After working hours counts as the next working day (АПК чл. 29, ал. 6).
CLOSES = time(17, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A day with its reasons: the article, its words by language, the days that moved it."""

    due_on: date
    starts_on: date
    counted_to: date  # before a non-working day moved it
    article: str
    why: Mapping[str, str]

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.counted_to

    @property
    def days(self) -> int:
        """How many were counted, the last one among them."""
        return (self.counted_to - self.starts_on).days

    @property
    def skipped(self) -> list[tuple[date, str]]:
        """The days from the last one counted that are not for work, each moved the end; and why."""
        gap = (self.due_on - self.counted_to).days
        days = [self.counted_to + timedelta(days=n) for n in range(gap)]
        return [(day, "holiday" if is_holiday(day) else _WEEKEND[day.weekday()]) for day in days]


def term(rule_id: str, *, starts_on: date) -> Term:
    """When something is due by a rule that runs from a day; that day itself is not counted.

    A last day that is non-working moves to the next working day (ГПК чл. 60, ал. 6). Raises
    NoRuleYet for a day before the text that we know.
    """
    rule = RULES[rule_id]
    if starts_on < date.fromisoformat(rule["from"]):
        raise NoRuleYet
    end = _end(rule, starts_on)
    return Term(
        due_on=working_day(end),
        starts_on=starts_on,
        counted_to=end,
        article=rule["article"],
        why=rule["why"],
    )


def day_of(at: datetime) -> date:
    """The day it is in Bulgaria at a moment."""
    return at.astimezone(SOFIA).date()


def received_on(at: datetime) -> date:
    """The day from which a term runs for what arrived at a moment."""
    local = at.astimezone(SOFIA)
    day = local.date()
    if is_workday(day) and local.time() < CLOSES:
        return day
    return working_day(day + timedelta(days=1))


def working_day(day: date) -> date:
    """This day, or the first working day after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where there is none (ГПК чл. 60, ал. 3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def valid_until(document: Document, answers: Mapping[str, str], today: date) -> date | None:
    """Until when a document that is issued today is valid; None where it does not lapse."""
    if document.valid_months:
        return months_later(today, document.valid_months)
    if document.valid_to == "half_year":  # ЗМДТ, приложение № 2, чл. 3, ал. 4
        return date(today.year, 6, 30) if today.month <= 6 else date(today.year, 12, 31)
    day = answers.get(document.valid_to or "", "")
    return date.fromisoformat(day) if day else None


def _end(rule: Mapping[str, Any], starts_on: date) -> date:
    if "months" in rule:
        return months_later(starts_on, rule["months"]) + timedelta(days=rule.get("days", 0))
    return starts_on + timedelta(days=rule["days"])
