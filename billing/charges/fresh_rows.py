"""Rows as they are now, for whoever holds the lock and may have read them before."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Select

T = TypeVar("T")


def fresh(wanted: Select[T]) -> Select[T]:
    """The same rows, read over what the session remembers of them."""
    return wanted.execution_options(populate_existing=True)
