"""Domain events of assembly. No fact says who came or how anybody voted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class AssemblyFact(DomainEvent):
    """The assembly and its number in the list, empty before it has one."""

    subject_id: UUID
    number: str


class AssemblyDrafted(AssemblyFact):
    name: ClassVar[str] = "assembly:assembly.drafted"
    label: ClassVar[LazyString] = lazy_gettext("Чернова на общо събрание")


class AssemblyEdited(AssemblyFact):
    name: ClassVar[str] = "assembly:assembly.edited"
    label: ClassVar[LazyString] = lazy_gettext("Поправена чернова на общо събрание")


class AssemblyDiscarded(AssemblyFact):
    name: ClassVar[str] = "assembly:assembly.discarded"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита чернова на общо събрание")


class AssemblyAnnounced(AssemblyFact):
    name: ClassVar[str] = "assembly:assembly.announced"
    label: ClassVar[LazyString] = lazy_gettext("Обявено общо събрание")
    is_public: ClassVar[bool] = True


class AssemblyChanged(AssemblyFact):
    """Called off, put off, opened, held, without a quorum: everybody sees it."""

    name: ClassVar[str] = "assembly:assembly.changed"
    label: ClassVar[LazyString] = lazy_gettext("Следваща стъпка на общо събрание")
    is_public: ClassVar[bool] = True


class AssemblyResultRecorded(AssemblyFact):
    name: ClassVar[str] = "assembly:result.recorded"
    label: ClassVar[LazyString] = lazy_gettext("Записано гласуване на общо събрание")


class AssemblyDecisionFollowed(AssemblyFact):
    """What the mayor or the council did about a decision."""

    name: ClassVar[str] = "assembly:decision.followed"
    label: ClassVar[LazyString] = lazy_gettext("Стъпка по решение на общо събрание")
    is_public: ClassVar[bool] = True


class AssemblyTermPassed(AssemblyFact):
    name: ClassVar[str] = "assembly:term.passed"
    label: ClassVar[LazyString] = lazy_gettext("Изтекъл срок по решение на общо събрание")


class AssemblyMinutesScanned(AssemblyFact):
    name: ClassVar[str] = "assembly:minutes.scanned"
    label: ClassVar[LazyString] = lazy_gettext("Качен подписан протокол на общо събрание")


class AssemblyMinutesLookedAt(AssemblyFact):
    name: ClassVar[str] = "assembly:minutes.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Отворен подписан протокол на общо събрание")


EVENTS = (
    *(AssemblyDrafted, AssemblyEdited, AssemblyDiscarded, AssemblyAnnounced, AssemblyChanged),
    *(AssemblyResultRecorded, AssemblyDecisionFollowed, AssemblyTermPassed),
    *(AssemblyMinutesScanned, AssemblyMinutesLookedAt),
)
PUBLIC = frozenset(fact for fact in EVENTS if fact.is_public)
