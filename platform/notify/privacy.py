"""What the outbox and the subscriptions hold of a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from obshto.platform.notify.address import addresses
from obshto.platform.notify.models import Message, Subscriber, Text
from obshto.platform.notify.subscribers import stop, subscribers_behind, subscribers_without_account
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Every letter that is still kept, and what the person follows."""
    followed = _theirs(uow, person_id)
    follows = [_wishes(subscriber) for subscriber in followed]
    return {"notify": _letters(uow, person_id, followed), "subscriptions": follows}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """All letters to the person, and the subscriptions of every channel."""
    uow.session.execute(delete(Message).where(Message.person_id == person_id))
    for subscriber in _theirs(uow, person_id):
        own = Message.subscriber_id == subscriber.id, Message.text_id.is_(None)
        uow.session.execute(delete(Message).where(*own))
        stop(uow, subscriber)


def _theirs(uow: UnitOfWork, person_id: UUID) -> list[Subscriber]:
    """Those of the account, and those that were asked for at its address without signing in."""
    emails = [one.email for one in addresses().people({person_id})]
    return [*subscribers_behind(uow, person_id), *subscribers_without_account(uow, emails)]


def _letters(uow: UnitOfWork, person_id: UUID, followed: list[Subscriber]) -> list[dict[str, Any]]:
    own = Message.person_id == person_id
    addresses = {subscriber.id: subscriber.address for subscriber in followed}
    own |= Message.subscriber_id.in_(addresses)
    rows = select(Message, Text).outerjoin(Text, Text.id == Message.text_id).where(own)
    return [
        {
            "at": letter.accepted_at.isoformat(),
            "recipient": letter.recipient or _address(addresses, letter),
            "subject": (text or letter).subject,
            "text": (text or letter).text,
        }
        for letter, text in uow.session.execute(rows.order_by(Message.accepted_at))
    ]


def _address(addresses: Mapping[UUID, str], letter: Message) -> str:
    return addresses.get(letter.subscriber_id, "") if letter.subscriber_id else ""


def _wishes(subscriber: Subscriber) -> dict[str, Any]:
    return {
        "channel": subscriber.channel,
        "address": subscriber.address,
        "topics": list(subscriber.topics),
        "places": list(subscriber.places),
        "pace": subscriber.pace,
        "language": subscriber.language,
        "asked_at": subscriber.asked_at.isoformat(),
    }
