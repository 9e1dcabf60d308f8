"""What was sent long ago is forgotten, and who never confirmed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists

from obshto.platform.notify.models import Message, Text
from obshto.platform.notify.subscribers import forget_unconfirmed
from obshto.platform.work import Work

KEPT = timedelta(days=90)


def sweep_letters(work: Work) -> None:
    """Job."""
    work.session.execute(delete(Message).where(Message.accepted_at < work.now - KEPT))
    is_sent = exists().where(Message.text_id == Text.id)
    work.session.execute(delete(Text).where(~is_sent))
    forget_unconfirmed(work)
