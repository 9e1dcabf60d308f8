"""Domain events of powers of attorney. Names and keys are fixed; no fact says who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PowerFact(DomainEvent):
    """A power of attorney and its number; never who it is of."""

    subject_id: UUID
    number: str


class PowerSent(PowerFact):
    name: ClassVar[str] = "eservices:power.sent"
    label: ClassVar[LazyString] = lazy_gettext("Пълномощно за проверка")


class PowerLookedAt(PowerFact):
    name: ClassVar[str] = "eservices:power.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на пълномощно")


class PowerAccepted(PowerFact):
    name: ClassVar[str] = "eservices:power.accepted"
    label: ClassVar[LazyString] = lazy_gettext("Прието пълномощно")


class PowerRefused(PowerFact):
    name: ClassVar[str] = "eservices:power.refused"
    label: ClassVar[LazyString] = lazy_gettext("Неприето пълномощно")


class PowerCopyAsked(PowerFact):
    name: ClassVar[str] = "eservices:power.copy-asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискано по-добро копие на пълномощно")


class PowerWithdrawn(PowerFact):
    name: ClassVar[str] = "eservices:power.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Оттеглено пълномощно")


class PowerEnded(PowerFact):
    """Its last day has passed."""

    name: ClassVar[str] = "eservices:power.ended"
    label: ClassVar[LazyString] = lazy_gettext("Изтекло пълномощно")


POWER_EVENTS = (
    *(PowerSent, PowerLookedAt, PowerAccepted, PowerRefused, PowerCopyAsked),
    *(PowerWithdrawn, PowerEnded),
)
