"""Domain events of mandates. Names and keys are fixed; no fact says for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class MandateFact(DomainEvent):
    """The mandate and its number."""

    subject_id: UUID
    number: str


class MandatePrepared(MandateFact):
    name: ClassVar[str] = "mandates:mandate.prepared"
    label: ClassVar[LazyString] = lazy_gettext("Подготвено съгласие")


class MandateSigned(MandateFact):
    name: ClassVar[str] = "mandates:mandate.signed"
    label: ClassVar[LazyString] = lazy_gettext("Подписано съгласие")


class MandateWithdrawn(MandateFact):
    name: ClassVar[str] = "mandates:mandate.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Оттеглено съгласие")


class MandateEnded(MandateFact):
    name: ClassVar[str] = "mandates:mandate.ended"
    label: ClassVar[LazyString] = lazy_gettext("Съгласие с изтекъл срок")


class MandateUsed(MandateFact):
    name: ClassVar[str] = "mandates:mandate.used"
    label: ClassVar[LazyString] = lazy_gettext("Помощник започна да действа с писмено съгласие")


class MandatesLookedAt(MandateFact):
    name: ClassVar[str] = "mandates:mandates.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Отворени имена в списък с съгласия")


EVENTS = (
    MandatePrepared,
    MandateSigned,
    MandateWithdrawn,
    MandateEnded,
    MandateUsed,
    MandatesLookedAt,
)
