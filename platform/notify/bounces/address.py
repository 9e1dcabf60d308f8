"""The address that a letter comes back to: it says which letter, signed by its municipality.

Whoever may say that a letter came back can stop letters to somebody. So each has an address of its
own, which is known to those alone through whose hands it went.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID

from flask import current_app

from obshto.platform.keys.encryption import blind_index
from obshto.platform.notify.job_names import RETURNS
from obshto.platform.notify.letter import mailbox_of
from obshto.platform.unit_of_work import UnitOfWork

MARK, SIGNATURE = 4, 10  # bytes; with the 16 of the letter's id they are 48 letters
# Of base32, because some servers on the way turn all letters small (RFC 5321 §4.1.2 or not).
_word = re.compile(r"\+([A-Za-z2-7]{48})@").search
LONGEST: Final = 15  # of the name before the plus: a local part has 64 signs (RFC 5321 §4.5.3.1.1)
_name = re.compile(rf"[A-Za-z0-9._-]{{1,{LONGEST}}}").fullmatch


@dataclass(frozen=True, slots=True)
class ReturnAddress:
    """Which letter, of whom (four bytes of a hash, to look at few), and what proves it."""

    mark: bytes
    message_id: UUID
    signature: bytes

    @classmethod
    def found_in(cls, text: str) -> Self | None:
        """The first one that stands there."""
        found = _word(text)
        if found is None:
            return None
        made = b32decode(found[1].upper())
        return cls(made[:MARK], UUID(bytes=made[MARK:-SIGNATURE]), made[-SIGNATURE:])

    def may_be_of(self, slug: str) -> bool:
        """Whether to ask this municipality. It proves nothing."""
        return self.mark == _mark(slug)

    def is_ours(self) -> bool:
        """Whether the municipality in scope made it."""
        return hmac.compare_digest(self.signature, _signature(self.message_id))


def return_address(uow: UnitOfWork, message_id: UUID) -> str | None:
    """Where this letter comes back to; None where the installation reads nothing that does."""
    returns: str = current_app.extensions[RETURNS]
    if not returns:
        return None
    name, _, domain = returns.rpartition("@")
    made = _mark(uow.scope.slug) + message_id.bytes + _signature(message_id)
    return f"{name}+{b32encode(made).decode().lower()}@{domain}"


def takes_returns(address: str) -> bool:
    """Whether an installation can be told to use this address: plain, with room for the word."""
    try:
        mailbox = mailbox_of(address)
    except ValueError:
        return False
    return not mailbox.display_name and bool(_name(mailbox.username))


def _mark(slug: str) -> bytes:
    return hashlib.sha256(slug.encode()).digest()[:MARK]


def _signature(message_id: UUID) -> bytes:
    return blind_index("notify_message.bounce", message_id.hex)[:SIGNATURE]
