"""One text to all who asked to hear: kept once in each language, a row for each reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.db.base import new_id
from obshto.platform.modularity.manifest import Audience, Notification
from obshto.platform.notify.job_names import DRAIN
from obshto.platform.notify.models import (
    Channel,
    Message,
    Pace,
    State,
    Subscriber,
    Suppression,
    Text,
)
from obshto.platform.notify.sms.message_text import short_to_many
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import LANGUAGES, speaking

PAGE = 2_000  # rows of one statement
DIGESTS = (Pace.DAILY, Pace.WEEKLY)
TOLD = (State.HANDING_OVER, State.HANDED_OVER, State.GATHERED)
UNTOLD = (State.ACCEPTED, State.COLLECTED)


def write_to_audience(
    uow: UnitOfWork,
    notification: Notification,
    audience: Audience,
    payload: Mapping[str, Any],
    cause: UUID,
) -> None:
    """A message for each of them, once for each cause; they leave by and by, urgent ones first.

    What said something of the same subject and has not left yet does not leave any more.
    """
    texts = _texts(uow, notification, audience, payload, cause)
    if not texts:
        return
    subject_id = UUID(payload["subject_id"]) if payload.get("subject_id") else None
    readers = _readers(uow, audience, subject_id)
    if subject_id:
        _replace(uow, subject_id, cause)
    common = {
        "cause": cause,
        "fact": notification.fact.name,
        "subject_id": subject_id,
        "is_bulk": True,
        "is_urgent": audience.is_urgent,
        "accepted_at": uow.now,
    }
    rows = (_row(common, texts, *reader) for reader in readers)
    put = insert(Message).on_conflict_do_nothing()
    for page in _pages(rows):
        uow.session.execute(put, page)
    if readers:
        uow.defer(DRAIN, once=DRAIN, in_turn=DRAIN)


def _pages(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while page := list(islice(rows, PAGE)):
        yield page


def _texts(
    uow: UnitOfWork,
    notification: Notification,
    audience: Audience,
    payload: Mapping[str, Any],
    cause: UUID,
) -> dict[str, UUID]:
    """The ids of the texts by language; none where there is nothing to say."""
    for language in LANGUAGES:
        with speaking(language):
            said = notification.letter(uow, payload)
            if said is None:
                return {}
            short = _short(uow, notification, payload)
        row = {
            "id": new_id(),
            "cause": cause,
            "language": language,
            "topic": audience.topic,
            "places": sorted(audience.places),
            "until": audience.until,
            "subject": said[0],
            "text": said[1],
            "short": short,
        }
        uow.session.execute(insert(Text).values(row).on_conflict_do_nothing())
    written = select(Text.language, Text.id).where(Text.cause == cause)
    return {language: text_id for language, text_id in uow.session.execute(written)}


def _short(uow: UnitOfWork, notification: Notification, payload: Mapping[str, Any]) -> str | None:
    """Words of an SMS in the language in force; None where the subject is enough."""
    if notification.short is None:
        return None
    return short_to_many(uow, *notification.short(uow, payload))


def _readers(uow: UnitOfWork, audience: Audience, subject_id: UUID | None) -> list[tuple[Any, ...]]:
    """Id, channel, language and pace of each. One query."""
    wanted = []
    if audience.asked:
        wanted += [_asked(one) for one in (audience, *audience.besides)]
    if audience.told and subject_id:
        told = select(Message.subscriber_id).where(
            Message.subject_id == subject_id,
            Message.state.in_(TOLD),
            Message.subscriber_id.is_not(None),
        )
        wanted.append(Subscriber.id.in_(told))
    rows = select(Subscriber.id, Subscriber.channel, Subscriber.language, Subscriber.pace)
    rows = rows.where(_can_hear(), or_(false(), *wanted))
    return [tuple(row) for row in uow.session.execute(rows)]


def _can_hear() -> ColumnElement[bool]:
    """Whoever has confirmed and can be reached."""
    is_suppressed = exists().where(Suppression.address_hash == Subscriber.address_hash)
    return Subscriber.confirmed_at.is_not(None) & ~is_suppressed


def who_would_hear(uow: UnitOfWork, audience: Audience) -> dict[str, int]:
    """How many by channel, if it were told now. One query."""
    wanted = or_(*(_asked(one) for one in (audience, *audience.besides)))
    rows = select(Subscriber.channel, func.count()).where(_can_hear(), wanted)
    counts = dict.fromkeys(map(str, Channel), 0)
    return counts | {
        channel: number
        for channel, number in uow.session.execute(rows.group_by(Subscriber.channel))
    }


def _asked(audience: Audience) -> ColumnElement[bool]:
    topic = Subscriber.topics.contains([audience.topic])
    if audience.any_topic:
        topic = true()
    if not audience.is_urgent:
        topic &= Subscriber.pace != Pace.URGENT
    if not audience.places:
        return topic
    everywhere = func.cardinality(Subscriber.places) == 0
    return topic & or_(everywhere, Subscriber.places.overlap(sorted(audience.places)))


def _replace(uow: UnitOfWork, subject_id: UUID, cause: UUID) -> None:
    old = update(Message).where(
        Message.subject_id == subject_id,
        Message.cause != cause,
        Message.is_bulk,
        Message.state.in_(UNTOLD),
    )
    uow.session.execute(old.values(state=State.REPLACED))


def _row(
    common: Mapping[str, Any],
    texts: Mapping[str, UUID],
    subscriber_id: UUID,
    channel: str,
    language: str,
    pace: str,
) -> dict[str, Any]:
    waits = pace in DIGESTS and not common["is_urgent"]
    return {
        **common,
        "id": new_id(),
        "subscriber_id": subscriber_id,
        "channel": channel,
        "language": language,
        "text_id": texts[language],
        "state": State.COLLECTED if waits else State.ACCEPTED,
    }
