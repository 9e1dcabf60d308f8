"""Reading assemblies: who sees which, their questions and steps, who owes what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select

from obshto.modules.assembly.errors import NoSuchAssembly, NoSuchAssemblyQuestion
from obshto.modules.assembly.models import Assembly, AssemblyQuestion, AssemblyStep
from obshto.modules.assembly.services.states import (
    COMING,
    DISCARDED,
    DRAFT,
    ENDED,
    HELD,
    HIDDEN,
    OWED,
    following_law,
)
from obshto.modules.assembly.settings import AssemblySettings
from obshto.platform.clock import day_of
from obshto.platform.petitions.due_rows import due_by_rows
from obshto.platform.petitions.stations import Due
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

COMING_LIST, HELD_LIST, FOLLOWED_LIST, DRAFTS_LIST = "coming", "held", "followed", "drafts"
LISTS = (COMING_LIST, HELD_LIST, FOLLOWED_LIST)


def settings_here(uow: UnitOfWork) -> AssemblySettings:
    """What the municipality decided."""
    return settings_of(uow, "assembly", AssemblySettings)


def public(name: str = "") -> Select[Assembly]:
    """What everybody sees: all that were announced, the newest first; one list or all."""
    rows = select(Assembly).where(Assembly.sequence > 0, Assembly.state.not_in(HIDDEN))
    rows = rows.where(_of_list(name)) if name in LISTS else rows
    return rows.order_by(Assembly.starts_at.desc(), Assembly.id.desc())


def public_assembly(uow: UnitOfWork, assembly_id: UUID) -> Assembly:
    """One that everybody sees. Raises NoSuchAssembly."""
    return _one(uow, public().where(Assembly.id == assembly_id))


def public_among(uow: UnitOfWork, ids: Collection[UUID] | None) -> Sequence[Assembly]:
    """Those that everybody sees among `ids`; None means all."""
    wanted = public() if ids is None else public().where(Assembly.id.in_(ids))
    return uow.session.scalars(wanted).all()


def queue(name: str) -> Select[Assembly]:
    """What staff see, drafts too; one list or all."""
    rows = select(Assembly).where(Assembly.state != DISCARDED)
    if name in LISTS:
        rows = rows.where(_of_list(name))
    elif name == DRAFTS_LIST:
        rows = rows.where(Assembly.state == DRAFT)
    return rows.order_by(Assembly.starts_at.desc(), Assembly.id.desc())


def staff_assembly(uow: UnitOfWork, assembly_id: UUID, *, to_change: bool = False) -> Assembly:
    """One that staff see. Raises NoSuchAssembly."""
    return _one(uow, queue("").where(Assembly.id == assembly_id), to_change=to_change)


def questions_of(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, list[AssemblyQuestion]]:
    """The agenda of each. One query."""
    found: dict[UUID, list[AssemblyQuestion]] = defaultdict(list)
    rows = select(AssemblyQuestion).where(AssemblyQuestion.assembly_id.in_(ids))
    order = (AssemblyQuestion.position, AssemblyQuestion.id)
    for row in uow.session.scalars(rows.order_by(*order)) if ids else ():
        found[row.assembly_id].append(row)
    return found


def agenda_of(uow: UnitOfWork, assembly: Assembly) -> list[AssemblyQuestion]:
    """The questions in their order."""
    return questions_of(uow, [assembly.id])[assembly.id]


def question_of(uow: UnitOfWork, assembly: Assembly, question_id: UUID) -> AssemblyQuestion:
    """One of the agenda. Raises NoSuchAssemblyQuestion."""
    found = uow.session.get(AssemblyQuestion, question_id)
    if found is None or found.assembly_id != assembly.id:
        raise NoSuchAssemblyQuestion
    return found


def steps_of(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, list[AssemblyStep]]:
    """What happened to each, in the order of the days. One query."""
    found: dict[UUID, list[AssemblyStep]] = defaultdict(list)
    rows = select(AssemblyStep).where(AssemblyStep.assembly_id.in_(ids))
    order = (AssemblyStep.happened_on, AssemblyStep.at, AssemblyStep.id)
    for row in uow.session.scalars(rows.order_by(*order)) if ids else ():
        found[row.assembly_id].append(row)
    return found


def held_on(assembly: Assembly) -> date:
    """The day of the decision: from it the terms run."""
    return day_of(assembly.began_at or assembly.starts_at)


def due_of(assembly: Assembly, question: AssemblyQuestion) -> Due | None:
    """Who owes the next step about a decision; None where nobody does.

    The mayor may issue an order or go to the council: which body is competent the law says, not we.
    """
    law = following_law(assembly.announced_on, on=held_on(assembly))
    return due_by_rows(law, question.state, {"held": held_on(assembly)})


def last_day(assembly: Assembly, question: AssemblyQuestion) -> date | None:
    """The term of law of the next step."""
    due = due_of(assembly, question)
    return due.term.due_on if due and due.term else None


def late(uow: UnitOfWork) -> Select[AssemblyQuestion]:
    """Decisions whose term passed."""
    return select(AssemblyQuestion).where(
        AssemblyQuestion.due_on < day_of(uow.now), AssemblyQuestion.state.in_(OWED)
    )


def unrecorded(uow: UnitOfWork) -> Select[Assembly]:
    """Assemblies whose hour came and that nobody wrote the end of."""
    return select(Assembly).where(Assembly.state.in_(COMING), Assembly.starts_at < uow.now)


def open_number(uow: UnitOfWork) -> int:
    """How many are announced, or held with a decision that somebody still owes."""
    open_ones = Assembly.state.in_(COMING) | _of_list(FOLLOWED_LIST)
    wanted = select(func.count()).select_from(Assembly).where(open_ones)
    return uow.session.scalar(wanted) or 0


def _of_list(name: str) -> ColumnElement[bool]:
    if name == COMING_LIST:
        return Assembly.state.in_(COMING)
    if name == HELD_LIST:
        return Assembly.state.in_([state for state in ENDED if state != DISCARDED])
    owed = exists().where(
        AssemblyQuestion.assembly_id == Assembly.id, AssemblyQuestion.state.in_(OWED)
    )
    return (Assembly.state == HELD) & owed


def _one(uow: UnitOfWork, wanted: Select[Assembly], *, to_change: bool = False) -> Assembly:
    if to_change:
        wanted = wanted.order_by(None).with_for_update(of=Assembly)
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchAssembly
    return found
