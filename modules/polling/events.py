"""Domain events of polling. No fact says who a person is, or what address somebody looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class SectionFact(DomainEvent):
    """The section and its number."""

    subject_id: UUID
    number: int


class SectionWritten(SectionFact):
    name: ClassVar[str] = "polling:section.written"
    label: ClassVar[LazyString] = lazy_gettext("Записана избирателна секция")
    is_public: ClassVar[bool] = True


class SectionClosed(SectionFact):
    name: ClassVar[str] = "polling:section.closed"
    label: ClassVar[LazyString] = lazy_gettext("Закрита избирателна секция")
    is_public: ClassVar[bool] = True


class SectionReopened(SectionFact):
    name: ClassVar[str] = "polling:section.reopened"
    label: ClassVar[LazyString] = lazy_gettext("Върната избирателна секция")
    is_public: ClassVar[bool] = True


class AddressesChanged(SectionFact):
    name: ClassVar[str] = "polling:addresses.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променени адреси на секция")
    is_public: ClassVar[bool] = True


class CommissionChanged(SectionFact):
    name: ClassVar[str] = "polling:commission.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променена секционна комисия")


class MaterialsWritten(SectionFact):
    name: ClassVar[str] = "polling:materials.written"
    label: ClassVar[LazyString] = lazy_gettext("Записани материали на секция")


@dataclass(frozen=True, kw_only=True)
class CommissionLookedAt(DomainEvent):
    """Somebody opened the names of a commission, or of all for their letters."""

    name: ClassVar[str] = "polling:commission.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на секционна комисия")

    subject_id: UUID


EVENTS = (
    *(SectionWritten, SectionClosed, SectionReopened, AddressesChanged),
    *(CommissionChanged, MaterialsWritten, CommissionLookedAt),
)
