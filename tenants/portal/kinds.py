"""Union of what parts declare alike: the rows of several kinds as one table that names each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from sqlalchemy import Select, Subquery, literal, select, union_all

from obshto.platform.unit_of_work import UnitOfWork


class DeclaredKind(Protocol):
    """A kind with a word of its own; the columns of its rows are those of all."""

    @property
    def word(self) -> str: ...
    @property
    def rows(self) -> Callable[[UnitOfWork], Select[Any]]: ...


def rows_of_kinds(uow: UnitOfWork, kinds: Mapping[str, DeclaredKind], kind: str = "") -> Subquery:
    """Rows of all these kinds, or of one, with the word of each as `kind`."""
    chosen = [one for word, one in kinds.items() if kind in ("", word)]
    return union_all(*(_named(uow, one) for one in chosen)).subquery()


def _named(uow: UnitOfWork, one: DeclaredKind) -> Select[Any]:
    rows = one.rows(uow).order_by(None).subquery()
    return select(literal(one.word).label("kind"), *rows.c)
