"""The one clock of the house."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SOFIA = ZoneInfo("Europe/Sofia")


def now() -> datetime:
    """This moment, aware, in UTC. Everything stored is in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The day it is in Bulgaria at that moment, which is aware."""
    return moment.astimezone(SOFIA).date()


def next_midnight(moment: datetime) -> datetime:
    """When the next day begins in Bulgaria: „today“ and „tomorrow“ mean something else then."""
    return datetime.combine(day_of(moment) + timedelta(days=1), time(), SOFIA)


def today() -> date:
    """The day it is in Bulgaria. Terms of law count in days, and a day ends in Sofia."""
    return day_of(now())
