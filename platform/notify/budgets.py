"""How many messages of each channel may still leave today; staff hear before a budget is spent."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from sqlalchemy import func, select

from obshto.platform.clock import SOFIA, now
from obshto.platform.notify.budget_alerts import is_first_today
from obshto.platform.notify.events import BudgetNearlySpent
from obshto.platform.notify.models import Channel, Message
from obshto.platform.notify.settings import letters_settings
from obshto.platform.unit_of_work import UnitOfWork

NEARLY: Final = 0.8  # of a budget
BOUNDLESS: Final = 1_000_000  # pushing costs nothing


def spent_today(uow: UnitOfWork) -> dict[Channel, int]:
    """Since midnight in Bulgaria: letters, parts of short messages, pushes. One query."""
    midnight = datetime.combine(now().astimezone(SOFIA), time.min, SOFIA)
    rows = (
        select(Message.channel, func.count(), func.coalesce(func.sum(Message.parts), 0))
        .where(Message.handed_over_at >= midnight)
        .group_by(Message.channel)
    )
    spent = dict.fromkeys(Channel, 0)
    for channel, number, parts in uow.session.execute(rows):
        spent[Channel(channel)] = int(parts) if channel == Channel.SMS else number
    return spent


def budgets(uow: UnitOfWork) -> dict[Channel, int]:
    """As set here. One query."""
    settings = letters_settings(uow)
    return {
        Channel.EMAIL: settings.letters_a_day,
        Channel.SMS: settings.sms_a_day if settings.sms_sender else 0,
        Channel.PUSH: BOUNDLESS,
    }


def room_left(uow: UnitOfWork) -> dict[str, int]:
    """How many may still leave today, by channel."""
    spent = spent_today(uow)
    return {channel: max(most - spent[channel], 0) for channel, most in budgets(uow).items()}


def warn_of_budgets(uow: UnitOfWork) -> None:
    """Record once a day, for each channel, that most of its budget is spent."""
    spent = spent_today(uow)
    for channel, most in budgets(uow).items():
        is_near = channel != Channel.PUSH and 0 < most * NEARLY <= spent[channel]
        if is_near and is_first_today(uow, channel):
            uow.emit(BudgetNearlySpent(channel=channel, spent=spent[channel], most=most))
