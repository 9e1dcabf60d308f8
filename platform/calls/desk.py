"""Call desk of a part: which calls there are, who makes them, whom each is about."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import Select

from obshto.platform.calls.models import CallRow
from obshto.platform.calls.services import ended_among, owed_among
from obshto.platform.modularity.todo import Todo, TodoKind
from obshto.platform.permissions import Permission
from obshto.platform.unit_of_work import UnitOfWork

C = TypeVar("C", bound=CallRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callee:
    """Whom a call is about, as the list shows it; name and phone only where they were opened.

    `endpoint` with its `arguments` is the staff page of the thing, `state` words and colour of a
    tag.
    """

    endpoint: str
    arguments: Mapping[str, Any]
    about: str
    state: tuple[str, str] | None = None
    is_opened: bool = False
    is_emptied: bool = False
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class CallDesk(ABC, Generic[C]):
    """Calls of one part. `waits` says when the list fills, below the sentence that it is empty.

    `intro` says whom one calls, `by` stands before the last moment, `reached` on the button.
    """

    part: str
    permission: Permission
    model: type[C]
    waits: LazyString
    intro: LazyString = _(
        "До тези хора не стига нито имейл, нито SMS. Обадете им се и запишете как е минало."
    )
    by: LazyString = _("Кажете го до:")
    reached: LazyString = _("Човекът научи")

    @abstractmethod
    def rows(self, uow: UnitOfWork) -> Select[C]:
        """The calls that who asks may make; who it is stays encrypted."""

    @abstractmethod
    def callees(self, uow: UnitOfWork, calls: Sequence[C]) -> Mapping[UUID, Callee]:
        """By the id of the call. Statements must not grow with `calls`."""

    @abstractmethod
    def look(self, uow: UnitOfWork, call: C) -> None:
        """Open name and phone for this call, and record who did. Raises DataRestricted."""

    @abstractmethod
    def tell_ended(self, uow: UnitOfWork, call: C) -> None:
        """Emit that somebody called, or put the call back."""

    def owed(self, uow: UnitOfWork) -> Select[C]:
        """Whom who asks has to call now."""
        return owed_among(uow, self.rows(uow), self.model)

    def ended(self, uow: UnitOfWork) -> Select[C]:
        """Those that were made."""
        return ended_among(self.rows(uow), self.model)

    def todo(self) -> Todo:
        """The list among the work that waits."""
        return Todo(
            kind=TodoKind.NEW,
            label=_("Кого да потърсим по телефона"),
            permission=self.permission,
            endpoint=f"{self.part}_console.calls",
            rows=self.owed,
        )
