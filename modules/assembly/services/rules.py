"""Rules of law for assemblies: limits, the window of days, hours, quorum, majority, each with why.

Shares and terms are rows of `platform/legal`; limits that are no share of anything are rows of
`data/limits.json`. A changed law is one more row with a later day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.clock import SOFIA
from obshto.platform.legal.reasons import Why, dmy, why_of_term, why_of_threshold
from obshto.platform.legal.terms import Rule, rule_on, waiting_term
from obshto.platform.legal.thresholds import Threshold, threshold
from obshto.platform.workdays import is_workday

_TOLD: Mapping[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "limits.json").read_text("utf-8")
)
ONE_DAY = timedelta(days=1)
HUNDRED = 100  # of whom a share is told where nobody knows yet how many there are
SHARES = (
    *("zpugd_assembly_call", "zpugd_assembly_quorum", "zpugd_assembly_quorum_small"),
    *("zpugd_assembly_quorum_later", "zpugd_assembly_majority"),
)
TERMS = (
    *("zpugd_assembly_notice", "zpugd_assembly_latest"),
    *("zpugd_assembly_order", "zpugd_assembly_council"),
)
IN_ORDER = (SHARES[0], *TERMS[:2], *SHARES[1:], *TERMS[2:])
# The law forbids none of these; who is 70 comes neither at night nor before the first bus.
FIRST_HOUR, LAST_HOUR = 9, 20


def limit(rule_id: str, on: date) -> Rule:
    """The row of a limit in force on a day. Raises NoRuleYet."""
    return rule_on(_TOLD["rules"], rule_id, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyWindow:
    """First and last day for an assembly that is announced on a day; when working hours end."""

    announced_on: date
    first: date
    last: date
    article: str
    work_ends_at: int


def window_of(announced_on: date, *, work_ends_at: int) -> AssemblyWindow:
    """Fifteen days to a month after the notice (чл. 57, ал. 7; чл. 58). Raises NoRuleYet."""
    first = waiting_term("zpugd_assembly_notice", starts_on=announced_on)
    last = waiting_term("zpugd_assembly_latest", starts_on=announced_on)
    return AssemblyWindow(
        announced_on=announced_on,
        first=first.due_on,
        last=last.due_on,
        article=first.article,
        work_ends_at=work_ends_at,
    )


def first_hour(day: date, *, work_ends_at: int) -> int:
    """From which full hour on an assembly may begin that day (чл. 58).

    What working hours are the text does not say: the cautious reading is that nobody should have
    to leave work, so on a working day it begins after its end, never before its beginning.
    """
    return work_ends_at if is_workday(day) else FIRST_HOUR


def why_of_moment(starts_at: datetime, window: AssemblyWindow) -> Why:
    """Why an assembly may or may not begin then (чл. 57, ал. 7; чл. 58)."""
    local = starts_at.astimezone(SOFIA)
    day, hours = local.date(), limit("hours", window.announced_on)
    earliest = first_hour(day, work_ends_at=window.work_ends_at)
    is_inside = window.first <= day <= window.last
    is_free = time(earliest) <= local.time() <= time(LAST_HOUR)
    answer: LazyString | Mapping[str, str] = _("Денят е в срока и часът е извън работното време")
    if not is_inside:
        answer = _(
            "Събранието е от %(first)s до %(last)s: 15 дни до един месец след обявата",
            first=dmy(window.first),
            last=dmy(window.last),
        )
    elif not is_free:
        answer = _(
            "В този ден събранието започва между %(first)s и %(last)s часа",
            first=earliest,
            last=LAST_HOUR,
        )
    kind = _("%(day)s е работен ден") if is_workday(day) else _("%(day)s е почивен ден")
    count = (day - window.announced_on).days
    nth = _(
        "%(first)s + %(count)s дни = %(day)s",
        first=dmy(window.announced_on),
        count=count,
        day=dmy(day),
    )
    return Why(
        answer=answer,
        article=f"{window.article}; {hours['article']}" if is_inside else window.article,
        inputs=(
            *((_("Обявено на"), window.announced_on), (_("Най-рано"), window.first)),
            *((_("Най-късно"), window.last), (_("Край на работното време"), window.work_ends_at)),
        ),
        steps=(nth, LazyString(lambda: str(kind) % {"day": dmy(day)})),
        holds=is_inside and is_free,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LawfulDay:
    """A day on which an assembly may be, and from which hour on."""

    day: date
    first_hour: int


def lawful_days(window: AssemblyWindow) -> list[LawfulDay]:
    """The days that the law allows, in order; never any other."""
    length = (window.last - window.first).days
    days = (window.first + ONE_DAY * n for n in range(length + 1))
    ends = window.work_ends_at
    return [LawfulDay(day=day, first_hour=first_hour(day, work_ends_at=ends)) for day in days]


def why_of_population(population: int, on: date) -> Why:
    """Whether so few live there that the law lets an assembly be held (чл. 54 и 55)."""
    rule = limit("population", on)
    holds = population <= rule["most"]
    values = {"number": population, "most": rule["most"]}
    step = _("%(number)s ≤ %(most)s: може") if holds else _("%(number)s > %(most)s: не може")
    return _limited(rule, population, step, values, holds=holds)


def why_of_counters(counters: int, on: date) -> Why:
    """Whether the commission that counts has as many members as the law says (чл. 61, ал. 1)."""
    rule = limit("counters", on)
    holds = rule["least"] <= counters <= rule["most"]
    values = {"least": rule["least"], "most": rule["most"]}
    return _limited(rule, counters, _("От %(least)s до %(most)s души"), values, holds=holds)


def call_threshold(voters: int, on: date) -> Threshold:
    """How many signatures call an assembly (чл. 57, ал. 1)."""
    return threshold("zpugd_assembly_call", base=voters, on=on)


def quorum(voters: int, population: int, on: date) -> Threshold:
    """How many must be there at the hour of the notice (чл. 60, ал. 1 и 2)."""
    is_small = population <= limit("small", on)["most"]
    rule = "zpugd_assembly_quorum_small" if is_small else "zpugd_assembly_quorum"
    return threshold(rule, base=voters, on=on)


def later_quorum(voters: int, on: date) -> Threshold:
    """How many are enough an hour later (чл. 60, ал. 3)."""
    return threshold("zpugd_assembly_quorum_later", base=voters, on=on)


def later_moment(starts_at: datetime) -> datetime:
    """The hour to which an assembly without a quorum is put off; a change of the clock is none."""
    minutes = limit("postponed", starts_at.astimezone(SOFIA).date())["minutes"]
    return starts_at + timedelta(minutes=minutes)


def majority(present: int, on: date, *, half_is_enough: bool) -> Threshold:
    """How many votes adopt a decision (чл. 61, ал. 4; by the wider reading чл. 60, ал. 4)."""
    rule = "zpugd_assembly_half" if half_is_enough else "zpugd_assembly_majority"
    return threshold(rule, base=present, on=on)


def way_of_an_assembly(on: date) -> Sequence[Why]:
    """What the law asks of an assembly, in the order in which it happens. Raises NoRuleYet."""
    shares = {rule: why_of_threshold(threshold(rule, base=HUNDRED, on=on)) for rule in SHARES}
    terms = {rule: why_of_term(waiting_term(rule, starts_on=on)) for rule in TERMS}
    told = shares | terms
    return [told[rule] for rule in IN_ORDER]


def _limited(
    rule: Rule, number: int, step: LazyString, values: Mapping[str, int], *, holds: bool
) -> Why:
    return Why(
        answer=rule["why"],
        article=rule["article"],
        inputs=((_("Сега са"), number),),
        steps=(LazyString(lambda: str(step) % values),),
        holds=holds,
        in_force=date.fromisoformat(rule["from"]),
    )
