"""Terms of law as data: when something is due, and why on that day."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any

from obshto.platform.clock import SOFIA
from obshto.platform.legal.errors import NoRuleYet
from obshto.platform.workdays import is_holiday, is_workday

_TOLD: Mapping[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "terms.json").read_text("utf-8")
)
Rule = Mapping[str, Any]
# A changed law is one more row of the same id with a later day in `from`; the last one is in force.
RULES: Mapping[str, Rule] = {
    rule["id"]: rule for rule in sorted(_TOLD["rules"], key=itemgetter("from"))
}
# What all terms rest on: from when they run, how days are counted.
LAW: Mapping[str, str] = {name: _TOLD[name]["article"] for name in ("start", "counting")}
_WEEKEND = {5: "saturday", 6: "sunday"}
# A term that a council set, shorter than the law's; its words by language.
WORKDAYS, DAYS = "workdays", "days"
SHORTER: Mapping[str, Mapping[str, str]] = {
    WORKDAYS: {
        "bg": "Срокът на общината в работни дни: %(n)s",
        "en": "The municipality’s term in working days: %(n)s",
        "ro": "Termenul primăriei în zile lucrătoare: %(n)s",
    },
    DAYS: {
        "bg": "Срокът на общината в календарни дни: %(n)s",
        "en": "The municipality’s term in calendar days: %(n)s",
        "ro": "Termenul primăriei în zile calendaristice: %(n)s",
    },
}
_own_days = re.compile(r"[1-9]\d?", re.ASCII).fullmatch
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
    in_force: date | None = None  # since when the text of the rule is known to hold

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


def term(rule_id: str, *, starts_on: date, begun_on: date | None = None) -> Term:
    """When something is due by a rule that runs from a day; that day itself is not counted.

    A last day that is non-working moves to the next working day. With `begun_on` the rule is that
    of the day on which the whole procedure began. Raises NoRuleYet for a day before the text that
    we know.
    """
    rule = _in_force(rule_id, starts_on, begun_on)
    end = _end(rule, starts_on)
    return _term(rule, starts_on=starts_on, counted_to=end, due_on=roll(end))


def waiting_term(rule_id: str, *, starts_on: date, begun_on: date | None = None) -> Term:
    """The last day of a time in which something may not be done yet; no day off moves it.

    Also the first or last day of a window, which is counted and not rolled. Raises NoRuleYet.
    """
    rule = rule_on(_TOLD["rules"], rule_id, starts_on, begun_on)
    end = _end(rule, starts_on)
    return _term(rule, starts_on=starts_on, counted_to=end, due_on=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class HourTerm:
    """A moment with its reasons, for a term that the law gives in hours."""

    due_at: datetime
    starts_at: datetime
    hours: int
    article: str
    why: Mapping[str, str]
    in_force: date


def term_hours(rule_id: str, *, starts_at: datetime, begun_on: date | None = None) -> HourTerm:
    """So many hours as they pass: a change of the clock makes none longer. Raises NoRuleYet."""
    rule = rule_on(_TOLD["rules"], rule_id, starts_at.astimezone(SOFIA).date(), begun_on)
    return HourTerm(
        due_at=starts_at.astimezone(UTC) + timedelta(hours=rule["hours"]),
        starts_at=starts_at,
        hours=rule["hours"],
        article=rule["article"],
        why=rule["why"],
        in_force=date.fromisoformat(rule["from"]),
    )


def term_before(rule_id: str, *, ends_on: date) -> Term:
    """The last day for what comes so many days before a day; a day off moves it to an earlier one.

    Raises NoRuleYet.
    """
    rule = rule_on(_TOLD["rules"], rule_id, ends_on)
    day = last = ends_on - timedelta(days=rule["days"])
    while not is_workday(day):
        day -= timedelta(days=1)
    return _term(rule, starts_on=ends_on, counted_to=last, due_on=day)


def days_before(rule_id: str, *, ends_on: date) -> Term:
    """The day so many days before another: an edge of a window, which no day off moves.

    Raises NoRuleYet.
    """
    rule = rule_on(_TOLD["rules"], rule_id, ends_on)
    day = ends_on - timedelta(days=rule["days"])
    return _term(rule, starts_on=ends_on, counted_to=day, due_on=day)


def _in_force(rule_id: str, day: date, begun_on: date | None) -> Rule:
    base, _, told = rule_id.partition(":")
    rule = rule_on(_TOLD["rules"], base, day, begun_on)
    return _shortened(rule, told) if told else rule


def rule_on(rules: Sequence[Rule], rule_id: str, day: date, begun_on: date | None = None) -> Rule:
    """The row of a rule that is in force on a day. Raises NoRuleYet, KeyError for an unknown id.

    What began on an earlier day keeps the row of that day, or the first one known, unless a later
    row says `also_running`: a transitional rule of its law.
    """
    rows = [rule for rule in rules if rule["id"] == rule_id]
    if not rows:
        raise KeyError(rule_id)
    known = [rule for rule in rows if date.fromisoformat(rule["from"]) <= day]
    if not known:
        raise NoRuleYet
    if begun_on:
        kept = [rule for rule in known if _reaches(rule, begun_on)]
        known = kept or [min(known, key=itemgetter("from"))]
    return max(known, key=itemgetter("from"))


def known_since(rule_id: str) -> date:
    """The first day for which we know the text of a rule. Raises KeyError for an unknown id."""
    told = (date.fromisoformat(rule["from"]) for rule in _TOLD["rules"] if rule["id"] == rule_id)
    if (first := min(told, default=None)) is None:
        raise KeyError(rule_id)
    return first


def _reaches(rule: Rule, begun_on: date) -> bool:
    return bool(rule.get("also_running")) or date.fromisoformat(rule["from"]) <= begun_on


def _term(rule: Rule, *, starts_on: date, counted_to: date, due_on: date) -> Term:
    return Term(
        due_on=due_on,
        starts_on=starts_on,
        counted_to=counted_to,
        article=rule["article"],
        why=rule["why"],
        in_force=date.fromisoformat(rule["from"]),
    )


def rule_of(rule_id: str) -> Rule:
    """A rule of the law, or one that a council made shorter: `apk_general:5:workdays`.

    Raises KeyError for what is neither.
    """
    base, _, told = rule_id.partition(":")
    rule = RULES[base]
    return _shortened(rule, told) if told else rule


def is_rule(rule_id: str) -> bool:
    """Whether a term can run by it."""
    try:
        rule_of(rule_id)
    except KeyError:
        return False
    return True


def roll(day: date) -> date:
    """The last day of every term: this day, or the first working day after it.

    ГПК чл. 60, ал. 6, which АПК goes by; ДОПК чл. 22, ал. 7 for taxes and fees: the same rule.
    """
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def received_on(at: datetime) -> date:
    """The day from which a term runs for what arrived at a moment."""
    local = at.astimezone(SOFIA)
    day = local.date()
    if is_workday(day) and local.time() < CLOSES:
        return day
    return roll(day + timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where there is none (ГПК чл. 60, ал. 3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _shortened(rule: Rule, told: str) -> Rule:
    """The same rule with an end of the council's own, which never comes after that of the law."""
    number, _, kind = told.partition(":")
    if not (_own_days(number) and kind in SHORTER):
        raise KeyError(told)
    why = {language: words % {"n": number} for language, words in SHORTER[kind].items()}
    return {**rule, "why": why, "shorter": (int(number), kind)}


def _end(rule: Rule, starts_on: date) -> date:
    by_law = _end_by_law(rule, starts_on)
    if "shorter" not in rule:
        return by_law
    number, kind = rule["shorter"]
    end = starts_on if kind == WORKDAYS else starts_on + timedelta(days=number)
    for _ in range(number if kind == WORKDAYS else 0):
        end = roll(end + timedelta(days=1))
    return min(end, by_law)


def _end_by_law(rule: Rule, starts_on: date) -> date:
    if "months" in rule:
        return months_later(starts_on, rule["months"]) + timedelta(days=rule.get("days", 0))
    return starts_on + timedelta(days=rule["days"])
