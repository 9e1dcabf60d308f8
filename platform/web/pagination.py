"""Lists in numbered pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from obshto.platform.soft_delete import number_of

SIZE = 20
DEEPEST = 500  # numbered pages stop at 10,000 rows; beyond that one filters


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, with the way to its neighbours."""

    rows: list[Any]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, min(-(-self.total // SIZE), DEEPEST))

    def href(self, number: int) -> str:
        """The address of another page of this list, its filters kept."""
        # Never as arguments of url_for: some of their names have a meaning there.
        kept = [(name, said) for name, said in request.args.items(multi=True) if name != "page"]
        query = urlencode([*kept, ("page", number)] if number > 1 else kept)
        here = url_for(request.endpoint or "", **(request.view_args or {}))
        return f"{here}?{query}" if query else here


def page_number() -> int:
    """The page that was asked for; anything that is no page is the first."""
    asked = request.args.get("page", "")
    number = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 5 else 1
    return min(max(number, 1), DEEPEST)


def paginate(
    session: Session, statement: Select[Any], number: int, *, total: int | None = None
) -> Page:
    """Two queries: the rows of the page, how many there are. Past the end is the last page.

    Only the first where the `total` has been counted for something else.
    """
    if total is None:
        total = session.scalar(number_of(statement)) or 0
    number = min(number, max(1, -(-total // SIZE)))
    shown = session.scalars(statement.limit(SIZE).offset((number - 1) * SIZE)).all()
    return Page(list(shown), number, total)


def paginate_counted(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    number: int,
    *,
    lists: Mapping[str, Select[Any]],
    total: str,
) -> tuple[Page, dict[str, int]]:
    """A page and how many are in each of the `lists`, of which `total` names its own. One query.

    Where no row stands on the page there are two, past the end three.
    """
    numbers = [number_of(rows).scalar_subquery() for rows in lists.values()]
    width = len(statement.column_descriptions)

    def read(at: int) -> Sequence[Any]:
        found = statement.add_columns(*numbers).limit(SIZE).offset((at - 1) * SIZE)
        return session.execute(found).all()

    rows = read(number)
    told = rows[0][width:] if rows else session.execute(select(*numbers)).one()
    counted = dict(zip(lists, told, strict=True))
    last = max(1, -(-counted[total] // SIZE))
    if number > last:
        number, rows = last, read(last)
    shown = [row[0] if width == 1 else row[:width] for row in rows]
    return Page(shown, number, counted[total]), counted


def page_of_rows(rows: Sequence[Any], number: int) -> Page:
    """A page of rows that are at hand. Past the end is the last page."""
    number = min(number, max(1, -(-len(rows) // SIZE)))
    return Page(list(rows[(number - 1) * SIZE : number * SIZE]), number, len(rows))
