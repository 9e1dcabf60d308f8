"""A message that will never arrive, with all that stood in it."""

from __future__ import annotations

from sqlalchemy import update

from obshto.platform.notify.models import Message, State
from obshto.platform.unit_of_work import UnitOfWork


def refuse(uow: UnitOfWork, message: Message, trouble: str) -> None:
    """`trouble` says why, in codes. Of a letter of several things each was not told."""
    message.state, message.trouble = State.REFUSED, trouble
    if message.text_id is None and message.is_bulk:
        told = update(Message).where(Message.digest_id == message.id)
        uow.session.execute(told.values(state=State.REFUSED, trouble=trouble))
