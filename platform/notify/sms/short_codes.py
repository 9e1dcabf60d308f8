"""Short codes: six digits that come to a phone, by which its reader says that a thing is theirs.

A code is derived from the thing and the number, so nothing is kept of it; asked for again it is
the same. `purpose` is „table.column“-like. When not to use it: without a limit on how often may
be guessed, or for what stays open for more than some days.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

from obshto.platform.cases.codes import digits
from obshto.platform.db.base import new_id
from obshto.platform.keys.encryption import blind_index
from obshto.platform.notify.budgets import room_left
from obshto.platform.notify.errors import NoSmsToday, WrongCode
from obshto.platform.notify.models import Channel
from obshto.platform.notify.outbox import put_letter
from obshto.platform.notify.settings import letters_settings
from obshto.platform.rate_limit.forms import may_still
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import speaking

SIGNS: Final = 6
# Whoever they come from: nobody guesses a code, nobody annoys a phone from a hundred places.
GUESSES: Final = RateLimit(thing="notify:code.guess", most=5, window=timedelta(minutes=15))
GUESSES_OF_DAY: Final = RateLimit(thing="notify:code.guess-of-day", most=20)
CODES: Final = RateLimit(thing="notify:code.send", most=5)


def sends_sms(uow: UnitOfWork) -> bool:
    """Whether the municipality sends short messages at all. One query."""
    return bool(letters_settings(uow).sms_sender)


def send_code(
    uow: UnitOfWork,
    purpose: str,
    object_id: UUID,
    number: str,
    *,
    fact: str,
    language: str,
    words: Callable[[str], str],
    once: UUID | None = None,
) -> None:
    """One SMS to the number (E.164) with the `words` around its code. Raises NoSmsToday.

    `once` is the id of what asked: asked for again, nothing more is sent.
    """
    if not sends_sms(uow) or room_left(uow)[Channel.SMS] <= 0:
        raise NoSmsToday
    with speaking(language):
        text = words(_code(purpose, object_id, number))
    cause = once or new_id()
    put_letter(
        uow,
        id=cause,
        cause=cause,
        fact=fact,
        language=language,
        words=("", text),
        recipient=number,
        channel=Channel.SMS,
    )


def check_code(purpose: str, object_id: UUID, number: str, typed: str) -> None:
    """Raises WrongCode."""
    if not hmac.compare_digest(digits(typed), _code(purpose, object_id, number)):
        raise WrongCode


def may_be_sent(number: str) -> bool:
    """Count a code that is to go to this number; False where there were enough today."""
    return may_still(CODES, key_of_phone(number))


def may_guess(number: str) -> bool:
    """Count a guess; False where there were too many, whoever typed them from wherever."""
    key = key_of_phone(number)
    return may_still(GUESSES, key) and may_still(GUESSES_OF_DAY, key)


def key_of_phone(number: str) -> str:
    """By which a number is counted, which nobody reads out of the counter."""
    return blind_index("notify_code.phone", number).hex()


def _code(purpose: str, object_id: UUID, number: str) -> str:
    drawn = blind_index(purpose, f"{object_id.hex}.{number}")
    return f"{int.from_bytes(drawn[:8]) % 10**SIGNS:0{SIGNS}}"
