"""What happened, said once: a frozen value with a name that others may react to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from flask_babel import LazyString


@dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """Subclasses give `name` („news:item.published“), `label` for the log and fields.

    Fields hold ids and public words only: a fact is kept in the activity log, it travels to other
    parts as a plain dict. A published name or key is never changed; a new meaning is a new name.
    """

    name: ClassVar[str]
    label: ClassVar[LazyString]
    is_public: ClassVar[bool] = False  # citizens see the change, so cached pages are let go

    # For the log: what a field `why` means, by its word.
    reasons: ClassVar[Mapping[str, LazyString]] = {}

    subject_id: UUID | None = None

    def payload(self) -> dict[str, Any]:
        """The fields as JSON knows them."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


@dataclass(frozen=True, kw_only=True)
class TitledEvent(DomainEvent):
    """Public fact about one row, told by the title that citizens see."""

    is_public: ClassVar[bool] = True

    subject_id: UUID
    title: str


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, (date, datetime)) else value
