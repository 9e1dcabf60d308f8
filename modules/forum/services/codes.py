"""Codes by which an author opens a post, and the keyed indexes that find it."""

from __future__ import annotations

from uuid import UUID

from obshto.platform.cases import codes
from obshto.platform.keys.encryption import blind_index

_DERIVED, _KEPT = "forum_post.code", "forum_post.code_index"


def code_of(request_id: UUID) -> str:
    """The code of a post: the same for the same request."""
    return codes.code_of(_DERIVED, request_id)


def index_of(code: str) -> bytes:
    """The index that is kept of a code."""
    return blind_index(_KEPT, code)
