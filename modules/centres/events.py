"""Domain events of centres. Names and keys are fixed; the words are public ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CentreFact(DomainEvent):
    """The centre or office and its name."""

    subject_id: UUID
    title: str
    is_public: ClassVar[bool] = True


class CentreWritten(CentreFact):
    """A draft was begun."""

    name: ClassVar[str] = "centres:centre.written"
    label: ClassVar[LazyString] = lazy_gettext("Добавен център")
    is_public: ClassVar[bool] = False


class CentreEdited(CentreFact):
    name: ClassVar[str] = "centres:centre.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променен център")


class CentrePublished(CentreFact):
    name: ClassVar[str] = "centres:centre.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван център")


class CentreHidden(CentreFact):
    name: ClassVar[str] = "centres:centre.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрит център")


class ResourceChanged(CentreFact):
    """What can be booked there was added, changed, or takes no more bookings."""

    name: ClassVar[str] = "centres:resource.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променено какво се запазва в център")


@dataclass(frozen=True, kw_only=True)
class ItemFact(DomainEvent):
    """The thing and the number on its label."""

    subject_id: UUID
    number: int


class ItemWritten(ItemFact):
    name: ClassVar[str] = "centres:item.written"
    label: ClassVar[LazyString] = lazy_gettext("Записана вещ в описа на център")


class ItemEdited(ItemFact):
    name: ClassVar[str] = "centres:item.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена вещ в описа на център")


class ItemBroken(ItemFact):
    name: ClassVar[str] = "centres:item.broken"
    label: ClassVar[LazyString] = lazy_gettext("Отбелязана повреда в център")


class ItemRepaired(ItemFact):
    name: ClassVar[str] = "centres:item.repaired"
    label: ClassVar[LazyString] = lazy_gettext("Записан ремонт в център")


class ItemWrittenOff(ItemFact):
    name: ClassVar[str] = "centres:item.written-off"
    label: ClassVar[LazyString] = lazy_gettext("Отписана вещ от център")


class ItemBroughtBack(ItemFact):
    name: ClassVar[str] = "centres:item.brought-back"
    label: ClassVar[LazyString] = lazy_gettext("Върната вещ в описа на център")


@dataclass(frozen=True, kw_only=True)
class RotaFact(DomainEvent):
    """The shift or the worker; never who it is."""

    subject_id: UUID


class ShiftGiven(RotaFact):
    name: ClassVar[str] = "centres:shift.given"
    label: ClassVar[LazyString] = lazy_gettext("Записано дежурство")


class ShiftCancelled(RotaFact):
    name: ClassVar[str] = "centres:shift.cancelled"
    label: ClassVar[LazyString] = lazy_gettext("Отменено дежурство")


class SubstituteAsked(RotaFact):
    name: ClassVar[str] = "centres:substitute.asked"
    label: ClassVar[LazyString] = lazy_gettext("Търси се заместник за дежурство")


class SubstituteDeclined(RotaFact):
    name: ClassVar[str] = "centres:substitute.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Вече не се търси заместник за дежурство")


class ShiftTaken(RotaFact):
    name: ClassVar[str] = "centres:shift.taken"
    label: ClassVar[LazyString] = lazy_gettext("Поето дежурство")


@dataclass(frozen=True, kw_only=True)
class WeekPlanned(RotaFact):
    """A worker has shifts in a week that was copied; `first` is its Monday, as ISO 8601 has it."""

    number: int
    first: str
    name: ClassVar[str] = "centres:week.planned"
    label: ClassVar[LazyString] = lazy_gettext("Копирана седмица с дежурства")


class VolunteerWritten(RotaFact):
    name: ClassVar[str] = "centres:volunteer.written"
    label: ClassVar[LazyString] = lazy_gettext("Записан доброволец")


class VolunteerLeft(RotaFact):
    name: ClassVar[str] = "centres:volunteer.left"
    label: ClassVar[LazyString] = lazy_gettext("Доброволец вече не помага")


class SurveyBegun(CentreFact):
    """A survey of needs; the poll is a draft until its own part opens it."""

    name: ClassVar[str] = "centres:survey.begun"
    label: ClassVar[LazyString] = lazy_gettext("Започнато проучване на нуждите")
    is_public: ClassVar[bool] = False


EVENTS = (
    *(CentreWritten, CentreEdited, CentrePublished, CentreHidden, ResourceChanged),
    *(ItemWritten, ItemEdited, ItemBroken, ItemRepaired, ItemWrittenOff, ItemBroughtBack),
    *(ShiftGiven, ShiftCancelled, SubstituteAsked, SubstituteDeclined, ShiftTaken, WeekPlanned),
    *(VolunteerWritten, VolunteerLeft, SurveyBegun),
)
