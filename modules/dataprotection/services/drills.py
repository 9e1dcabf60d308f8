"""Drills of an incident: planned for a day, begun as an incident that says so, due once a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.dataprotection.errors import StaleProtectionRow
from obshto.modules.dataprotection.events import DrillPlanned
from obshto.modules.dataprotection.models import DrillPlan, Incident
from obshto.modules.dataprotection.services.incidents import (
    YEAR,
    IncidentStart,
    open_incident,
)
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version, of_request
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillWords:
    """The day of a drill, and what will be played."""

    planned_on: date
    scenario: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillStanding:
    """The last drill that was begun, by when the next one is due, the one that is planned."""

    last: Incident | None
    due_on: date
    is_due: bool
    plan: DrillPlan | None


def drill_standing(uow: UnitOfWork) -> DrillStanding:
    """How the municipality stands with drills. Two queries."""
    begun = select(Incident).where(Incident.is_drill)  # about nobody, so nobody is kept from it
    last = uow.session.scalar(begun.order_by(Incident.detected_at.desc()).limit(1))
    due_on = day_of(last.detected_at + YEAR) if last else day_of(uow.now)
    is_due = last is None or last.detected_at < uow.now - YEAR
    return DrillStanding(last=last, due_on=due_on, is_due=is_due, plan=_open_plan(uow))


def plan_drill(
    uow: UnitOfWork, words: DrillWords, *, request_id: UUID, expected_version: int
) -> DrillPlan:
    """Plan the next one, or another day for it; the same form twice is one.

    Raises StaleProtectionRow where somebody else planned it meanwhile.
    """
    if plan := of_request(uow, DrillPlan, request_id) or _open_plan(uow, to_change=True):
        _change(uow, plan, words, expected_version=expected_version)
        return plan
    plan = DrillPlan(
        request_id=request_id,
        is_open=True,
        planned_on=words.planned_on,
        scenario=words.scenario,
        planned_by_id=uow.principal.person_id,
        planned_by=uow.principal.name,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(plan)
    except IntegrityError:  # another form in the same instant
        if same := of_request(uow, DrillPlan, request_id):
            return same
        raise StaleProtectionRow from None
    uow.emit(DrillPlanned(subject_id=plan.id))
    return plan


def begin_drill(uow: UnitOfWork, start: IncidentStart, *, request_id: UUID) -> Incident:
    """Open the incident that is a drill; what was planned is done by it. Twice is once."""
    before = uow.session.scalar(select(Incident.id).where(Incident.request_id == request_id))
    row = open_incident(uow, start, request_id=request_id)
    if before is None and (plan := _open_plan(uow, to_change=True)):
        uow.session.flush()
        plan.is_open, plan.incident_id = None, row.id
    return row


def _change(uow: UnitOfWork, plan: DrillPlan, words: DrillWords, *, expected_version: int) -> None:
    if (plan.planned_on, plan.scenario) == (words.planned_on, words.scenario):
        return
    expect_version(plan, expected_version, StaleProtectionRow)
    plan.planned_on, plan.scenario = words.planned_on, words.scenario
    uow.emit(DrillPlanned(subject_id=plan.id))


def _open_plan(uow: UnitOfWork, *, to_change: bool = False) -> DrillPlan | None:
    row = select(DrillPlan).where(DrillPlan.is_open.is_(True))
    if to_change:
        row = row.with_for_update().execution_options(populate_existing=True)
    return uow.session.scalar(row)
