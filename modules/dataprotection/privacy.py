"""Personal data of data protection: of staff alone, how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import undefer

from obshto.modules.dataprotection.models import (
    ImpactAssessment,
    IncidentLine,
    LookFinding,
    RegisterVersion,
    StaffLeave,
)
from obshto.modules.dataprotection.services.retention import forget_official
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Decided findings about the official, what they did here.

    A finding that is still examined is not told to whom it concerns (art. 15(4)).
    """
    about = select(LookFinding).where(LookFinding.by_id == person_id, LookFinding.outcome != "")
    mine = or_(
        RegisterVersion.proposed_by_id == person_id, RegisterVersion.approved_by_id == person_id
    )
    assessed = or_(
        ImpactAssessment.proposed_by_id == person_id, ImpactAssessment.approved_by_id == person_id
    )
    findings = uow.session.scalars(about.options(undefer(LookFinding.explanation)))
    return {
        "findings_about_you": [_finding(row) for row in findings],
        "leaves": _leaves(uow, person_id),
        "incident_lines": _lines(uow, person_id),
        "assessments": [
            {"title": row.entry["title"], "number": row.number}
            for row in uow.session.scalars(
                select(ImpactAssessment).where(assessed).order_by(ImpactAssessment.id)
            )
        ],
        "register_versions": [
            {"number": row.number, "proposed_at": row.proposed_at.isoformat()}
            for row in uow.session.scalars(
                select(RegisterVersion).where(mine).order_by(RegisterVersion.proposed_at)
            )
        ],
    }


def _finding(row: LookFinding) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("kind", "number", "outcome", "explanation")}
    return told | {"first_at": row.first_at.isoformat()}


def _lines(uow: UnitOfWork, person_id: UUID) -> list[dict[str, Any]]:
    rows = select(IncidentLine).where(IncidentLine.by_id == person_id)
    return [
        {"at": row.at.isoformat(), "what": row.name, "words": row.words}
        for row in uow.session.scalars(rows.order_by(IncidentLine.at))
    ]


def _leaves(uow: UnitOfWork, person_id: UUID) -> list[dict[str, Any]]:
    rows = select(StaffLeave).where(StaffLeave.person_id == person_id)
    return [
        {"from": row.starts_on.isoformat(), "to": row.ends_on.isoformat()}
        for row in uow.session.scalars(rows.order_by(StaffLeave.starts_on))
    ]


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Names of staff go; what happened stays for its years (art. 5(2), 33(5))."""
    forget_official(uow, person_id)
