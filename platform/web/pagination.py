"""Lists in numbered pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import array
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
    """The rows of the page with how many there are: one query. Past the end is the last page.

    Where no row stands on the page there are two, past the end three; only the rows are asked for
    where the `total` has been counted for something else.
    """
    if total is None:
        counts = select(number_of(statement).scalar_subquery().label("all"))
        page, _ = paginate_counted(session, statement, number, counts=counts, total="all")
        if len(statement.column_descriptions) > 1:  # then what stands first is the row
            return Page([row[0] for row in page.rows], page.number, page.total)
        return page
    number = min(number, _last(total))
    shown = session.scalars(statement.limit(SIZE).offset((number - 1) * SIZE)).all()
    return Page(list(shown), number, total)


def paginate_counted(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    number: int,
    *,
    counts: Select[*tuple[Any, ...]],
    total: str,
) -> tuple[Page, dict[str, int]]:
    """A page and the one row of `counts`, of which `total` names how many are on all pages. One
    query: each row brings the counts, which PostgreSQL reckons once for the statement.

    Where no row stands on the page there are two, past the end three.
    """
    names = list(counts.selected_columns.keys())
    # Of a list of its own even where the page asks the same table.
    one = counts.with_only_columns(array([*counts.selected_columns])).correlate(None)
    told = one.scalar_subquery()
    width = len(statement.column_descriptions)

    def read(at: int) -> Sequence[Any]:
        found = statement.add_columns(told).limit(SIZE).offset((at - 1) * SIZE)
        return session.execute(found).all()

    rows = read(number)
    numbers = rows[0][width] if rows else session.scalars(one).one()
    counted = dict(zip(names, numbers, strict=True))
    last = _last(counted[total])
    if number > last:
        number, rows = last, read(last)
    shown = [row[0] if width == 1 else row[:width] for row in rows]
    return Page(shown, number, counted[total]), counted


def _last(total: int) -> int:
    return max(1, -(-total // SIZE))


def page_of_rows(rows: Sequence[Any], number: int) -> Page:
    """A page of rows that are at hand. Past the end is the last page."""
    number = min(number, _last(len(rows)))
    return Page(list(rows[(number - 1) * SIZE : number * SIZE]), number, len(rows))
