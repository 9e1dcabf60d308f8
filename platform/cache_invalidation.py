"""Cached pages are let go in the very transaction that changes what they show."""

from __future__ import annotations

from sqlalchemy import text

from obshto.platform.unit_of_work import UnitOfWork


def invalidate_pages(uow: UnitOfWork) -> None:
    """Closer, the last of all: the row it locks is shared by every writer of the municipality."""
    if any(fact.is_public for fact in uow.facts) and uow.within:
        uow.session.execute(text("SELECT shared.touch()"))
