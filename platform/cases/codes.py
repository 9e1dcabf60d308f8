"""Codes of digits by which a case is followed: easy to say by phone, too many to guess."""

from __future__ import annotations

from uuid import UUID

from obshto.platform.keys.encryption import blind_index

FOLLOW = 20  # digits


def code_of(label: str, request_id: UUID) -> str:
    """The code for a request: the same again, so that a second click finds the first.

    Derived under the municipality's key: who knows the request alone cannot know the code.
    """
    number = int.from_bytes(blind_index(label, request_id.hex))
    return f"{number % 10**FOLLOW:0{FOLLOW}d}"


def digits(typed: str) -> str:
    """A code as it is looked up: without the blanks and hyphens that people write in it."""
    return "".join(sign for sign in typed if sign.isascii() and sign.isdigit())


def grouped(code: str) -> str:
    """A code as people read it: in fours."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
