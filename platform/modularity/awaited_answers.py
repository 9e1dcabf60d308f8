"""Things to which staff owe people an answer, as a component declares them for the one queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import LazyString
from sqlalchemy import Date, Select, Uuid, cast, null, select

from obshto.platform.permissions import Permission

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedAnswers:
    """Things of one kind; `rows` is made by `awaited_rows`, and each stands open at `endpoint`.

    `word` names the kind in addresses, `argument` is what the endpoint calls the id. Nothing of it
    is personal data that wants a purpose: whoever may see the list reads it.
    """

    word: str
    label: LazyString
    permission: Permission
    endpoint: str
    argument: str
    rows: Callable[[UnitOfWork], Select[Any]]


def awaited_rows(
    *, id: Any, title: Any, text: Any, place: Any, since: Any, due: Any
) -> Select[Any]:
    """The columns that lists of all parts have in common.

    `place` is an EKATTE code, empty for the whole municipality; `since` the moment from which the
    answer is awaited; `due` the last day, by law or as it was promised, None where there is none.
    """
    last_day = cast(null(), Date) if due is None else due
    return select(
        cast(id, Uuid).label("id"),
        title.label("title"),
        text.label("text"),
        place.label("place"),
        since.label("since"),
        last_day.label("due"),
    )
