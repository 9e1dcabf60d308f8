"""Erasure of staff: what they wrote of settlements stays without their name."""

from __future__ import annotations

from uuid import UUID

from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people import privacy
from obshto.tenants.settlements.services import forget_writer


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """With all else that the municipality knows of them as its people."""
    forget_writer(uow, person_id)
    privacy.erase(uow, person_id)
