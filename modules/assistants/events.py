"""Domain events of assistants. Names and keys are fixed; no fact says who or where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class HelpFact(DomainEvent):
    """The request and its number."""

    subject_id: UUID
    number: str


class HelpAsked(HelpFact):
    name: ClassVar[str] = "assistants:request.sent"
    label: ClassVar[LazyString] = lazy_gettext("Поискан помощник у дома")


class HelpPlanned(HelpFact):
    name: ClassVar[str] = "assistants:request.planned"
    label: ClassVar[LazyString] = lazy_gettext("Молба за помощник с насрочено посещение")


class HelpGiven(HelpFact):
    name: ClassVar[str] = "assistants:request.done"
    label: ClassVar[LazyString] = lazy_gettext("Приключена молба за помощник")


class HelpReturned(HelpFact):
    name: ClassVar[str] = "assistants:request.returned"
    label: ClassVar[LazyString] = lazy_gettext("Молба за помощник чака нов ден")


class HelpWithdrawn(HelpFact):
    name: ClassVar[str] = "assistants:request.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Оттеглена молба за помощник")


class HelpLate(HelpFact):
    name: ClassVar[str] = "assistants:request.late"
    label: ClassVar[LazyString] = lazy_gettext("Молба за помощник чака твърде дълго")


class AddressWritten(HelpFact):
    name: ClassVar[str] = "assistants:address.written"
    label: ClassVar[LazyString] = lazy_gettext("Поправен адрес за посещение")


class CallersLookedAt(HelpFact):
    name: ClassVar[str] = "assistants:callers.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Отворени телефони за обаждане преди посещение")


@dataclass(frozen=True, kw_only=True)
class VisitFact(DomainEvent):
    """The visit and the number of its request."""

    subject_id: UUID
    number: str


class VisitPlanned(VisitFact):
    name: ClassVar[str] = "assistants:visit.planned"
    label: ClassVar[LazyString] = lazy_gettext("Насрочено посещение у дома")


class VisitCancelled(VisitFact):
    name: ClassVar[str] = "assistants:visit.cancelled"
    label: ClassVar[LazyString] = lazy_gettext("Отменено посещение у дома")


class VisitDue(VisitFact):
    name: ClassVar[str] = "assistants:visit.due"
    label: ClassVar[LazyString] = lazy_gettext("Напомнено посещение у дома")


class VisitArrived(VisitFact):
    name: ClassVar[str] = "assistants:visit.arrived"
    label: ClassVar[LazyString] = lazy_gettext("Помощникът пристигна")


class VisitEnded(VisitFact):
    name: ClassVar[str] = "assistants:visit.ended"
    label: ClassVar[LazyString] = lazy_gettext("Посещението приключи")


class NobodyHome(VisitFact):
    name: ClassVar[str] = "assistants:visit.missed"
    label: ClassVar[LazyString] = lazy_gettext("Никой не отвори на помощника")


class CheckInMissed(VisitFact):
    name: ClassVar[str] = "assistants:check-in.missed"
    label: ClassVar[LazyString] = lazy_gettext("Няма вест от помощник")


class AlarmCleared(VisitFact):
    name: ClassVar[str] = "assistants:alarm.cleared"
    label: ClassVar[LazyString] = lazy_gettext("Помощникът се обади")


class AddressesOpened(VisitFact):
    name: ClassVar[str] = "assistants:addresses.opened"
    label: ClassVar[LazyString] = lazy_gettext("Отворени адреси за деня")


class AddressOpenedInAlarm(VisitFact):
    name: ClassVar[str] = "assistants:address.opened-in-alarm"
    label: ClassVar[LazyString] = lazy_gettext("Отворен адрес заради липса на вест")


@dataclass(frozen=True, kw_only=True)
class AssistantFact(DomainEvent):
    """The row of the assistant."""

    subject_id: UUID


class AssistantWritten(AssistantFact):
    name: ClassVar[str] = "assistants:assistant.written"
    label: ClassVar[LazyString] = lazy_gettext("Записан помощник")


class LeaveWritten(AssistantFact):
    name: ClassVar[str] = "assistants:leave.written"
    label: ClassVar[LazyString] = lazy_gettext("Записан отпуск на помощник")


class AssistantGone(AssistantFact):
    name: ClassVar[str] = "assistants:assistant.left"
    label: ClassVar[LazyString] = lazy_gettext("Помощник напусна")


@dataclass(frozen=True, kw_only=True)
class ProblemFact(DomainEvent):
    """The problem and the number of its request."""

    subject_id: UUID
    number: str


class ProblemHandedOver(ProblemFact):
    name: ClassVar[str] = "assistants:problem.sent"
    label: ClassVar[LazyString] = lazy_gettext("Предаден проблем от посещение")


class ProblemAnswered(ProblemFact):
    name: ClassVar[str] = "assistants:problem.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговорен проблем от посещение")


EVENTS = (
    *(HelpAsked, HelpPlanned, HelpGiven, HelpReturned, HelpWithdrawn, HelpLate, AddressWritten),
    CallersLookedAt,
    *(VisitPlanned, VisitCancelled, VisitDue, VisitArrived, VisitEnded, NobodyHome),
    *(CheckInMissed, AlarmCleared, AddressesOpened, AddressOpenedInAlarm),
    *(AssistantWritten, LeaveWritten, AssistantGone, ProblemHandedOver, ProblemAnswered),
)
