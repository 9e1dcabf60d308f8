"""Codes by which a booking is found without an account, and the keyed indexes of reach."""

from __future__ import annotations

from uuid import UUID

from obshto.platform.cases import codes
from obshto.platform.keys.encryption import blind_index

_DERIVED, _KEPT, _REACH = "bookings.code", "bookings.code_index", "bookings.reach"


def code_of(request_id: UUID) -> str:
    """The code of a booking: the same for the same request."""
    return codes.code_of(_DERIVED, request_id)


def index_of(code: str) -> bytes:
    """The index that is kept of a code."""
    return blind_index(_KEPT, code)


def reach_index(reach: str) -> bytes | None:
    """The index of an e-mail address or of a phone in its full form; None of nothing."""
    return blind_index(_REACH, reach.casefold()) if reach else None
