"""Export and erasure: events written as staff, events suggested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.events.models import Suggestion
from obshto.modules.events.services.kind import KIND
from obshto.modules.events.services.suggestions import forget_sender
from obshto.platform.editorial.retention import forget_names, texts_of_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Events that the person began or changed last; suggestions sent while signed in."""
    own = select(Suggestion).where(Suggestion.sent_by_id == person_id)
    suggested = [
        {
            "title": row.title,
            "text": row.text,
            "organizer": row.organizer,
            "email": row.email,
            "has_picture": row.picture_id is not None,
            "sent_at": row.sent_at.isoformat(),
        }
        for row in uow.session.scalars(own.order_by(Suggestion.sent_at))
    ]
    return {"events": texts_of_person(uow, KIND, person_id), "suggested_events": suggested}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Events stay the municipality's, nobody is named; what the person suggested is forgotten."""
    forget_names(uow, KIND, person_id)
    forget_sender(uow, person_id)
