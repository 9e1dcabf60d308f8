"""What the outbox holds of a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from obshto.platform.notify.models import Message
from obshto.platform.work import Work


def export(work: Work, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Every letter that is still kept."""
    own = select(Message).where(Message.person_id == person_id).order_by(Message.accepted_at)
    return {
        "notify": [
            {
                "at": letter.accepted_at.isoformat(),
                "recipient": letter.recipient,
                "subject": letter.subject,
                "text": letter.text,
            }
            for letter in work.session.scalars(own)
        ]
    }


def erase(work: Work, person_id: UUID) -> None:
    """All letters to the person."""
    work.session.execute(delete(Message).where(Message.person_id == person_id))
