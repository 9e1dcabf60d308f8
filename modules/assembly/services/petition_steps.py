"""A way of a petition taken, with its step and its number in the list."""

from __future__ import annotations

from uuid import UUID

from obshto.modules.assembly.models import AssemblyCounter, AssemblyPetition, AssemblyPetitionStep
from obshto.modules.assembly.services.petition_queries import petition_law_here
from obshto.modules.assembly.services.petition_states import (
    COLLECTING,
    OVER,
    PETITION_MACHINE,
    PetitionWay,
)
from obshto.platform.cases.numbers import next_number
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork


def advance_petition(
    uow: UnitOfWork, petition: AssemblyPetition, way: PetitionWay, words: str = ""
) -> None:
    """Take a way and write it down as a step of today. Raises AssemblyPetitionNotFromHere."""
    PETITION_MACHINE.advance_row(petition, way)
    step = AssemblyPetitionStep(
        petition_id=petition.id,
        name=way.name,
        happened_on=day_of(uow.now),
        at=uow.now,
        by_id=uow.principal.person_id,
        by_name=uow.principal.name if way.who else "",
        words=words,
    )
    uow.session.add(step)
    if petition.state in OVER:
        petition.ended_on = day_of(uow.now)
    petition.changed_at = uow.now
    uow.session.flush()
    if petition.state == COLLECTING and not petition.sequence:
        # Last: the counter stays locked until the commit.
        petition.year, petition.sequence = next_number(uow, AssemblyCounter, "petition")
    uow.emit(way.fact(subject_id=petition.id, number=petition.number))


def answer_petition(uow: UnitOfWork, petition_id: UUID) -> None:
    """Its assembly is announced. Raises AssemblyPetitionNotFromHere where it was before."""
    petition = uow.session.get_one(AssemblyPetition, petition_id, with_for_update=True)
    way = petition_law_here(uow, petition).acts["call"].way
    advance_petition(uow, petition, way)
