"""Once a day: whether a warning was written already."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import day_of
from obshto.platform.notify.models import Channel, Warned
from obshto.platform.unit_of_work import UnitOfWork


def is_first_today(uow: UnitOfWork, channel: Channel) -> bool:
    """True for one caller a day, however many ask at once."""
    row = {"day": day_of(uow.now), "channel": channel.value}
    put = insert(Warned).values(row).on_conflict_do_nothing().returning(Warned.channel)
    return uow.session.scalar(put) is not None
