"""Domain events of voters. No fact says who a person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class RegistrationFact(DomainEvent):
    """A registration and its number."""

    subject_id: UUID
    number: int


class VoterAsked(RegistrationFact):
    name: ClassVar[str] = "voters:registration.asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискана регистрация за гласуване")


class VoterAccepted(RegistrationFact):
    name: ClassVar[str] = "voters:registration.accepted"
    label: ClassVar[LazyString] = lazy_gettext("Приета регистрация за гласуване")


class VoterRefused(RegistrationFact):
    name: ClassVar[str] = "voters:registration.refused"
    label: ClassVar[LazyString] = lazy_gettext("Отказана регистрация за гласуване")


class VoterWithdrawn(RegistrationFact):
    name: ClassVar[str] = "voters:registration.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Оттеглена регистрация за гласуване")


class PaperHandedOut(RegistrationFact):
    """A paper ballot was given after the code was made void."""

    name: ClassVar[str] = "voters:paper.given"
    label: ClassVar[LazyString] = lazy_gettext("Дадена хартиена бюлетина")


@dataclass(frozen=True, kw_only=True)
class VoterListPut(DomainEvent):
    """The municipality brought a new list."""

    name: ClassVar[str] = "voters:list.put"
    label: ClassVar[LazyString] = lazy_gettext("Качен списък с право на глас")

    subject_id: UUID
    size: int


@dataclass(frozen=True, kw_only=True)
class RollFact(DomainEvent):
    """A roll and the title of its vote."""

    subject_id: UUID
    title: str


class VoterRollFrozen(RollFact):
    name: ClassVar[str] = "voters:roll.frozen"
    label: ClassVar[LazyString] = lazy_gettext("Изготвен списък на гласоподавателите")


class VoterRollDropped(RollFact):
    name: ClassVar[str] = "voters:roll.dropped"
    label: ClassVar[LazyString] = lazy_gettext("Отменен списък на гласоподавателите")


class VoterRollTaken(RollFact):
    """Names and addresses left for the commission's computer."""

    name: ClassVar[str] = "voters:roll.taken"
    label: ClassVar[LazyString] = lazy_gettext("Изтеглен списък на гласоподавателите")


EVENTS = (
    VoterAsked,
    VoterAccepted,
    VoterRefused,
    VoterWithdrawn,
    PaperHandedOut,
    VoterListPut,
    VoterRollFrozen,
    VoterRollDropped,
    VoterRollTaken,
)
