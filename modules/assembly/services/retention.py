"""Terms watched by the clock; staff forgotten when they leave."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from obshto.modules.assembly.events import AssemblyTermPassed
from obshto.modules.assembly.models import Assembly, AssemblyQuestion, AssemblyStep
from obshto.modules.assembly.services import queries
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


def forget_staff(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing says any more that this person wrote something down."""
    for model, column, values in (
        (Assembly, Assembly.entered_by_id, {"entered_by_id": None}),
        (AssemblyStep, AssemblyStep.by_id, {"by_id": None}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))
