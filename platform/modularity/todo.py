"""Work that waits for staff, as a component declares it for the home page of the console."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flask_babel import LazyString
from sqlalchemy import ColumnElement, Date, Select, cast, func

from obshto.platform.clock import SOFIA
from obshto.platform.permissions import Permission

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


class TodoKind(StrEnum):
    """Why work waits; the members stand in the order of the page."""

    LATE = "late"
    NEW = "new"
    MINE = "mine"
    APPROVE = "approve"
    ANSWER = "answer"
    PUBLISH = "publish"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """A list of the console whose rows wait, as a statement. Those of all parts are counted in one.

    `rows` asks the database nothing by itself: what it needs to know is a subquery.

    `arguments` open the list at `endpoint`. Of two with one kind and label the first that somebody
    may see is shown: who handles a queue sees it there, who oversees it elsewhere. With `page`, the
    endpoint of one row by its id as `page_of`, the only one that waits is opened at once.
    """

    kind: TodoKind
    label: LazyString
    permission: Permission
    endpoint: str
    rows: Callable[[UnitOfWork], Select[Any]]
    arguments: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    page_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDays:
    """Days on which something of a part takes place or a term ends: one row and one date each.

    Read in the statement that counts the lists; `days` asks nothing by itself either.
    """

    label: LazyString
    permission: Permission
    endpoint: str
    days: Callable[[UnitOfWork], Select[Any]]
    arguments: Mapping[str, str] = field(default_factory=dict)


def queue_todo(
    label: LazyString,
    permission: Permission,
    endpoint: str,
    queue: Callable[[UnitOfWork, str], Select[Any]],
    lists: Mapping[str, TodoKind],
) -> tuple[Todo, ...]:
    """Todos of one queue: `lists` say which of them waits why."""
    return tuple(
        Todo(
            kind=kind,
            label=label,
            permission=permission,
            endpoint=endpoint,
            rows=lambda uow, name=name: queue(uow, name),  # type: ignore[misc]
            arguments={"list": name},
        )
        for name, kind in lists.items()
    )


def day_in_sofia(moment: ColumnElement[datetime] | Any) -> ColumnElement[date]:
    """The day of a moment, as clocks in Bulgaria show it."""
    return cast(func.timezone(str(SOFIA), moment), Date)
