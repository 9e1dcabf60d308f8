"""A phone is confirmed by a code that comes to it; nobody subscribes the phone of somebody else."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select

from obshto.platform.db.base import new_id
from obshto.platform.keys.sealed import blind_index
from obshto.platform.notify.budgets import room_left
from obshto.platform.notify.errors import NoSmsToday, WrongCode
from obshto.platform.notify.events import SubscriberAsked
from obshto.platform.notify.models import Channel, Subscriber
from obshto.platform.notify.outbox import put_letter
from obshto.platform.notify.subscribers import (
    Wishes,
    confirm,
    forgive,
    found_or_made,
    hash_of,
    put_wishes,
    subscriber_behind,
)
from obshto.platform.web.language import speaking
from obshto.platform.work import Work

AGAIN: Final = timedelta(minutes=2)  # a second code is not sent before
LASTS: Final = timedelta(minutes=15)


def ask_phone(
    work: Work, number: str, wishes: Wishes, *, request_id: UUID | None = None
) -> Subscriber:
    """Send a code to the number. Who has confirmed already keeps the wishes they had.

    `number` is in E.164. `request_id` is that of a clerk's form. Raises NoSmsToday.
    """
    found, is_new = found_or_made(work, number, wishes, channel=Channel.SMS)
    if request_id and found.request_id != request_id:
        found.request_id = request_id
        work.record(SubscriberAsked(subject_id=found.id))
    if not is_new and work.now - found.asked_at < AGAIN:
        return found
    if room_left(work)[Channel.SMS] <= 0:
        raise NoSmsToday
    found.asked_at = work.now
    if found.confirmed_at is None:
        put_wishes(found, wishes)
    forgive(work, found)
    code = f"{secrets.randbelow(10**6):06}"
    found.code_hash, found.code_until = _hash_of(found, code), work.now + LASTS
    work.session.flush()
    put_letter(
        work,
        cause=new_id(),
        fact=SubscriberAsked.name,
        language=found.language,
        words=("", _words(work, found, code)),
        subscriber_id=found.id,
        channel=Channel.SMS,
    )
    return found


def confirm_phone(work: Work, number: str, code: str) -> Subscriber:
    """The subscription whose phone got that code. Raises WrongCode.

    How often may be guessed is the brake's business, which counts in a transaction of its own.
    """
    wanted = select(Subscriber).where(Subscriber.address_hash == hash_of(number)).with_for_update()
    found = work.session.scalar(wanted)
    if found is None or found.code_hash is None or found.code_until is None:
        raise WrongCode
    is_right = hmac.compare_digest(found.code_hash, _hash_of(found, code))
    if found.code_until <= work.now or not is_right:
        raise WrongCode
    found.code_hash = found.code_until = None
    confirm(work, found)
    return found


def asked_phone(work: Work, reader_id: str) -> Subscriber | None:
    """Whose code a clerk waits for, by the id in the address of the page."""
    try:
        reader = work.session.get(Subscriber, UUID(reader_id))
    except ValueError:
        return None
    return reader if reader and reader.code_hash else None


def adopt(work: Work, reader: Subscriber, person_id: UUID) -> None:
    """The phone becomes that of the account, where this has none yet."""
    if reader.person_id is None and not subscriber_behind(work, person_id, channel=Channel.SMS):
        reader.person_id = person_id


def _hash_of(reader: Subscriber, code: str) -> bytes:
    return blind_index("notify_subscriber.code_hash", f"{reader.id.hex}.{code}")


def _words(work: Work, reader: Subscriber, code: str) -> str:
    assert work.scope
    with speaking(reader.language):
        name = work.scope.title
        said = gettext(
            "Код %(code)s за абонамент от %(name)s. Не го казвайте на никого.", code=code, name=name
        )
    return str(said)
