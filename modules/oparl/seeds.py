"""Demonstration: a snapshot of what the demonstrations of council and meetings made public."""

from __future__ import annotations

from flask import g

from obshto.modules.oparl.services.snapshot import refresh
from obshto.platform.unit_of_work import UnitOfWork


def seed(uow: UnitOfWork) -> None:
    """Twice changes nothing."""
    # No request gate has said what is on; where this is sown, these are on as well.
    g.modules = frozenset({*g.get("modules", ()), "oparl", "council", "meetings"})
    uow.session.flush()
    refresh(uow)
