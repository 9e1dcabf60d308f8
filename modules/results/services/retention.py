"""Retention of who entered something: it goes with the account; numbers stay, they name nobody."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from obshto.modules.results.models import NightStep, ProtocolEntry, TurnoutReport
from obshto.platform.unit_of_work import UnitOfWork


def forget_entrant(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing says any more that this person entered it."""
    for model, values in (
        (NightStep, {"by_id": None, "by_name": ""}),
        (ProtocolEntry, {"by_id": None, "by_name": ""}),
        (TurnoutReport, {"by_id": None}),
    ):
        uow.session.execute(update(model).where(model.by_id == person_id).values(values))
