"""Time of the campaign: from 30 days to 24 hours before the vote (чл. 34, ал. 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.clock import SOFIA
from obshto.platform.legal.reasons import Why, dmy

ARTICLE = "ЗПУГДВМС чл. 34, ал. 1"
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
    """Counted by days of the calendar: a change of the clock moves nothing."""
    return CampaignTime(
        vote_on=vote_on,
        opens_at=_midnight(vote_on - timedelta(days=30)),
        closes_at=_midnight(vote_on - timedelta(days=1)),
        over_at=_midnight(vote_on + timedelta(days=1)),
    )


def why_of_opening(vote_on: date) -> Why:
    """Why the campaign begins on its day."""
    opens_on = vote_on - timedelta(days=30)
    return Why(
        answer=_("Кампанията започва 30 дни преди гласуването"),
        article=ARTICLE,
        inputs=((_("Гласуване"), vote_on), (_("Начало"), opens_on)),
        steps=(_step(vote_on, 30, opens_on),),
    )


def why_of_closing(vote_on: date) -> Why:
    """Why the campaign ends when it does."""
    closes_on = vote_on - timedelta(days=1)
    return Why(
        answer=_("Кампанията свършва 24 часа преди деня на гласуването"),
        article=ARTICLE,
        inputs=((_("Гласуване"), vote_on), (_("Край, в 0:00 часа"), closes_on)),
        steps=(_step(vote_on, 1, closes_on),),
    )


def _step(vote_on: date, days: int, result: date) -> LazyString:
    words = _("%(vote)s − %(days)s дни = %(result)s")
    values = {"vote": dmy(vote_on), "days": days, "result": dmy(result)}
    return LazyString(lambda: str(words) % values)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SOFIA)
