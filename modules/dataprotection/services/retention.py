"""Retention: findings and incidents five years after they were decided; names go before that."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.modules.dataprotection.models import (
    Acquaintance,
    DrillPlan,
    ImpactAssessment,
    Incident,
    IncidentLine,
    LookFinding,
    RegisterVersion,
    StaffLeave,
)
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=5 * 365)  # as long as the looks behind them
LEAVES_KEPT = timedelta(days=365)  # a look is asked about long before
AT_ONCE = 200  # rows of one transaction
# What a sealed column becomes cannot be worked out for rows that are in memory.
UNREAD = {"synchronize_session": False}


def forget_old(uow: UnitOfWork) -> None:
    """Job: what is over for five years is gone."""
    old = select(LookFinding.id).where(LookFinding.decided_at < uow.now - KEPT).limit(AT_ONCE)
    ids = list(uow.session.scalars(old))
    uow.session.execute(delete(LookFinding).where(LookFinding.id.in_(ids)))
    passed = delete(Acquaintance).where(Acquaintance.marked_at < uow.now - KEPT)
    uow.session.execute(passed)
    over = select(Incident.id).where(Incident.closed_at < uow.now - KEPT).limit(AT_ONCE)
    ids = list(uow.session.scalars(over))
    uow.session.execute(delete(IncidentLine).where(IncidentLine.incident_id.in_(ids)))
    uow.session.execute(delete(DrillPlan).where(DrillPlan.incident_id.in_(ids)))
    uow.session.execute(delete(Incident).where(Incident.id.in_(ids)))


def forget_leaves(uow: UnitOfWork) -> None:
    """Job: a year after its last day a leave is gone."""
    old = StaffLeave.ends_on < day_of(uow.now) - LEAVES_KEPT
    ids = uow.session.scalars(select(StaffLeave.id).where(old).limit(AT_ONCE)).all()
    uow.session.execute(delete(StaffLeave).where(StaffLeave.id.in_(ids)))


def forget_official(uow: UnitOfWork, person_id: UUID) -> None:
    """Of who worked here once no name and no explanation stays; that something happened does."""
    uow.session.execute(delete(Acquaintance).where(Acquaintance.by_id == person_id))
    uow.session.execute(delete(StaffLeave).where(StaffLeave.person_id == person_id))
    for model, column, values in (
        (LookFinding, LookFinding.by_id, {"by_id": None, "by_name": "", "explanation": None}),
        (LookFinding, LookFinding.decided_by_id, {"decided_by_id": None, "decided_by": ""}),
        (Incident, Incident.about_id, {"about_id": None}),
        (IncidentLine, IncidentLine.by_id, {"by_id": None, "by_name": ""}),
        (DrillPlan, DrillPlan.planned_by_id, {"planned_by_id": None, "planned_by": ""}),
        (StaffLeave, StaffLeave.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (
            RegisterVersion,
            RegisterVersion.proposed_by_id,
            {"proposed_by_id": None, "proposed_by": ""},
        ),
        (
            RegisterVersion,
            RegisterVersion.approved_by_id,
            {"approved_by_id": None, "approved_by": ""},
        ),
        (
            ImpactAssessment,
            ImpactAssessment.proposed_by_id,
            {"proposed_by_id": None, "proposed_by": ""},
        ),
        (
            ImpactAssessment,
            ImpactAssessment.approved_by_id,
            {"approved_by_id": None, "approved_by": ""},
        ),
    ):
        rows = update(model).where(column == person_id).values(values)
        uow.session.execute(rows, execution_options=UNREAD)
