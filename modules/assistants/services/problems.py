"""Problems handed to a named official: what could not be solved at the table."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from obshto.modules.assistants.errors import StaleProblem
from obshto.modules.assistants.events import ProblemAnswered, ProblemHandedOver
from obshto.modules.assistants.models import HelpProblem, HelpRequest, HomeVisit
from obshto.modules.assistants.services.states import note
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork


def hand_over(
    uow: UnitOfWork,
    visit: HomeVisit,
    row: HelpRequest,
    words: str,
    *,
    official: tuple[UUID, str],
    request_id: UUID,
) -> HelpProblem:
    """To one official, by name. The same `request_id` again finds the first."""
    known = select(HelpProblem).where(HelpProblem.request_id == request_id)
    if first := uow.session.scalar(known):
        return first
    problem = HelpProblem(
        id=new_id(),
        request_id=request_id,
        case_id=row.id,
        visit_id=visit.id,
        official_id=official[0],
        official=official[1],
        words=words,
        sent_at=uow.now,
    )
    uow.session.add(problem)
    uow.session.flush()
    note(uow, row, "problem", words=official[1])
    uow.emit(ProblemHandedOver(subject_id=problem.id, number=row.number))
    return problem


def answer_problem(
    uow: UnitOfWork, problem: HelpProblem, row: HelpRequest, answer: str, *, expected_version: int
) -> None:
    """The official says what came of it; once. Raises StaleProblem."""
    if problem.answered_at and problem.answer == answer:
        return
    if problem.answered_at or problem.version != expected_version:
        raise StaleProblem
    problem.answer, problem.answered_at = answer, uow.now
    note(uow, row, "solved", words=answer)
    uow.emit(ProblemAnswered(subject_id=problem.id, number=row.number))
