"""Letters of data protection: to who judges, who approves, who handles an incident."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.dataprotection import events
from obshto.modules.dataprotection.models import (
    ImpactAssessment,
    Incident,
    LookFinding,
    RegisterVersion,
)
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services.finding_kinds import URGENT
from obshto.modules.dataprotection.services.findings import judges_of
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.tenants.api import people_who_may

Fact = Mapping[str, Any]
Letter = tuple[str, str] | None


def judges(uow: UnitOfWork, fact: Fact) -> Collection[UUID]:
    """Who may judge the finding, never whom it is about."""
    return judges_of(uow, uow.session.get_one(LookFinding, UUID(fact["subject_id"])))


def handlers(uow: UnitOfWork, fact: Fact) -> Collection[UUID]:
    """Who handles the incident, never whose look it came from."""
    row = uow.session.get_one(Incident, UUID(fact["subject_id"]))
    return set(people_who_may(uow, DataProtectionPermission.INCIDENT)) - {row.about_id}


def urgent_look(uow: UnitOfWork, fact: Fact) -> Letter:
    """A look with a typed reason is told at once; the other findings wait on the console."""
    row = uow.session.get_one(LookFinding, UUID(fact["subject_id"]))
    if row.kind != URGENT or row.outcome:
        return None
    return worded(
        gettext("Спешен преглед на лични данни"),
        gettext("Служител отвори лични данни спешно и написа защо. Проверете причината."),
        _where(uow, f"findings/{row.id}"),
    )


def incident_opened(uow: UnitOfWork, fact: Fact) -> Letter:
    row = uow.session.get_one(Incident, UUID(fact["subject_id"]))
    if row.closed_at:
        return None
    kind = gettext("Това е учение. Постъпете като наистина.") if row.is_drill else ""
    subject = gettext("Учение: нарушение %(number)s", number=row.full_number)
    if not row.is_drill:
        subject = gettext("Нарушение на лични данни %(number)s", number=row.full_number)
    term = gettext("Срок за уведомяване на комисията: %(at)s.", at=moment(row.due_at))
    return worded(
        subject,
        gettext("Открито е нарушение на сигурността на личните данни."),
        kind,
        term,
        _where(uow, f"incidents/{row.id}"),
    )


def term_ends(uow: UnitOfWork, fact: Fact) -> Letter:
    row = uow.session.get_one(Incident, UUID(fact["subject_id"]))
    if row.closed_at or row.authority_told_at or row.authority == "not":
        return None
    return worded(
        gettext("Срокът по нарушение %(number)s изтича", number=row.full_number),
        gettext("Това е учение. Никой не се уведомява наистина.") if row.is_drill else "",
        gettext(
            "Комисията за защита на личните данни се уведомява до %(at)s.", at=moment(row.due_at)
        ),
        gettext("Ако срокът е минал, уведомете я сега и напишете защо закъсняхте."),
        _where(uow, f"incidents/{row.id}"),
    )


def to_approve(uow: UnitOfWork, fact: Fact) -> Letter:
    row = uow.session.get_one(RegisterVersion, UUID(fact["subject_id"]))
    if not row.is_waiting:
        return None
    return worded(
        gettext("Регистърът на обработването чака Вас"),
        gettext("Длъжностното лице по защита на данните предложи нова версия за одобрение."),
        _where(uow, f"register/versions/{row.id}"),
    )


def given_back(uow: UnitOfWork, fact: Fact) -> Letter:
    row = uow.session.get_one(RegisterVersion, UUID(fact["subject_id"]))
    return worded(
        gettext("Кметът върна регистъра на обработването"),
        gettext("Причината: %(why)s", why=row.returned_why),
        _where(uow, f"register/versions/{row.id}"),
    )


def assessment_to_approve(uow: UnitOfWork, fact: Fact) -> Letter:
    row = uow.session.get_one(ImpactAssessment, UUID(fact["subject_id"]))
    if row.number or not row.proposed_at:
        return None
    return worded(
        gettext("Оценка на въздействието чака Вас"),
        gettext("Дейност: %(title)s", title=row.entry["title"]),
        gettext("Длъжностното лице по защита на данните я предложи за одобрение."),
        _where(uow, f"assessments/{row.id}"),
    )


def assessment_given_back(uow: UnitOfWork, fact: Fact) -> Letter:
    row = uow.session.get_one(ImpactAssessment, UUID(fact["subject_id"]))
    if not row.returned_why:
        return None
    return worded(
        gettext("Върната оценка на въздействието"),
        gettext("Дейност: %(title)s", title=row.entry["title"]),
        gettext("Причината: %(why)s", why=row.returned_why),
        _where(uow, f"assessments/{row.id}"),
    )


def _where(uow: UnitOfWork, path: str) -> str:
    address = f"{uow.scope.address}/console/dataprotection/{path}"
    return str(gettext("Отворете го тук: %(address)s", address=address))


NOTIFICATIONS = (
    Notification(
        fact=events.FindingRaised,
        title=_("Спешен преглед на лични данни"),
        to=judges,
        letter=urgent_look,
    ),
    Notification(
        fact=events.IncidentOpened,
        title=_("Ново нарушение на лични данни"),
        to=handlers,
        letter=incident_opened,
    ),
    Notification(
        fact=events.IncidentDueSoon,
        title=_("Изтичащ срок по нарушение на лични данни"),
        to=handlers,
        letter=term_ends,
    ),
    Notification(
        fact=events.RegisterProposed,
        title=_("Регистър на обработването за одобрение"),
        to=DataProtectionPermission.APPROVE,
        letter=to_approve,
    ),
    Notification(
        fact=events.RegisterReturned,
        title=_("Върнат регистър на обработването"),
        to=DataProtectionPermission.MANAGE,
        letter=given_back,
    ),
    Notification(
        fact=events.AssessmentProposed,
        title=_("Оценка на въздействието за одобрение"),
        to=DataProtectionPermission.ASSESS,
        letter=assessment_to_approve,
    ),
    Notification(
        fact=events.AssessmentReturned,
        title=_("Върната оценка на въздействието"),
        to=DataProtectionPermission.MANAGE,
        letter=assessment_given_back,
    ),
)
