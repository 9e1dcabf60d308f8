"""Erasure log: rows that a function of the database deleted, for who counts what a block erases.

A statement of the ORM is seen by `platform/privacy/row_tracker` itself; a function is not. Shapes:
ids as text, by the name of their table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session

ERASED = "obshto.erased"  # in `info` of the session while somebody counts


def note_erased(session: Session, table: str, ids: Iterable[object]) -> None:
    """Add rows where somebody counts."""
    if (noted := session.info.get(ERASED)) is not None:
        noted[table].update(str(one) for one in ids)


def erased_before(session: Session, table: str) -> Collection[str]:
    """Those that were noted since the counting began."""
    noted = session.info.get(ERASED)
    return noted[table] if noted else ()
