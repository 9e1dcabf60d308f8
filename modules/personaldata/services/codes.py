"""Codes of requests: one to follow by, one to confirm an e-mail by, the key of an open request."""

from __future__ import annotations

from uuid import UUID

from obshto.platform.cases import codes
from obshto.platform.keys.encryption import blind_index

_DERIVED, _KEPT = "personaldata_request.code", "personaldata_request.code_index"
_PROOF = "personaldata_request.proof"


def code_of(request_id: UUID) -> str:
    """The code of a request: the same for the same form."""
    return codes.code_of(_DERIVED, request_id)


def index_of(code: str) -> bytes:
    """The index that is kept of a code."""
    return blind_index(_KEPT, code)


def proof_of(request_id: UUID) -> str:
    """What stands in the letter to an e-mail: who reads it can confirm the request."""
    return codes.code_of(_PROOF, request_id)


def open_key(kind: str, who: str, about: str) -> bytes:
    """One for a person, a kind and a thing, so that what is open is not opened again."""
    return blind_index("personaldata_request.open_key", f"{kind}|{who}|{about}")
