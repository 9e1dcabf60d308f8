"""Sums as people type them."""

from __future__ import annotations

import re

LEVA_PER_EURO = 195_583  # hundred-thousandths: 1.95583, Regulation (EU) 2025/1409
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


def euro_cents_of(stotinki: int) -> int:
    """Leva of earlier years in euro: divided by the full rate, the half cent up.

    Act on the introduction of the euro: the rate is neither rounded nor inverted.
    """
    return (2 * stotinki * 100_000 + LEVA_PER_EURO) // (2 * LEVA_PER_EURO)
