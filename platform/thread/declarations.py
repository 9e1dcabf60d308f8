"""Declaration of stations: the points that a public thing passes, who owes which by when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

if TYPE_CHECKING:
    from obshto.platform.domain_events import DomainEvent
    from obshto.platform.unit_of_work import UnitOfWork

MAYOR, COUNCIL, MUNICIPALITY, COMMITTEE = "mayor", "council", "municipality", "committee"
OWES: Mapping[str, LazyString] = {
    MAYOR: _("Кметът"),
    COUNCIL: _("Общинският съвет"),
    MUNICIPALITY: _("Общината"),
    COMMITTEE: _("Инициативният комитет"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StationState:
    """One point of the way as it is now.

    `word` is unique within the thing; `title` are words of staff, in Bulgarian, where the word of
    the declaration does not say enough. `owes` is a word of `OWES` or, in Bulgarian, whoever else.
    `first_due_on` is the day as it was promised first. What `comes_by_itself` is reached by the
    clock on `due_on` and nobody owes it. A promise (`is_promise`) is counted in the list of all.
    """

    word: str
    title: str = ""
    due_on: date | None = None
    first_due_on: date | None = None
    reached_on: date | None = None
    dropped_on: date | None = None
    reason: str = ""
    owes: str = ""
    comes_by_itself: bool = False
    is_promise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadEntry:
    """A public thing with its stations in their order.

    `path` is its page below the host, `place` an EKATTE code or empty, `after` the things that led
    to it, each by its component and id. `kind` is a word of `StationSource.kinds`, empty for the
    usual thing of its component.
    """

    object_id: UUID
    title: str
    path: str
    since: datetime
    stations: tuple[StationState, ...]
    place: str = ""
    kind: str = ""
    after: tuple[tuple[str, UUID], ...] = ()


def subject_of(uow: UnitOfWork, fact: DomainEvent) -> Collection[UUID] | None:
    """The thing that a fact speaks of; None is all of its component."""
    return [fact.subject_id] if fact.subject_id else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSource:
    """Stations of a component's public things.

    `of(uow, ids)` gives those among `ids` that everybody may see; None means all. After one of
    `facts` the things that `things_of` names are looked at anew. `kind` is what one is called
    („Проект“), `kinds` names those that are called otherwise, `words` are the titles of its
    stations.
    """

    kind: LazyString
    words: Mapping[str, LazyString]
    facts: frozenset[type[DomainEvent]]
    kinds: Mapping[str, LazyString] = field(default_factory=dict)
    of: Callable[[UnitOfWork, Collection[UUID] | None], Iterable[ThreadEntry]]
    things_of: Callable[[UnitOfWork, DomainEvent], Collection[UUID] | None] = field(
        default=subject_of
    )
