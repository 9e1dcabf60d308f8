"""Domain events of initiatives. No fact says who a person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class InitiativeFact(DomainEvent):
    """The initiative and its number in the register, empty before it has one."""

    subject_id: UUID
    number: str


class InitiativeDrafted(InitiativeFact):
    name: ClassVar[str] = "initiatives:initiative.drafted"
    label: ClassVar[LazyString] = lazy_gettext("Чернова на гражданска инициатива")


class InitiativeEdited(InitiativeFact):
    name: ClassVar[str] = "initiatives:initiative.edited"
    label: ClassVar[LazyString] = lazy_gettext("Поправена гражданска инициатива")


class InitiativeMembersChanged(InitiativeFact):
    name: ClassVar[str] = "initiatives:committee.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен комитет на гражданска инициатива")


class InitiativeDiscarded(InitiativeFact):
    name: ClassVar[str] = "initiatives:initiative.discarded"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита чернова на гражданска инициатива")


class InitiativeFiled(InitiativeFact):
    name: ClassVar[str] = "initiatives:initiative.filed"
    label: ClassVar[LazyString] = lazy_gettext("Внесена гражданска инициатива")
    is_public: ClassVar[bool] = True


class InitiativeChanged(InitiativeFact):
    """A step that everybody sees."""

    name: ClassVar[str] = "initiatives:initiative.changed"
    label: ClassVar[LazyString] = lazy_gettext("Следваща стъпка по гражданска инициатива")
    is_public: ClassVar[bool] = True


class InitiativeLate(InitiativeFact):
    name: ClassVar[str] = "initiatives:term.passed"
    label: ClassVar[LazyString] = lazy_gettext("Изтекъл срок по гражданска инициатива")


class InitiativeSheetsPrinted(InitiativeFact):
    name: ClassVar[str] = "initiatives:sheets.printed"
    label: ClassVar[LazyString] = lazy_gettext("Отпечатани листа на гражданска инициатива")


class InitiativeRowEntered(InitiativeFact):
    name: ClassVar[str] = "initiatives:signature.entered"
    label: ClassVar[LazyString] = lazy_gettext("Въведен подпис за гражданска инициатива")


class InitiativeRowCorrected(InitiativeFact):
    name: ClassVar[str] = "initiatives:signature.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправен подпис за гражданска инициатива")


class InitiativeFindingsEntered(InitiativeFact):
    name: ClassVar[str] = "initiatives:findings.entered"
    label: ClassVar[LazyString] = lazy_gettext("Въведен протокол по гражданска инициатива")


class InitiativeRowsLookedAt(InitiativeFact):
    name: ClassVar[str] = "initiatives:signatures.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на подписите за гражданска инициатива")


class InitiativeFlagged(InitiativeFact):
    """A reader says that it breaks a rule."""

    name: ClassVar[str] = "initiatives:initiative.flagged"
    label: ClassVar[LazyString] = lazy_gettext("Докладвана гражданска инициатива")


class InitiativeHidden(InitiativeFact):
    name: ClassVar[str] = "initiatives:initiative.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрита гражданска инициатива")
    is_public: ClassVar[bool] = True


class InitiativeShown(InitiativeFact):
    """What was hidden is seen again: staff took it back, or the committee was right."""

    name: ClassVar[str] = "initiatives:initiative.shown"
    label: ClassVar[LazyString] = lazy_gettext("Отново показана гражданска инициатива")
    is_public: ClassVar[bool] = True


class InitiativeUpheld(InitiativeFact):
    """Another person looked at the appeal; it stays hidden."""

    name: ClassVar[str] = "initiatives:initiative.upheld"
    label: ClassVar[LazyString] = lazy_gettext("Инициатива остава скрита след възражение")


class InitiativeLeft(InitiativeFact):
    """Staff read what readers flagged and left it as it is."""

    name: ClassVar[str] = "initiatives:initiative.left"
    label: ClassVar[LazyString] = lazy_gettext("Прегледана гражданска инициатива")


EVENTS = (
    *(InitiativeDrafted, InitiativeEdited, InitiativeMembersChanged, InitiativeDiscarded),
    *(InitiativeFiled, InitiativeChanged, InitiativeLate, InitiativeSheetsPrinted),
    *(InitiativeRowEntered, InitiativeRowCorrected, InitiativeFindingsEntered),
    *(InitiativeRowsLookedAt, InitiativeFlagged, InitiativeHidden, InitiativeShown),
    *(InitiativeUpheld, InitiativeLeft),
)
PUBLIC = frozenset(fact for fact in EVENTS if fact.is_public)
