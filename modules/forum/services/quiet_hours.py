"""Quiet hours: what citizens write at night is shown in the morning."""

from __future__ import annotations

from datetime import datetime, timedelta

from obshto.modules.forum.settings import ForumSettings
from obshto.platform.clock import SOFIA


def quiet_until(rules: ForumSettings, moment: datetime) -> datetime | None:
    """When the quiet hours at hand end, by the clock of Sofia; None outside them."""
    here = moment.astimezone(SOFIA)
    begin, end, hour = rules.quiet_from, rules.quiet_until, here.hour
    is_over_midnight = begin > end
    is_quiet = hour >= begin or hour < end if is_over_midnight else begin <= hour < end
    if not is_quiet:
        return None
    day = here.date() + timedelta(days=1 if is_over_midnight and hour >= begin else 0)
    return datetime(day.year, day.month, day.day, end, tzinfo=SOFIA)
