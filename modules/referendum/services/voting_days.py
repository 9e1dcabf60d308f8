"""Days on which the vote may be: a window of law, days off in it, and why each one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.legal.reasons import Why, dmy
from obshto.platform.legal.terms import waiting_term
from obshto.platform.workdays import is_holiday

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class VotingWindow:
    """First and last day, both among those allowed, counted from `starts_on`."""

    starts_on: date
    first: date
    last: date
    article: str
    votes_on_holidays: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VotingDay:
    """A day with the answer to „защо?“."""

    day: date
    why: Why


def window_of(
    decided_on: date, *, begun_on: date | None = None, votes_on_holidays: bool = False
) -> VotingWindow:
    """From the 45th to the 60th day after a decision, of council, court or governor
    (чл. 30, ал. 4; чл. 32, ал. 2). Raises NoRuleYet.
    """
    first = waiting_term("zpu_vote_first", starts_on=decided_on, begun_on=begun_on)
    last = waiting_term("zpu_vote_last", starts_on=decided_on, begun_on=begun_on)
    return VotingWindow(
        starts_on=decided_on,
        first=first.due_on,
        last=last.due_on,
        article=f"{first.article}, ал. 5",
        votes_on_holidays=votes_on_holidays,
    )


def window_of_demand(
    requested_on: date,
    *,
    begun_on: date | None = None,
    from_any_day: bool = False,
    votes_on_holidays: bool = False,
) -> VotingWindow:
    """Within two months of the demand (чл. 27, ал. 3). Of the 45 days the text says nothing there:
    the cautious reading keeps them, since the campaign needs thirty (чл. 34). Raises NoRuleYet.
    """
    last = waiting_term("zpu_demanded_vote", starts_on=requested_on, begun_on=begun_on)
    rule = waiting_term("zpu_vote_first", starts_on=requested_on, begun_on=begun_on)
    first = rule.due_on
    return VotingWindow(
        starts_on=requested_on,
        first=requested_on + ONE_DAY if from_any_day else first,
        last=last.due_on,
        article=f"{last.article}; ЗПУГДВМС чл. 30, ал. 5",
        votes_on_holidays=votes_on_holidays,
    )


def is_day_off(day: date, *, votes_on_holidays: bool) -> bool:
    """A day of rest (чл. 30, ал. 5): Saturday or Sunday; by the wider reading a holiday too."""
    return day.weekday() >= SATURDAY or (votes_on_holidays and is_holiday(day))


def why_of_day(day: date, window: VotingWindow) -> Why:
    """Why the vote may or may not be on a day (чл. 30, ал. 4 и 5)."""
    inside = window.first <= day <= window.last
    off = is_day_off(day, votes_on_holidays=window.votes_on_holidays)
    answer = _("Денят е в срока и е почивен")
    if not inside:
        answer = _("Денят е извън срока по закон")
    elif not off:
        answer = _("Гласува се само в почивен ден")
    count = (day - window.starts_on).days
    nth = _("%(first)s + %(count)s дни = %(day)s")
    values = {"first": dmy(window.starts_on), "count": count, "day": dmy(day)}
    return Why(
        answer=answer,
        article=window.article,
        inputs=((_("Най-рано"), window.first), (_("Най-късно"), window.last)),
        steps=(LazyString(lambda: str(nth) % values),),
        holds=inside and off,
    )


def voting_days(window: VotingWindow) -> list[VotingDay]:
    """The days that the law allows, in order; never any other."""
    length = (window.last - window.first).days
    days = (window.first + timedelta(days=n) for n in range(length + 1))
    answered = (VotingDay(day=day, why=why_of_day(day, window)) for day in days)
    return [one for one in answered if one.why.holds]
