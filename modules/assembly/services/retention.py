"""Terms watched by the clock; signatories forgotten by the term, staff when they leave."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from obshto.modules.assembly.events import AssemblyTermPassed
from obshto.modules.assembly.models import (
    Assembly,
    AssemblyPetition,
    AssemblyPetitionStep,
    AssemblyQuestion,
    AssemblyStep,
)
from obshto.modules.assembly.services import petition_queries, queries
from obshto.modules.assembly.services.petition_paper import PAPER
from obshto.modules.assembly.services.petition_states import OVER
from obshto.modules.assembly.services.petition_steps import advance_petition
from obshto.platform.clock import day_of
from obshto.platform.petitions.retention import empty_rows, forget_staff
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 50


def watch_terms(uow: UnitOfWork) -> None:
    """Job: of a decision past its term whoever owes it is told, once for each term."""
    told = AssemblyQuestion.late_for.is_distinct_from(AssemblyQuestion.due_on)
    late = queries.late(uow).where(told).order_by(AssemblyQuestion.id).limit(AT_ONCE)
    for row in uow.session.scalars(late.with_for_update(skip_locked=True)):
        row.late_for = row.due_on
        assembly = uow.session.get_one(Assembly, row.assembly_id)
        uow.emit(AssemblyTermPassed(subject_id=assembly.id, number=assembly.number))


def end_idle_petitions(uow: UnitOfWork) -> None:
    """Job: a petition that nobody worked at for a year ends, and the term of its names begins."""
    idle = petition_queries.idle_petitions(uow).order_by(AssemblyPetition.id).limit(AT_ONCE)
    for row in uow.session.scalars(idle.with_for_update(skip_locked=True)):
        way = petition_queries.petition_law_here(uow, row).acts["lapse"].way
        advance_petition(uow, row, way)


def empty_old_petitions(uow: UnitOfWork) -> None:
    """Job: some time after the end no name stays of who signed."""
    kept = timedelta(days=queries.settings_here(uow).keeps_names_days)
    old = select(AssemblyPetition).where(
        AssemblyPetition.state.in_(OVER),
        AssemblyPetition.is_emptied.is_(False),
        AssemblyPetition.ended_on < day_of(uow.now) - kept,
    )
    old = old.order_by(AssemblyPetition.id).limit(AT_ONCE)
    for row in uow.session.scalars(old.with_for_update(skip_locked=True)):
        row.is_emptied = not empty_rows(uow, PAPER.kind, row.id)  # else the rest in the next run


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing says any more that this person began a petition or wrote something down."""
    for model, column, values in (
        (Assembly, Assembly.entered_by_id, {"entered_by_id": None}),
        (AssemblyStep, AssemblyStep.by_id, {"by_id": None}),
        (AssemblyPetition, AssemblyPetition.person_id, {"person_id": None}),
        (
            AssemblyPetition,
            AssemblyPetition.entered_by_id,
            {"entered_by_id": None, "entered_by": ""},
        ),
        (AssemblyPetitionStep, AssemblyPetitionStep.by_id, {"by_id": None, "by_name": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))
    forget_staff(uow, PAPER.kind, person_id)
