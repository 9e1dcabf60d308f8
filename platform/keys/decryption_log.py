"""Columns decrypted in this context, by name: what the guard of purposes compares with looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

DECRYPTED: ContextVar[set[str] | None] = ContextVar("obshto.decrypted", default=None)


def note_decryption(column: str) -> None:
    """Add a `table.column` where somebody counts."""
    if (noted := DECRYPTED.get()) is not None:
        noted.add(column)


@contextmanager
def uncounted() -> Iterator[None]:
    """What is decrypted inside needs no look: a trial that staff typed, what everybody may read."""
    token = DECRYPTED.set(None)
    try:
        yield
    finally:
        DECRYPTED.reset(token)
