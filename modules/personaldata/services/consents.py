"""Consents of a person: what they let the municipality write to them, withdrawn with a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from flask_babel import LazyString, gettext

from obshto.modules.personaldata.errors import NoSuchRequest
from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.services.states import ANSWERED, note
from obshto.modules.personaldata.services.submission import RequestWords, send_request
from obshto.platform.modularity.registry import current_registry
from obshto.platform.notify.models import Subscriber
from obshto.platform.notify.subscribers import stop, subscribers_behind
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A subscription: by which channel, to which topics, since when."""

    id: UUID
    channel: str
    topics: tuple[LazyString | str, ...]
    given_at: datetime


def consents_of(uow: UnitOfWork, person_id: UUID) -> list[Consent]:
    """What somebody with an account has agreed to. One query."""
    return [_consent(row) for row in subscribers_behind(uow, person_id)]


def withdraw_consent(uow: UnitOfWork, subscriber_id: UUID, *, name: str) -> DataRequest:
    """Nothing more is sent from now on; the case is the receipt. Twice finds it again.

    Raises NoSuchRequest.
    """
    me = uow.principal.person_id
    assert me
    key = uuid5(subscriber_id, "consent")
    found = next((one for one in subscribers_behind(uow, me) if one.id == subscriber_id), None)
    if found is None:
        if first := _receipt(uow, key):
            return first
        raise NoSuchRequest
    words = _words(_consent(found))
    row = send_request(
        uow,
        RequestWords(kind="consent", words=words, name=name, about_id=subscriber_id),
        request_id=key,
    )
    stop(uow, found)
    row.state, row.ended_at, row.open_key = ANSWERED, uow.now, None
    row.answer = gettext("Съгласието Ви е оттеглено и повече не Ви пишем. %(words)s", words=words)
    note(uow, row, "consent", by_staff=False)
    return row


def _receipt(uow: UnitOfWork, key: UUID) -> DataRequest | None:
    return uow.session.query(DataRequest).filter_by(request_id=key).one_or_none()


def _consent(row: Subscriber) -> Consent:
    titles = {t.word: t.title for part in current_registry().parts.values() for t in part.topics}
    topics = tuple(titles.get(word, word) for word in row.topics)
    given_at = row.confirmed_at or row.asked_at
    return Consent(id=row.id, channel=row.channel, topics=topics, given_at=given_at)


def _words(consent: Consent) -> str:
    return ", ".join(str(topic) for topic in consent.topics)
