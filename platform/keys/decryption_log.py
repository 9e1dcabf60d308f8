"""Columns decrypted in this context, by name: what the guard of purposes compares with looks."""

from __future__ import annotations

from contextvars import ContextVar

DECRYPTED: ContextVar[set[str] | None] = ContextVar("obshto.decrypted", default=None)


def note_decryption(column: str) -> None:
    """Add a `table.column` where somebody counts."""
    if (noted := DECRYPTED.get()) is not None:
        noted.add(column)
