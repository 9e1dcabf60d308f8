"""Materials of a section for one vote: counted, sealed, packed (чл. 35, чл. 39, ал. 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.polling.errors import SealsTaken, StaleSection
from obshto.modules.polling.events import MaterialsWritten
from obshto.modules.polling.models import PollingSection, SectionMaterials
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.unit_of_work import UnitOfWork

PROTOCOLS = 2  # чл. 39, ал. 3: one for the municipal commission, one for the mayor
ON_A_LIST = 20  # voters on one sheet of the voter list


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialCounts:
    """What is packed, as typed or as reckoned from the voters."""

    ballots: int
    envelopes: int
    protocols: int
    lists: int
    boxes: int
    booths: int
    first_seal: int | None = None
    last_seal: int | None = None
    packed_on: date | None = None


def reckoned(voters: int, *, spare: int) -> MaterialCounts:
    """What so many voters need, with `spare` per cent more ballots, rounded up."""
    ballots = -(-voters * (100 + spare) // 100)
    return MaterialCounts(
        ballots=ballots,
        envelopes=ballots,
        protocols=PROTOCOLS,
        lists=-(-voters // ON_A_LIST),
        boxes=1,
        booths=2 if voters > 500 else 1,
    )


def materials_by_section(uow: UnitOfWork, vote: CalledVote) -> Mapping[UUID, SectionMaterials]:
    """What was written for that vote. One query."""
    wanted = select(SectionMaterials).where(SectionMaterials.vote_id == vote.id)
    return {one.section_id: one for one in uow.session.scalars(wanted)}


def write_materials(
    uow: UnitOfWork,
    vote: CalledVote,
    section: PollingSection,
    counts: MaterialCounts,
    *,
    expected_version: int,
) -> None:
    """The first time `expected_version` is 0. Raises StaleSection, SealsTaken.

    Whoever writes for the same vote at the same time waits for the sections, so that no seal is
    given twice.
    """
    uow.session.execute(
        select(PollingSection.id).order_by(PollingSection.id).with_for_update()
    ).all()
    wanted = select(SectionMaterials).where(
        SectionMaterials.vote_id == vote.id, SectionMaterials.section_id == section.id
    )
    row = uow.session.scalar(wanted.execution_options(populate_existing=True))
    told = {name: getattr(counts, name) for name in MaterialCounts.__slots__}
    if row and all(getattr(row, name) == value for name, value in told.items()):
        return
    if (row.version if row else 0) != expected_version:
        raise StaleSection
    _expect_seals(uow, vote, section, counts)
    try:
        with uow.session.begin_nested():
            _put(uow, row, vote, section, told)
    except IntegrityError:  # written in the same instant
        raise StaleSection from None
    uow.emit(MaterialsWritten(subject_id=section.id, number=section.number))


def seals_of(
    sections: Sequence[PollingSection], materials: Mapping[UUID, SectionMaterials]
) -> list[tuple[PollingSection, SectionMaterials]]:
    """Sections that have seals, in the order of their numbers."""
    pairs = [(one, materials[one.id]) for one in sections if one.id in materials]
    return sorted(
        (pair for pair in pairs if pair[1].first_seal is not None),
        key=lambda pair: pair[1].first_seal or 0,
    )


def _put(
    uow: UnitOfWork,
    row: SectionMaterials | None,
    vote: CalledVote,
    section: PollingSection,
    told: dict[str, object],
) -> None:
    if row is None:
        uow.session.add(SectionMaterials(vote_id=vote.id, section_id=section.id, **told))
        return
    for name, value in told.items():
        setattr(row, name, value)


def _expect_seals(
    uow: UnitOfWork, vote: CalledVote, section: PollingSection, counts: MaterialCounts
) -> None:
    if counts.first_seal is None or counts.last_seal is None:
        return
    taken = (
        select(PollingSection.number)
        .join(SectionMaterials, SectionMaterials.section_id == PollingSection.id)
        .where(
            SectionMaterials.vote_id == vote.id,
            SectionMaterials.section_id != section.id,
            SectionMaterials.first_seal <= counts.last_seal,
            SectionMaterials.last_seal >= counts.first_seal,
        )
    )
    if number := uow.session.scalar(taken.limit(1)):
        raise SealsTaken(number=number)
