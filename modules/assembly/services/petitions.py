"""Petitions for an assembly written and led: the words, the steps, the notice that answers one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import select

from obshto.modules.assembly.errors import (
    AssemblyPetitionNotFromHere,
    AssemblyWordsMissing,
    SignersEnough,
    SignersTooFew,
    StaleAssemblyPetition,
)
from obshto.modules.assembly.events import AssemblyPetitionDrafted, AssemblyPetitionEdited
from obshto.modules.assembly.models import Assembly, AssemblyPetition
from obshto.modules.assembly.services import assemblies, queries, rules
from obshto.modules.assembly.services.assemblies import AssemblyWords
from obshto.modules.assembly.services.petition_paper import PAPER
from obshto.modules.assembly.services.petition_queries import petition_law_here
from obshto.modules.assembly.services.petition_states import (
    CHECKING,
    COLLECTING,
    CONFIRMED,
    DRAFT,
    PETITION_STATES,
)
from obshto.modules.assembly.services.petition_steps import advance_petition
from obshto.platform.cases.channels import COUNTER, PORTAL
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.legal.reasons import why_of_threshold
from obshto.platform.legal.thresholds import Threshold
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyPetitionWords:
    """A petition as typed: where, a question on each line, why, how many voters by which source."""

    unit: str = ""
    quarter: str = ""
    questions: str
    reasons: str
    voters: int
    voters_source: str


def write_petition(
    uow: UnitOfWork, words: AssemblyPetitionWords, *, request_id: UUID, by_staff: bool = False
) -> AssemblyPetition:
    """A draft that nobody else sees; the same request again finds the first."""
    first_one = select(AssemblyPetition).where(AssemblyPetition.request_id == request_id)
    if first := uow.session.scalar(first_one):
        return first
    me = uow.principal
    petition = AssemblyPetition(
        request_id=request_id,
        person_id=None if by_staff else me.person_id,
        channel=COUNTER if by_staff else PORTAL,
        entered_by_id=me.person_id if by_staff else None,
        entered_by=me.name if by_staff else "",
        state=DRAFT,
        changed_at=uow.now,
        **_columns(words),
    )
    if (first := create_once(uow, petition)) is not petition:
        return first
    uow.emit(AssemblyPetitionDrafted(subject_id=petition.id, number=""))
    return petition


def edit_petition(
    uow: UnitOfWork,
    petition: AssemblyPetition,
    words: AssemblyPetitionWords,
    *,
    expected_version: int,
) -> None:
    """Before signing begins. Raises StaleAssemblyPetition, AssemblyPetitionNotFromHere."""
    _change(uow, petition, _columns(words), (DRAFT,), expected_version)


def count_voters(
    uow: UnitOfWork, petition: AssemblyPetition, voters: int, source: str, *, expected_version: int
) -> None:
    """How many voters there are, by the register office; until the petition is confirmed.

    Raises StaleAssemblyPetition, AssemblyPetitionNotFromHere.
    """
    told = {"voters": voters, "voters_source": source}
    _change(uow, petition, told, (DRAFT, COLLECTING, CHECKING), expected_version)


def needed_of(uow: UnitOfWork, petition: AssemblyPetition) -> Threshold:
    """How many signatures call the assembly (чл. 57, ал. 1)."""
    return rules.call_threshold(petition.voters, day_of(uow.now))


def take_petition_step(
    uow: UnitOfWork,
    petition: AssemblyPetition,
    step: str,
    words: str,
    *,
    expected_version: int,
) -> None:
    """Take a way where the law lets it. The same form again does nothing.

    Raises StaleAssemblyPetition, AssemblyPetitionNotFromHere, AssemblyWordsMissing, what the guard
    refuses.
    """
    act = petition_law_here(uow, petition).acts.get(step)
    if act is None:
        raise AssemblyPetitionNotFromHere(state=PETITION_STATES[petition.state])
    if petition.state == act.way.to and petition.version > expected_version:
        return
    expect_version(petition, expected_version, StaleAssemblyPetition)
    _expect(petition, act.way.sources)
    if act.words and not words:
        raise AssemblyWordsMissing
    for condition in act.conditions:
        _GUARDS[condition](uow, petition)
    advance_petition(uow, petition, act.way, words)


def call_assembly(
    uow: UnitOfWork, petition: AssemblyPetition, words: AssemblyWords, *, request_id: UUID
) -> Assembly:
    """The draft of the notice, with the petition's questions; the same request finds the first.

    Raises AssemblyPetitionNotFromHere, what `write_assembly` raises.
    """
    _expect(petition, (CONFIRMED,))
    row = assemblies.write_assembly(uow, words, request_id=request_id)
    uow.session.flush()
    if not queries.agenda_of(uow, row):
        for number, line in enumerate(petition.questions.splitlines()):
            key = uuid5(request_id, str(number))
            assemblies.add_question(uow, row, line, request_id=key)
    return row


def _enough(uow: UnitOfWork, petition: AssemblyPetition) -> None:
    needed, counted = needed_of(uow, petition), PAPER.counts(uow, petition).counted
    if not needed.is_met(counted):
        raise SignersTooFew(why_of_threshold(needed, number=counted))


def _too_few(uow: UnitOfWork, petition: AssemblyPetition) -> None:
    needed, counted = needed_of(uow, petition), PAPER.counts(uow, petition).counted
    if needed.is_met(counted):
        raise SignersEnough(number=counted, needed=needed.needed)


_GUARDS: Mapping[str, Callable[[UnitOfWork, AssemblyPetition], None]] = {
    "signatures_are_enough": _enough,
    "signatures_are_too_few": _too_few,
}


def _change(
    uow: UnitOfWork,
    petition: AssemblyPetition,
    told: Mapping[str, object],
    states: tuple[str, ...],
    expected_version: int,
) -> None:
    if all(getattr(petition, name) == value for name, value in told.items()):
        return
    expect_version(petition, expected_version, StaleAssemblyPetition)
    _expect(petition, states)
    for name, value in told.items():
        setattr(petition, name, value)
    petition.changed_at = uow.now
    uow.emit(AssemblyPetitionEdited(subject_id=petition.id, number=petition.number))


def _expect(petition: AssemblyPetition, states: tuple[str, ...]) -> None:
    if petition.state not in states:
        raise AssemblyPetitionNotFromHere(state=PETITION_STATES[petition.state])


def _columns(words: AssemblyPetitionWords) -> dict[str, object]:
    return {name: getattr(words, name) for name in AssemblyPetitionWords.__slots__}
