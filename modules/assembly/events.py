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


@dataclass(frozen=True, kw_only=True)
class AssemblyPetitionFact(DomainEvent):
    """The petition and its number in the list, empty before it has one. Never who signed."""

    subject_id: UUID
    number: str


class AssemblyPetitionDrafted(AssemblyPetitionFact):
    name: ClassVar[str] = "assembly:petition.drafted"
    label: ClassVar[LazyString] = lazy_gettext("Чернова на подписка за общо събрание")


class AssemblyPetitionEdited(AssemblyPetitionFact):
    name: ClassVar[str] = "assembly:petition.edited"
    label: ClassVar[LazyString] = lazy_gettext("Поправена подписка за общо събрание")


class AssemblyPetitionDiscarded(AssemblyPetitionFact):
    name: ClassVar[str] = "assembly:petition.discarded"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита чернова на подписка за общо събрание")


class AssemblyPetitionFiled(AssemblyPetitionFact):
    name: ClassVar[str] = "assembly:petition.filed"
    label: ClassVar[LazyString] = lazy_gettext("Внесена подписка за общо събрание")
    is_public: ClassVar[bool] = True


class AssemblyPetitionChanged(AssemblyPetitionFact):
    """A step that everybody sees."""

    name: ClassVar[str] = "assembly:petition.changed"
    label: ClassVar[LazyString] = lazy_gettext("Следваща стъпка по подписка за общо събрание")
    is_public: ClassVar[bool] = True


class AssemblySheetsPrinted(AssemblyPetitionFact):
    name: ClassVar[str] = "assembly:sheets.printed"
    label: ClassVar[LazyString] = lazy_gettext("Отпечатани листа на подписка за общо събрание")


class AssemblyRowEntered(AssemblyPetitionFact):
    name: ClassVar[str] = "assembly:signature.entered"
    label: ClassVar[LazyString] = lazy_gettext("Въведен подпис за общо събрание")


class AssemblyRowCorrected(AssemblyPetitionFact):
    name: ClassVar[str] = "assembly:signature.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправен подпис за общо събрание")


class AssemblyFindingsEntered(AssemblyPetitionFact):
    name: ClassVar[str] = "assembly:findings.entered"
    label: ClassVar[LazyString] = lazy_gettext("Въведен протокол по подписка за общо събрание")


class AssemblyRowsLookedAt(AssemblyPetitionFact):
    name: ClassVar[str] = "assembly:signatures.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на подписите за общо събрание")


_OF_ASSEMBLIES: tuple[type[AssemblyFact], ...] = (
    *(AssemblyDrafted, AssemblyEdited, AssemblyDiscarded, AssemblyAnnounced, AssemblyChanged),
    *(AssemblyResultRecorded, AssemblyDecisionFollowed, AssemblyTermPassed),
    *(AssemblyMinutesScanned, AssemblyMinutesLookedAt),
)
EVENTS: tuple[type[DomainEvent], ...] = (
    *_OF_ASSEMBLIES,
    *(AssemblyPetitionDrafted, AssemblyPetitionEdited, AssemblyPetitionDiscarded),
    *(AssemblyPetitionFiled, AssemblyPetitionChanged, AssemblySheetsPrinted),
    *(AssemblyRowEntered, AssemblyRowCorrected, AssemblyFindingsEntered, AssemblyRowsLookedAt),
)
PUBLIC = frozenset(fact for fact in _OF_ASSEMBLIES if fact.is_public)
