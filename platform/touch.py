"""Cached pages are let go in the very transaction that changes what they show."""

from __future__ import annotations

from sqlalchemy import text

from obshto.platform.work import Work


def touch(work: Work) -> None:
    """Closer, the last of all: the row it locks is shared by every writer of the municipality."""
    if any(fact.is_public for fact in work.facts) and work.scope:
        work.session.execute(text("SELECT shared.touch()"))
