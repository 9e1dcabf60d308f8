"""Domain events of results. No fact says who voted; `subject_id` is the vote as it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class NightFact(DomainEvent):
    """Something about the count of a vote."""

    subject_id: UUID


class TurnoutReported(NightFact):
    name: ClassVar[str] = "results:turnout.reported"
    label: ClassVar[LazyString] = lazy_gettext("Съобщена избирателна активност")
    is_public: ClassVar[bool] = True


class CodesChanged(NightFact):
    name: ClassVar[str] = "results:codes.changed"
    label: ClassVar[LazyString] = lazy_gettext("Сменени кодове на секции")


class RuleChosen(NightFact):
    name: ClassVar[str] = "results:rule.chosen"
    label: ClassVar[LazyString] = lazy_gettext("Избрано правило за резултата")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ProtocolFact(NightFact):
    """A section's protocol, by the number of the section."""

    number: int


class ProtocolRead(ProtocolFact):
    name: ClassVar[str] = "results:protocol.read"
    label: ClassVar[LazyString] = lazy_gettext("Въведен протокол на секция")
    is_public: ClassVar[bool] = True


class ProtocolPhotographed(ProtocolFact):
    name: ClassVar[str] = "results:protocol.photographed"
    label: ClassVar[LazyString] = lazy_gettext("Качена снимка на протокол")


class ProtocolReturned(ProtocolFact):
    name: ClassVar[str] = "results:protocol.returned"
    label: ClassVar[LazyString] = lazy_gettext("Върнат протокол на секция")
    is_public: ClassVar[bool] = True


class ProtocolSettled(ProtocolFact):
    """Accepted as it stands, or told why there is none."""

    name: ClassVar[str] = "results:protocol.settled"
    label: ClassVar[LazyString] = lazy_gettext("Решено за протокол на секция")
    is_public: ClassVar[bool] = True


class ResultStepped(NightFact):
    name: ClassVar[str] = "results:result.stepped"
    label: ClassVar[LazyString] = lazy_gettext("Следваща стъпка по резултат от гласуване")
    is_public: ClassVar[bool] = True


class DutyWritten(NightFact):
    name: ClassVar[str] = "results:duty.written"
    label: ClassVar[LazyString] = lazy_gettext("Записана задача след гласуване")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ProtocolLookedAt(DomainEvent):
    """Somebody opened the photo of a section's protocol."""

    name: ClassVar[str] = "results:protocol.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на снимка на протокол")
    subject_id: UUID


EVENTS = (
    *(TurnoutReported, CodesChanged, RuleChosen, ProtocolRead, ProtocolPhotographed),
    *(ProtocolReturned, ProtocolSettled, ResultStepped, DutyWritten, ProtocolLookedAt),
)
PUBLIC = frozenset(fact for fact in EVENTS if fact.is_public)
