"""What the canary puts into the log."""

from __future__ import annotations

from sqlalchemy import select

from obshto.platform.audit.events import ControlNoted
from obshto.platform.audit.models import AuditEntry
from obshto.platform.audit.services import PAGE
from obshto.platform.unit_of_work import UnitOfWork


def plant(uow: UnitOfWork, mark: str) -> None:
    """An entry with that number among those of the first pages; an old one is noted anew."""
    newest = select(AuditEntry.act).order_by(AuditEntry.id.desc()).limit(3 * PAGE)
    if ControlNoted.name not in set(uow.session.scalars(newest)):
        uow.emit(ControlNoted(title=mark))
