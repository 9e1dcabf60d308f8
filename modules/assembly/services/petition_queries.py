"""Reading petitions for assemblies: who sees which, their steps, who owes the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, func, select

from obshto.modules.assembly.errors import NoSuchAssemblyPetition
from obshto.modules.assembly.models import Assembly, AssemblyPetition, AssemblyPetitionStep
from obshto.modules.assembly.services.petition_states import (
    CHECKING,
    COLLECTING,
    CONFIRMED,
    DISCARDED,
    DRAFT,
    HIDDEN,
    OVER,
    PetitionAct,
    petition_law,
)
from obshto.modules.assembly.services.states import DISCARDED as DISCARDED_NOTICE
from obshto.platform.cases.channels import PORTAL
from obshto.platform.clock import day_of
from obshto.platform.legal.procedures import LawInForce
from obshto.platform.unit_of_work import UnitOfWork

IDLE = timedelta(days=365)  # without any act upon it


def public_petitions() -> Select[AssemblyPetition]:
    """What everybody sees: all that signing began for, the newest first."""
    seen = (AssemblyPetition.sequence > 0, AssemblyPetition.state.not_in(HIDDEN))
    order = (AssemblyPetition.year.desc(), AssemblyPetition.sequence.desc())
    return select(AssemblyPetition).where(*seen).order_by(*order)


def public_petition(uow: UnitOfWork, petition_id: UUID) -> AssemblyPetition:
    """One that everybody sees. Raises NoSuchAssemblyPetition."""
    return _one(uow, public_petitions().where(AssemblyPetition.id == petition_id))


def petition_queue() -> Select[AssemblyPetition]:
    """What staff see, never a citizen's own draft; those that wait for staff first."""
    # By its channel: the draft of somebody who closed the account stays as hidden as it was.
    own_draft = (AssemblyPetition.state == DRAFT) & (AssemblyPetition.channel == PORTAL)
    rows = select(AssemblyPetition).where(~own_draft, AssemblyPetition.state != DISCARDED)
    waits = AssemblyPetition.state.in_((CHECKING, CONFIRMED))
    return rows.order_by(waits.desc(), AssemblyPetition.id.desc())


def staff_petition(
    uow: UnitOfWork, petition_id: UUID, *, to_change: bool = False
) -> AssemblyPetition:
    """One that staff see. Raises NoSuchAssemblyPetition."""
    wanted = petition_queue().where(AssemblyPetition.id == petition_id)
    return _one(uow, wanted, to_change=to_change)


def petitions_of(person_id: UUID) -> Select[AssemblyPetition]:
    """The petitions that somebody began."""
    mine = (AssemblyPetition.person_id == person_id, AssemblyPetition.state != DISCARDED)
    return select(AssemblyPetition).where(*mine).order_by(AssemblyPetition.id.desc())


def own_petition(
    uow: UnitOfWork, petition_id: UUID, *, to_change: bool = False
) -> AssemblyPetition:
    """One that the person began. Raises NoSuchAssemblyPetition."""
    me = uow.principal.person_id
    if me is None:
        raise NoSuchAssemblyPetition
    wanted = petitions_of(me).where(AssemblyPetition.id == petition_id)
    return _one(uow, wanted, to_change=to_change)


def petition_steps(uow: UnitOfWork, petition: AssemblyPetition) -> Sequence[AssemblyPetitionStep]:
    """What happened, in its order."""
    wanted = select(AssemblyPetitionStep).where(AssemblyPetitionStep.petition_id == petition.id)
    order = (AssemblyPetitionStep.at, AssemblyPetitionStep.id)
    return uow.session.scalars(wanted.order_by(*order)).all()


def notice_of(uow: UnitOfWork, petition: AssemblyPetition) -> Assembly | None:
    """The assembly that was drafted or announced upon it, the newest."""
    own = (Assembly.petition_id == petition.id, Assembly.state != DISCARDED_NOTICE)
    return uow.session.scalar(select(Assembly).where(*own).order_by(Assembly.id.desc()).limit(1))


def petition_law_here(uow: UnitOfWork, petition: AssemblyPetition) -> LawInForce[PetitionAct]:
    """By which rows of the law a petition goes today. One query."""
    return petition_law(petition_steps(uow, petition), on=day_of(uow.now))


def petitions_in(*states: str) -> Select[AssemblyPetition]:
    """Those in some of the states, as staff see them."""
    return petition_queue().where(AssemblyPetition.state.in_(states))


def idle_petitions(uow: UnitOfWork) -> Select[AssemblyPetition]:
    """Those that may still be signed, though nobody worked at them for a year."""
    return select(AssemblyPetition).where(
        AssemblyPetition.state == COLLECTING,
        AssemblyPetition.changed_at < uow.now - IDLE,
    )


def open_petitions(uow: UnitOfWork) -> int:
    """How many wait for signatures, a check or the notice."""
    wanted = select(func.count()).select_from(AssemblyPetition)
    return uow.session.scalar(wanted.where(AssemblyPetition.state.not_in((*OVER, DRAFT)))) or 0


def _one(
    uow: UnitOfWork, wanted: Select[AssemblyPetition], *, to_change: bool = False
) -> AssemblyPetition:
    if to_change:
        wanted = wanted.order_by(None).with_for_update(of=AssemblyPetition)
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchAssemblyPetition
    return found
