"""Once a day: whether a warning was written already."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import day_of
from obshto.platform.notify.models import Channel, Warned
from obshto.platform.work import Work


def is_first_today(work: Work, channel: Channel) -> bool:
    """True for one caller a day, however many ask at once."""
    row = {"day": day_of(work.now), "channel": channel.value}
    put = insert(Warned).values(row).on_conflict_do_nothing().returning(Warned.channel)
    return work.session.scalar(put) is not None
