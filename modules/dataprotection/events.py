"""Domain events of data protection. Names and keys are fixed; no fact says who a person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ProtectionFact(DomainEvent):
    """The row that something happened to."""

    subject_id: UUID


class ActivityChanged(ProtectionFact):
    name: ClassVar[str] = "dataprotection:activity.changed"
    label: ClassVar[LazyString] = lazy_gettext("Допълнен регистър на обработването")


class RegisterProposed(ProtectionFact):
    name: ClassVar[str] = "dataprotection:register.proposed"
    label: ClassVar[LazyString] = lazy_gettext("Предложен регистър на обработването")


class RegisterApproved(ProtectionFact):
    name: ClassVar[str] = "dataprotection:register.approved"
    label: ClassVar[LazyString] = lazy_gettext("Одобрен регистър на обработването")
    is_public: ClassVar[bool] = True


class RegisterReturned(ProtectionFact):
    name: ClassVar[str] = "dataprotection:register.returned"
    label: ClassVar[LazyString] = lazy_gettext("Върнат регистър на обработването")


class AssessmentWritten(ProtectionFact):
    name: ClassVar[str] = "dataprotection:assessment.written"
    label: ClassVar[LazyString] = lazy_gettext("Записана оценка на въздействието")


class AssessmentProposed(ProtectionFact):
    name: ClassVar[str] = "dataprotection:assessment.proposed"
    label: ClassVar[LazyString] = lazy_gettext("Предложена оценка на въздействието")


class AssessmentApproved(ProtectionFact):
    name: ClassVar[str] = "dataprotection:assessment.approved"
    label: ClassVar[LazyString] = lazy_gettext("Одобрена оценка на въздействието")


class AssessmentReturned(ProtectionFact):
    name: ClassVar[str] = "dataprotection:assessment.returned"
    label: ClassVar[LazyString] = lazy_gettext("Върната оценка на въздействието")


class FindingRaised(ProtectionFact):
    name: ClassVar[str] = "dataprotection:finding.raised"
    label: ClassVar[LazyString] = lazy_gettext("Открит необичаен преглед на лични данни")


class FindingDecided(ProtectionFact):
    name: ClassVar[str] = "dataprotection:finding.decided"
    label: ClassVar[LazyString] = lazy_gettext("Решено за необичаен преглед")


@dataclass(frozen=True, kw_only=True)
class IncidentFact(ProtectionFact):
    """The incident and its number."""

    number: str


class IncidentOpened(IncidentFact):
    name: ClassVar[str] = "dataprotection:incident.opened"
    label: ClassVar[LazyString] = lazy_gettext("Открито нарушение на личните данни")


class IncidentChanged(IncidentFact):
    name: ClassVar[str] = "dataprotection:incident.changed"
    label: ClassVar[LazyString] = lazy_gettext("Допълнено нарушение на личните данни")


class IncidentDecided(IncidentFact):
    name: ClassVar[str] = "dataprotection:incident.decided"
    label: ClassVar[LazyString] = lazy_gettext("Решено кой се уведомява за нарушението")


class IncidentDueSoon(IncidentFact):
    name: ClassVar[str] = "dataprotection:incident.due-soon"
    label: ClassVar[LazyString] = lazy_gettext("Изтича срокът за уведомяване на комисията")


class IncidentClosed(IncidentFact):
    name: ClassVar[str] = "dataprotection:incident.closed"
    label: ClassVar[LazyString] = lazy_gettext("Приключено нарушение на личните данни")


class AcquaintanceMarked(ProtectionFact):
    name: ClassVar[str] = "dataprotection:acquaintance.marked"
    label: ClassVar[LazyString] = lazy_gettext("Отбелязано познанство при прегледи")


class AcquaintanceUnmarked(ProtectionFact):
    name: ClassVar[str] = "dataprotection:acquaintance.unmarked"
    label: ClassVar[LazyString] = lazy_gettext("Махнато познанство при прегледи")


class ProcessorChanged(ProtectionFact):
    name: ClassVar[str] = "dataprotection:processor.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен договор с обработващ лични данни")


class LeaveChanged(ProtectionFact):
    name: ClassVar[str] = "dataprotection:leave.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променени дни на отпуск на служител")


class DrillPlanned(ProtectionFact):
    name: ClassVar[str] = "dataprotection:drill.planned"
    label: ClassVar[LazyString] = lazy_gettext("Насрочено учение за нарушение на личните данни")


EVENTS = (
    *(ActivityChanged, RegisterProposed, RegisterApproved, RegisterReturned),
    *(AssessmentWritten, AssessmentProposed, AssessmentApproved, AssessmentReturned),
    *(FindingRaised, FindingDecided, ProcessorChanged),
    *(AcquaintanceMarked, AcquaintanceUnmarked, LeaveChanged, DrillPlanned),
    *(IncidentOpened, IncidentChanged, IncidentDecided, IncidentDueSoon, IncidentClosed),
)
