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
from obshto.platform.keys.encryption import blind_index
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
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import speaking

AGAIN: Final = timedelta(minutes=2)  # a second code is not sent before
LASTS: Final = timedelta(minutes=15)


def ask_phone(
    uow: UnitOfWork, number: str, wishes: Wishes, *, request_id: UUID | None = None
) -> Subscriber:
    """Send a code to the number. Who has confirmed already keeps the wishes they had.

    `number` is in E.164. `request_id` is that of a clerk's form. Raises NoSmsToday.
    """
    found, is_new = found_or_made(uow, number, wishes, channel=Channel.SMS)
    if request_id and found.request_id != request_id:
        found.request_id = request_id
        uow.emit(SubscriberAsked(subject_id=found.id))
    if not is_new and uow.now - found.asked_at < AGAIN:
        return found
    if room_left(uow)[Channel.SMS] <= 0:
        raise NoSmsToday
    found.asked_at = uow.now
    if found.confirmed_at is None:
        put_wishes(found, wishes)
    forgive(uow, found)
    code = f"{secrets.randbelow(10**6):06}"
    found.code_hash, found.code_until = _hash_of(found, code), uow.now + LASTS
    uow.session.flush()
    put_letter(
        uow,
        cause=new_id(),
        fact=SubscriberAsked.name,
        language=found.language,
        words=("", _words(uow, found, code)),
        subscriber_id=found.id,
        channel=Channel.SMS,
    )
    return found


def confirm_phone(uow: UnitOfWork, number: str, code: str) -> Subscriber:
    """The subscription whose phone got that code. Raises WrongCode.

    How often may be guessed is the brake's business, which counts in a transaction of its own.
    """
    wanted = select(Subscriber).where(Subscriber.address_hash == hash_of(number)).with_for_update()
    found = uow.session.scalar(wanted)
    if found is None or found.code_hash is None or found.code_until is None:
        raise WrongCode
    is_right = hmac.compare_digest(found.code_hash, _hash_of(found, code))
    if found.code_until <= uow.now or not is_right:
        raise WrongCode
    found.code_hash = found.code_until = None
    confirm(uow, found)
    return found


def asked_phone(uow: UnitOfWork, reader_id: str) -> Subscriber | None:
    """Whose code a clerk waits for, by the id in the address of the page."""
    try:
        reader = uow.session.get(Subscriber, UUID(reader_id))
    except ValueError:
        return None
    return reader if reader and reader.code_hash else None


def adopt(uow: UnitOfWork, reader: Subscriber, person_id: UUID) -> None:
    """The phone becomes that of the account, where this has none yet."""
    if reader.person_id is None and not subscriber_behind(uow, person_id, channel=Channel.SMS):
        reader.person_id = person_id


def _hash_of(reader: Subscriber, code: str) -> bytes:
    return blind_index("notify_subscriber.code_hash", f"{reader.id.hex}.{code}")


def _words(uow: UnitOfWork, reader: Subscriber, code: str) -> str:
    with speaking(reader.language):
        name = uow.scope.title
        said = gettext(
            "Код %(code)s за абонамент от %(name)s. Не го казвайте на никого.", code=code, name=name
        )
    return str(said)
