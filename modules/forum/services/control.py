"""Control discussion of the leak watch: people never see it."""

from __future__ import annotations

from sqlalchemy import select

from obshto.modules.forum.models import Discussion
from obshto.platform.db.control_rows import control_id
from obshto.platform.unit_of_work import UnitOfWork


def plant(uow: UnitOfWork, mark: str) -> None:
    """A discussion with that number, first in the queue of staff. Twice is once."""
    key = control_id(mark)
    if uow.session.scalar(select(Discussion.id).where(Discussion.request_id == key)):
        return
    uow.session.add(
        Discussion(
            request_id=key,
            subject="other",
            settlement="",
            title=f"Контролен разговор {mark}",
            language="bg",
            begun_at=uow.now,
            published_at=uow.now,
            last_at=uow.now,
            is_veiled=True,
            awaiting_since=uow.now,
        )
    )
