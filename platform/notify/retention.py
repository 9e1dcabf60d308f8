"""What was sent long ago is forgotten, and who never confirmed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists

from obshto.platform.notify.models import Message, Text
from obshto.platform.notify.subscribers import forget_unconfirmed
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=90)


def sweep_letters(uow: UnitOfWork) -> None:
    """Job."""
    uow.session.execute(delete(Message).where(Message.accepted_at < uow.now - KEPT))
    is_sent = exists().where(Message.text_id == Text.id)
    uow.session.execute(delete(Text).where(~is_sent))
    forget_unconfirmed(uow)
