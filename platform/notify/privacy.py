"""What the outbox and the subscriptions hold of a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from obshto.platform.notify.models import Message, Subscriber, Text
from obshto.platform.notify.subscribers import stop, subscriber_behind
from obshto.platform.work import Work


def export(work: Work, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Every letter that is still kept, and what the person follows."""
    subscriber = subscriber_behind(work, person_id)
    follows = [_wishes(subscriber)] if subscriber else []
    return {"notify": _letters(work, person_id, subscriber), "subscriptions": follows}


def erase(work: Work, person_id: UUID) -> None:
    """All letters to the person, and the subscription."""
    work.session.execute(delete(Message).where(Message.person_id == person_id))
    if subscriber := subscriber_behind(work, person_id):
        own = Message.subscriber_id == subscriber.id, Message.text_id.is_(None)
        work.session.execute(delete(Message).where(*own))
        stop(work, subscriber)


def _letters(work: Work, person_id: UUID, subscriber: Subscriber | None) -> list[dict[str, Any]]:
    own = Message.person_id == person_id
    if subscriber:
        own |= Message.subscriber_id == subscriber.id
    rows = select(Message, Text).outerjoin(Text, Text.id == Message.text_id).where(own)
    return [
        {
            "at": letter.accepted_at.isoformat(),
            "recipient": letter.recipient or (subscriber.email if subscriber else ""),
            "subject": (text or letter).subject,
            "text": (text or letter).text,
        }
        for letter, text in work.session.execute(rows.order_by(Message.accepted_at))
    ]


def _wishes(subscriber: Subscriber) -> dict[str, Any]:
    return {
        "email": subscriber.email,
        "topics": list(subscriber.topics),
        "places": list(subscriber.places),
        "pace": subscriber.pace,
        "language": subscriber.language,
        "asked_at": subscriber.asked_at.isoformat(),
    }
