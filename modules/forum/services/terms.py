"""Term of an answer: so many days as the municipality promises its people; no law sets one."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Date, cast, func

from obshto.modules.forum.models import Discussion
from obshto.modules.forum.settings import ForumSettings
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork


def days_here(uow: UnitOfWork) -> int:
    """Days in which this municipality answers; 0 where it promises none."""
    return settings_of(uow, "forum", ForumSettings).answer_days


def due_of(discussion: Discussion, days: int) -> date | None:
    """The last day for an answer; None where none is awaited or promised."""
    since = None if discussion.closed_at else discussion.awaiting_since
    return day_of(since) + timedelta(days) if since and days else None


def due_column(days: int) -> ColumnElement[date] | None:
    """The same of each row, as a day in Bulgaria."""
    if not days:
        return None
    since = cast(func.timezone(SOFIA.key, Discussion.awaiting_since), Date)
    return since + days
