"""Last change of what the address of a page names: who made it, told to staff alone.

Declared here, supplied by who reads the log and knows who works in a municipality.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import current_app, g, request
from flask_babel import LazyString

from obshto.platform.permissions import Permission
from obshto.platform.web.access import access_of

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork

LAST_CHANGE = "obshto.last_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChange:
    """One act: what, when and by whom; `who` is empty unless it was somebody who works here."""

    act: LazyString
    at: datetime
    who: str
    is_mine: bool


FindLastChange = Callable[["UnitOfWork", Collection[UUID]], LastChange | None]


def last_change() -> LastChange | None:
    """Of the rows in the address of this page; None for citizens, and where none is known."""
    find: FindLastChange | None = current_app.extensions.get(LAST_CHANGE)
    ids = {value for value in (request.view_args or {}).values() if isinstance(value, UUID)}
    view = current_app.view_functions.get(request.endpoint or "")
    if not (find and ids and view and "uow" in g and g.uow.within):
        return None
    access = access_of(view)
    words = [who for who in (access.who, *access.others) if isinstance(who, Permission)]
    return find(g.uow, ids) if any(map(g.uow.principal.may, words)) else None
