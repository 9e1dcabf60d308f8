"""What happens to taxes and fees. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ImportFact(DomainEvent):
    """A file of the tax program; `rows` is how many lines it has."""

    subject_id: UUID
    rows: int


class FileRead(ImportFact):
    """Nothing has changed by it yet."""

    name: ClassVar[str] = "payments:file.read"
    label: ClassVar[LazyString] = lazy_gettext("Качен файл със задължения")


class ImportBegun(ImportFact):
    """A job brings in the rows of a large file."""

    name: ClassVar[str] = "payments:import.begun"
    label: ClassVar[LazyString] = lazy_gettext("Започнато въвеждане на задължения от файл")


class ObligationsImported(ImportFact):
    name: ClassVar[str] = "payments:obligations.imported"
    label: ClassVar[LazyString] = lazy_gettext("Въведени задължения от файл")


class UndoBegun(ImportFact):
    """A job takes back what a large file brought."""

    name: ClassVar[str] = "payments:undo.begun"
    label: ClassVar[LazyString] = lazy_gettext("Започнато връщане на задължения от файл")


class ImportUndone(ImportFact):
    name: ClassVar[str] = "payments:import.undone"
    label: ClassVar[LazyString] = lazy_gettext("Върнато въвеждане на задължения")


class FileDropped(ImportFact):
    name: ClassVar[str] = "payments:file.dropped"
    label: ClassVar[LazyString] = lazy_gettext("Отхвърлен файл със задължения")


@dataclass(frozen=True, kw_only=True)
class BundleFact(DomainEvent):
    """Obligations that are paid together; `cents` is their sum."""

    subject_id: UUID
    cents: int


class BundleMade(BundleFact):
    name: ClassVar[str] = "payments:bundle.made"
    label: ClassVar[LazyString] = lazy_gettext("Избрани задължения за плащане")


class BundlePaid(BundleFact):
    name: ClassVar[str] = "payments:bundle.paid"
    label: ClassVar[LazyString] = lazy_gettext("Платени данъци и такси")


class BundleReopened(BundleFact):
    """The bank has taken the money back, or the counter has."""

    name: ClassVar[str] = "payments:bundle.reopened"
    label: ClassVar[LazyString] = lazy_gettext("Данъци и такси отново се дължат")


@dataclass(frozen=True, kw_only=True)
class TermChanged(DomainEvent):
    """Everybody sees until when one pays."""

    name: ClassVar[str] = "payments:term.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променени срокове за плащане")
    is_public: ClassVar[bool] = True

    subject_id: UUID
    kind: str
    year: int


@dataclass(frozen=True, kw_only=True)
class PayerLookedUp(DomainEvent):
    """Staff have looked somebody up by a personal number: who, when and whom stands in the log."""

    name: ClassVar[str] = "payments:payer.looked-up"
    label: ClassVar[LazyString] = lazy_gettext("Търсене на задължения по номер")

    subject_id: UUID


@dataclass(frozen=True, kw_only=True)
class RateSet(DomainEvent):
    """The legal interest from a day on, in hundredths of a percent a year."""

    name: ClassVar[str] = "payments:rate.set"
    label: ClassVar[LazyString] = lazy_gettext("Въведена законна лихва")

    subject_id: UUID
    begins_on: date
    hundredths: int


EVENTS = (
    FileRead,
    ImportBegun,
    ObligationsImported,
    UndoBegun,
    ImportUndone,
    FileDropped,
    BundleMade,
    BundlePaid,
    BundleReopened,
    TermChanged,
    RateSet,
    PayerLookedUp,
)
