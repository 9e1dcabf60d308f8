"""Codes of a mandate: that of the person's letter, that of a relative, the indexes that find it."""

from __future__ import annotations

from uuid import UUID

from obshto.platform.cases import codes
from obshto.platform.keys.encryption import blind_index

_DERIVED, _VIEWER, _KEPT = (
    f"mandates_mandate.{word}" for word in ("code", "viewer_code", "code_index")
)


def code_of(request_id: UUID) -> str:
    """The code of the letter: it shows the mandate and withdraws it."""
    return codes.code_of(_DERIVED, request_id)


def viewer_code_of(request_id: UUID) -> str:
    """The code of a relative: it shows the mandate and its journal."""
    return codes.code_of(_VIEWER, request_id)


def index_of(code: str) -> bytes:
    """The index that is kept of a code of either kind."""
    return blind_index(_KEPT, code)
