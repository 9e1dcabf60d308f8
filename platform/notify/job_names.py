"""How the jobs of the outbox are called, and what composition supplies to it."""

from __future__ import annotations

from typing import Final

WRITE: Final = "notify:write"
SEND: Final = "notify:send"
DRAIN: Final = "notify:drain"
RESUME: Final = "notify:resume"
DIGEST: Final = "notify:write-digests"
SWEEP: Final = "notify:sweep"

ADDRESS_BOOK: Final = "obshto.addresses"
PLACE_BOOK: Final = "obshto.places"
TRANSPORT: Final = "obshto.transport"
SENDER: Final = "obshto.sender"
RETURNS: Final = "obshto.returns"
PHONES: Final = "obshto.phones"
PUSHER: Final = "obshto.pusher"
