"""Work of data protection that waits for staff, and its terms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from obshto.modules.dataprotection.models import DrillPlan, Incident, Processor, RegisterVersion
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services import assessments, findings, incidents
from obshto.platform.clock import day_of
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind, day_in_sofia
from obshto.platform.unit_of_work import UnitOfWork

INCIDENTS = "dataprotection_console.incident_list"
ASSESSMENTS = "dataprotection_console.assessment_list"


def _late(uow: UnitOfWork) -> Select[Incident]:
    rows = incidents.visible_incidents(uow)
    return rows.where(incidents.untold(), Incident.due_at < uow.now, ~Incident.is_drill)


def _terms(uow: UnitOfWork) -> Select[Incident]:
    rows = incidents.visible_incidents(uow).where(incidents.untold(), ~Incident.is_drill)
    return rows.with_only_columns(day_in_sofia(Incident.due_at))


def _planned() -> Select[DrillPlan]:
    return select(DrillPlan).where(DrillPlan.is_open.is_(True))


TODO = (
    Todo(
        kind=TodoKind.LATE,
        label=_("Комисията не е уведомена до 72 часа"),
        permission=DataProtectionPermission.INCIDENT,
        endpoint=INCIDENTS,
        rows=_late,
    ),
    Todo(
        kind=TodoKind.LATE,
        label=_("Насрочено учение, което не е започнато"),
        permission=DataProtectionPermission.INCIDENT,
        endpoint="dataprotection_console.drill",
        rows=lambda uow: _planned().where(DrillPlan.planned_on < day_of(uow.now)),
    ),
    Todo(
        kind=TodoKind.NEW,
        label=_("Необичайни прегледи, които чакат обяснение"),
        permission=DataProtectionPermission.JUDGE,
        endpoint="dataprotection_console.finding_list",
        rows=lambda uow: findings.queue(uow, "open"),
    ),
    Todo(
        kind=TodoKind.APPROVE,
        label=_("Регистър на обработването"),
        permission=DataProtectionPermission.APPROVE,
        endpoint="dataprotection_console.register",
        rows=lambda uow: select(RegisterVersion).where(RegisterVersion.is_waiting.is_(True)),
    ),
    Todo(
        kind=TodoKind.APPROVE,
        label=_("Оценки на въздействието върху личните данни"),
        permission=DataProtectionPermission.ASSESS,
        endpoint=ASSESSMENTS,
        rows=lambda uow: assessments.waiting_assessments(),
    ),
    Todo(
        kind=TodoKind.NEW,
        label=_("Дейности без оценка на въздействието"),
        permission=DataProtectionPermission.MANAGE,
        endpoint=ASSESSMENTS,
        rows=assessments.unassessed,
    ),
)
DUE = (
    DueDays(
        label=_("Краен час за уведомяване на комисията"),
        permission=DataProtectionPermission.INCIDENT,
        endpoint=INCIDENTS,
        days=_terms,
    ),
    DueDays(
        label=_("Учение за нарушение на личните данни"),
        permission=DataProtectionPermission.INCIDENT,
        endpoint="dataprotection_console.drill",
        days=lambda uow: _planned().with_only_columns(DrillPlan.planned_on),
    ),
    DueDays(
        label=_("Край на договор с обработващ данни"),
        permission=DataProtectionPermission.MANAGE,
        endpoint="dataprotection_console.processor_list",
        days=lambda uow: select(Processor.ends_on).where(
            Processor.removed_at.is_(None), Processor.ends_on.is_not(None)
        ),
    ),
)
