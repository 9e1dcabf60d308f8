"""Numbers that nobody would write by chance, of each part in each municipality.

They follow from the house's secret, so no list of them is kept and none need be read anywhere.
Digits alone: they stay as they are in HTML, JSON, CSV, and for the search.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

DIGITS = 18
_number = re.compile(rf"\d{{{DIGITS}}}")

Mark = tuple[str, str]  # whose it is, of which part


def mark_of(secret: str, slug: str, part: str) -> str:
    """The same each time. It begins with no zero, so that no program shortens it."""
    drawn = hmac.new(secret.encode(), f"canary|{slug}|{part}".encode(), sha256).digest()
    return str(10 ** (DIGITS - 1) + int.from_bytes(drawn[:8]) % (9 * 10 ** (DIGITS - 1)))


def all_marks(secret: str, slugs: Iterable[str], parts: Iterable[str]) -> Mapping[str, Mark]:
    """Of everybody, to be recognised."""
    known = tuple(parts)
    return {mark_of(secret, slug, part): (slug, part) for slug in slugs for part in known}


def marks_in(text: str, known: Mapping[str, Mark]) -> set[Mark]:
    """Those that stand there."""
    return {known[number] for number in _number.findall(text) if number in known}
