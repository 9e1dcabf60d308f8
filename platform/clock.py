"""The one clock of the house."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SOFIA = ZoneInfo("Europe/Sofia")


def now() -> datetime:
    """This moment, aware, in UTC. Everything stored is in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The day it is in Bulgaria at that moment, which is aware."""
    return moment.astimezone(SOFIA).date()


def today() -> date:
    """The day it is in Bulgaria. Terms of law count in days, and a day ends in Sofia."""
    return day_of(now())
