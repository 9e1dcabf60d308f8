"""Codes by which a request is followed, the index that finds it, the word said at the door."""

from __future__ import annotations

from secrets import choice
from uuid import UUID

from obshto.modules.assistants.services.kinds import CODE_WORDS
from obshto.platform.cases import codes
from obshto.platform.keys.encryption import blind_index

_DERIVED, _KEPT = "assistants_request.code", "assistants_request.code_index"


def code_of(request_id: UUID) -> str:
    """The code of a request: the same for the same form."""
    return codes.code_of(_DERIVED, request_id)


def index_of(code: str) -> bytes:
    """The index that is kept of a code."""
    return blind_index(_KEPT, code)


def new_code_word() -> str:
    """A word that the visitor says at the door; a new one for each visit."""
    return choice(CODE_WORDS)
