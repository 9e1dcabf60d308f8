"""Search for the section of an address: streets as people write them, numbers odd and even.

Pure: addresses of all sections come in, the answer goes out; nothing of what was asked is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

ALL, ODD, EVEN = "all", "odd", "even"
LAST = 9_999
SUGGESTED = 10  # streets like the one that was typed
_kinds = re.compile(
    r"^(ул(\.|ица\b)|бул(\.|евард\b)|пл(\.|ощад\b)|ж\.?\s?к\.|кв(\.|артал\b)|местност\b)\s*"
)
_marks = re.compile(r"[„“”\"'«».,()№\-–]+")
_number = re.compile(r"\d{1,4}").match


class Addressed(Protocol):
    """Addresses of one section, as far as they are compared. `street_key` empty: all the rest."""

    section_id: UUID
    settlement: str
    street: str
    street_key: str
    side: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressAnswer:
    """The section, or what is missing: a street, a number, or one of the streets like it."""

    section_id: UUID | None = None
    needs_street: bool = False
    needs_number: bool = False
    is_unknown: bool = False
    streets: Sequence[str] = ()


def street_key(street: str) -> str:
    """A street as it is compared: small letters, without „ул.“, quotes and marks."""
    plain = _kinds.sub("", street.strip().casefold())
    return " ".join(_marks.sub(" ", plain).split())


def house_number(typed: str) -> int | None:
    """The figures that a number begins with: 12 of „12А“; None where there are none."""
    found = _number(typed.strip().lstrip("№").strip())
    return int(found[0]) if found else None


def takes(one: Addressed, number: int) -> bool:
    """A house number lies among those of the row."""
    is_side = one.side == ALL or (number % 2 == 1) == (one.side == ODD)
    return is_side and one.first <= number <= one.last


def overlap(one: Addressed, other: Addressed) -> bool:
    """Two rows claim an address in common."""
    if (one.settlement, one.street_key) != (other.settlement, other.street_key):
        return False
    first, last = max(one.first, other.first), min(one.last, other.last)
    if not one.street_key:
        return True
    # Two numbers side by side have one of each kind; more than that need not be looked at.
    return any(takes(one, n) and takes(other, n) for n in range(first, min(last, first + 1) + 1))


def find_section(
    rows: Iterable[Addressed], *, settlement: str, street: str, number: str
) -> AddressAnswer:
    """The section of an address. A street that is written down counts before „the rest“."""
    here = [row for row in rows if row.settlement == settlement]
    rest = [row for row in here if not row.street_key]
    if not here:
        return AddressAnswer(is_unknown=True)
    if len({row.section_id for row in here}) == 1 and rest:
        return AddressAnswer(section_id=here[0].section_id)
    key = street_key(street)
    if not key:
        return AddressAnswer(needs_street=True, streets=_streets(here, ""))
    named = [row for row in here if row.street_key == key]
    return _of_street(named, rest, house_number(number)) or AddressAnswer(
        is_unknown=True, streets=_streets(here, key)
    )


def _of_street(
    named: Sequence[Addressed], rest: Sequence[Addressed], number: int | None
) -> AddressAnswer | None:
    sections = {row.section_id for row in named}
    is_whole = any(row.side == ALL and row.first <= 1 and row.last >= LAST for row in named)
    if len(sections) == 1 and (is_whole or (number is None and not rest)):
        return AddressAnswer(section_id=sections.pop())
    if named and number is None:
        return AddressAnswer(needs_number=True)
    found = [row for row in named if number is not None and takes(row, number)] or rest
    return AddressAnswer(section_id=found[0].section_id) if found else None


def _streets(rows: Iterable[Addressed], key: str) -> list[str]:
    """Streets that have a word beginning as one of those typed; all where none was."""
    words = [word[:4] for word in key.split()]
    known = sorted({row.street: row.street_key for row in rows if row.street_key}.items())
    alike = [
        street
        for street, own in known
        if not words or any(part.startswith(word) for part in own.split() for word in words)
    ]
    return alike[:SUGGESTED]
