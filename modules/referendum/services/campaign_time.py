"""Time of the campaign before a vote, by the terms of law (чл. 34, ал. 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.clock import SOFIA
from obshto.platform.legal.reasons import Why, dmy
from obshto.platform.legal.terms import Term, days_before

OPENS, CLOSES = "zpu_campaign", "zpu_campaign_end"
BEFORE, OPEN, SILENT, OVER = "before", "open", "silent", "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignTime:
    """Aware moments: `opens_at` allowed, `closes_at` no more. The day of the vote begins at 0:00,
    so the 24 hours are the whole day before it.
    """

    vote_on: date
    opens_at: datetime
    closes_at: datetime
    over_at: datetime

    def state(self, now: datetime) -> str:
        """before, open, silent (the last 24 hours and the day of the vote), over."""
        if now < self.opens_at:
            return BEFORE
        if now < self.closes_at:
            return OPEN
        return SILENT if now < self.over_at else OVER

    def next_change(self, now: datetime) -> datetime | None:
        """When the state changes next; None after the last time."""
        return next((at for at in (self.opens_at, self.closes_at, self.over_at) if at > now), None)


def campaign_time(vote_on: date) -> CampaignTime:
    """Counted by days of the calendar: a change of the clock moves nothing. Raises NoRuleYet."""
    return CampaignTime(
        vote_on=vote_on,
        opens_at=_midnight(days_before(OPENS, ends_on=vote_on).due_on),
        closes_at=_midnight(days_before(CLOSES, ends_on=vote_on).due_on),
        over_at=_midnight(vote_on + timedelta(days=1)),
    )


def why_of_opening(vote_on: date) -> Why:
    """Why the campaign begins on its day."""
    return _why(days_before(OPENS, ends_on=vote_on), _("Начало"))


def why_of_closing(vote_on: date) -> Why:
    """Why the campaign ends when it does."""
    return _why(days_before(CLOSES, ends_on=vote_on), _("Край, в 0:00 часа"))


def _why(found: Term, name: LazyString) -> Why:
    words = _("%(vote)s − %(days)s дни = %(result)s")
    days = (found.starts_on - found.due_on).days
    values = {"vote": dmy(found.starts_on), "days": days, "result": dmy(found.due_on)}
    return Why(
        answer=found.why,
        article=found.article,
        inputs=((_("Гласуване"), found.starts_on), (name, found.due_on)),
        steps=(LazyString(lambda: str(words) % values),),
        in_force=found.in_force,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SOFIA)
