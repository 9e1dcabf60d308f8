"""Personal data in guides: which ones somebody wrote as staff. Readings know nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.guides.services.kind import KIND
from obshto.platform.editorial.retention import forget_names, texts_of_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The guides that the person began or changed last, deleted ones too."""
    return {"guides": texts_of_person(uow, KIND, person_id)}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The text stays the municipality's; nobody is named beside it or its versions any more."""
    forget_names(uow, KIND, person_id)
