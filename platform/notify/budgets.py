"""How many messages of each channel may still leave today; staff hear before a budget is spent."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from sqlalchemy import func, select

from obshto.platform.clock import SOFIA, now
from obshto.platform.notify.events import BudgetNearlySpent
from obshto.platform.notify.models import Channel, Message
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.warned import is_first_today
from obshto.platform.work import Work

NEARLY: Final = 0.8  # of a budget
BOUNDLESS: Final = 1_000_000  # pushing costs nothing


def spent_today(work: Work) -> dict[Channel, int]:
    """Since midnight in Bulgaria: letters, parts of short messages, pushes. One query."""
    midnight = datetime.combine(now().astimezone(SOFIA), time.min, SOFIA)
    rows = (
        select(Message.channel, func.count(), func.coalesce(func.sum(Message.parts), 0))
        .where(Message.handed_over_at >= midnight)
        .group_by(Message.channel)
    )
    spent = dict.fromkeys(Channel, 0)
    for channel, number, parts in work.session.execute(rows):
        spent[Channel(channel)] = int(parts) if channel == Channel.SMS else number
    return spent


def budgets(work: Work) -> dict[Channel, int]:
    """As set here. One query."""
    settings = letters_settings(work)
    return {
        Channel.EMAIL: settings.letters_a_day,
        Channel.SMS: settings.sms_a_day if settings.sms_sender else 0,
        Channel.PUSH: BOUNDLESS,
    }


def room_left(work: Work) -> dict[str, int]:
    """How many may still leave today, by channel."""
    spent = spent_today(work)
    return {channel: max(most - spent[channel], 0) for channel, most in budgets(work).items()}


def warn_of_budgets(work: Work) -> None:
    """Record once a day, for each channel, that most of its budget is spent."""
    spent = spent_today(work)
    for channel, most in budgets(work).items():
        is_near = channel != Channel.PUSH and 0 < most * NEARLY <= spent[channel]
        if is_near and is_first_today(work, channel):
            work.record(BudgetNearlySpent(channel=channel, spent=spent[channel], most=most))
