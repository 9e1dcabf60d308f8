"""Sums as people type them."""

from __future__ import annotations

import re

MOST = 100_000_000  # cents; nobody pays a million at once
_sum = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?", re.ASCII).fullmatch


def cents_of(typed: str) -> int | None:
    """Cents of „12“, „12,5“, „12.50“, „1 200,00 €“; None for what is no sum."""
    found = _sum(re.sub(r"[\s\u00a0\u202f€]", "", typed))
    if found is None:
        return None
    cents = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return cents if cents <= MOST else None


def typed_as(cents: int) -> str:
    """12,50: as one would type it."""
    return f"{cents // 100},{cents % 100:02}"
