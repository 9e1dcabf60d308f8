"""What services know of a person: drafts, applications, who looked at them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.eservices.services.export import told_of
from obshto.modules.eservices.services.retention import forget
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Everything the person wrote, and what happened to it."""
    return told_of(uow, person_id)


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Drafts go; applications stay for the term of the law, no longer under an account."""
    forget(uow, person_id)
