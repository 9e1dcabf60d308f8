"""Protocols of sections: read by two people, compared, returned where they do not hold.

Each act waits for the row of the vote, so that no number changes while a result is announced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.results.errors import (
    BeforeTheEnd,
    NoSuchProtocol,
    NotInThisState,
    OtherSection,
    PublicWordsMissing,
    SamePerson,
    SamePhoto,
    StaleNight,
)
from obshto.modules.results.events import (
    ProtocolFact,
    ProtocolPhotographed,
)
from obshto.modules.results.models import ProtocolEntry, SectionProtocol, VoteNight
from obshto.modules.results.services.control_sums import (
    ProtocolNumbers,
    control_sums,
    differences,
    numbers_of,
)
from obshto.modules.results.services.nights import lock_counting
from obshto.modules.results.services.states import (
    ACCEPT,
    AGAIN,
    AGREE,
    CONTRADICT,
    DIFFER,
    MARK_ABSENT,
    MISSING,
    PROTOCOL_STATES,
    PROTOCOLS,
    READ,
    RETURN,
    ProtocolAct,
    is_open,
    reading_law,
)
from obshto.modules.results.services.votes import closes_at, places_of
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.legal.procedures import LawInForce
from obshto.platform.legal.reasons import Why
from obshto.platform.modularity.polling_places import CalledVote, PollingPlace
from obshto.platform.storage.services import forget_files, is_pdf, keep_document, keep_photo
from obshto.platform.unit_of_work import UnitOfWork

PEOPLE = 2  # who read each protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadProtocol:
    """A section's protocol with what was read in it this time."""

    row: SectionProtocol
    entries: Sequence[ProtocolEntry] = field(default=())

    def is_mine(self, person_id: UUID | None) -> bool:
        """This person read it this time."""
        return person_id is not None and any(one.by_id == person_id for one in self.entries)

    @property
    def differs(self) -> list[str]:
        """Names of the numbers that the two read differently; none before both did."""
        if len(self.entries) < PEOPLE:
            return []
        return differences(numbers_of(self.entries[0]), numbers_of(self.entries[1]))

    @property
    def sums(self) -> list[Why]:
        """The control sums, once two people read the same."""
        if len(self.entries) < PEOPLE or self.differs:
            return []
        return control_sums(numbers_of(self.entries[0]))


def law_here(uow: UnitOfWork, vote: CalledVote) -> LawInForce[ProtocolAct]:
    """By which rows the protocols of a vote are read and settled now."""
    return reading_law(vote.vote_on, on=day_of(uow.now))


def place_of(uow: UnitOfWork, vote: CalledVote, section_id: UUID) -> PollingPlace:
    """A section where that vote takes place. Raises NoSuchProtocol."""
    found = [one for one in places_of(uow, vote.unit) if one.id == section_id]
    if not found:
        raise NoSuchProtocol
    return found[0]


def protocols_of(uow: UnitOfWork, vote: CalledVote) -> Mapping[UUID, SectionProtocol]:
    """Those that somebody touched, by section. One query."""
    wanted = select(SectionProtocol).where(SectionProtocol.vote_id == vote.id)
    return {row.section_id: row for row in uow.session.scalars(wanted)}


def read_protocol(uow: UnitOfWork, vote: CalledVote, place: PollingPlace) -> ReadProtocol:
    """As it stands, before anybody touched it as well. Two queries."""
    row = uow.session.scalar(_wanted(vote, place))
    if row is None:
        fresh = _fresh(vote, place)
        fresh.version, fresh.round = 1, 0
        return ReadProtocol(row=fresh)
    return _with_entries(uow, row)


def enter_protocol(
    uow: UnitOfWork,
    vote: CalledVote,
    place: PollingPlace,
    told: ProtocolNumbers,
    *,
    number: int,
    request_id: UUID,
    expected_round: int,
) -> SectionProtocol:
    """One person's reading; after the second one both are compared.

    The same request again finds the first. Raises BeforeTheEnd, OtherSection, SamePerson,
    NotInThisState, StaleNight, ResultAnnounced.
    """
    night = lock_counting(uow, vote)
    row = _locked(uow, vote, place)
    first = select(ProtocolEntry.id).where(ProtocolEntry.request_id == request_id)
    if uow.session.scalar(first):
        return row
    if number != place.number:
        raise OtherSection(number=place.number)
    if uow.now < closes_at(uow, vote):
        raise BeforeTheEnd
    read = _with_entries(uow, row)
    if read.is_mine(uow.principal.person_id):
        raise SamePerson
    law = law_here(uow, vote)
    if not is_open(law, row.state):
        raise NotInThisState(state=PROTOCOL_STATES[row.state])
    if row.round != expected_round:
        raise StaleNight
    _add_entry(uow, row, told, place=len(read.entries) + 1, request_id=request_id)
    act = law.acts[_compared(uow, row)]
    PROTOCOLS.advance_row(row, act.way)
    _tell(uow, act.way.fact, night, row)
    return row


def restart_protocol(
    uow: UnitOfWork, vote: CalledVote, place: PollingPlace, words: str, *, expected_version: int
) -> None:
    """Read it anew from the beginning; with `words` the section corrects it first.

    Raises StaleNight, NotInThisState, ResultAnnounced.
    """
    night = lock_counting(uow, vote)
    row = _locked(uow, vote, place)
    act = _act_here(uow, vote, row, RETURN if words else AGAIN)
    if row.state == act.way.to and row.words == words:
        return
    expect_version(row, expected_version, StaleNight)
    PROTOCOLS.advance_row(row, act.way)
    row.words, row.handed_at = words, None
    row.round += 1
    _put(row, None)
    _tell(uow, act.way.fact, night, row)


def accept_protocol(
    uow: UnitOfWork, vote: CalledVote, place: PollingPlace, words: str, *, expected_version: int
) -> None:
    """The section says why its numbers stand as they are; they count. Raises as `settle`."""
    _settle(uow, vote, place, words, name=ACCEPT, expected_version=expected_version)


def mark_absent(
    uow: UnitOfWork, vote: CalledVote, place: PollingPlace, words: str, *, expected_version: int
) -> None:
    """There is no protocol of this section, and why; it is counted without one."""
    _settle(uow, vote, place, words, name=MARK_ABSENT, expected_version=expected_version)


def photograph(
    uow: UnitOfWork, vote: CalledVote, place: PollingPlace, stream: BinaryIO, *, name: str
) -> None:
    """A photo or scan of the paper, for the eye beside the numbers; a later one replaces it.

    Raises FileRefused, SamePhoto, ResultAnnounced.
    """
    night = lock_counting(uow, vote)
    row = _locked(uow, vote, place)
    file = (
        keep_document(uow, stream, name=name, is_sealed=True)
        if is_pdf(stream)
        else keep_photo(uow, stream, name=name)
    )
    others = [one for one in protocols_of(uow, vote).values() if one.file_digest == file.sha256]
    if taken := next((one for one in others if one.section_id != place.id), None):
        raise SamePhoto(number=taken.number)
    if others:  # the same photo again
        forget_files(uow, [file.id])
        return
    if row.file_id:
        forget_files(uow, [row.file_id])
    row.file_id, row.file_digest = file.id, file.sha256
    _tell(uow, ProtocolPhotographed, night, row)


def _settle(
    uow: UnitOfWork,
    vote: CalledVote,
    place: PollingPlace,
    words: str,
    *,
    name: str,
    expected_version: int,
) -> None:
    """Raises PublicWordsMissing, StaleNight, NotInThisState, ResultAnnounced."""
    night = lock_counting(uow, vote)
    row = _locked(uow, vote, place)
    act = _act_here(uow, vote, row, name)
    if row.state == act.way.to and row.words == words:
        return
    if not words:
        raise PublicWordsMissing
    expect_version(row, expected_version, StaleNight)
    PROTOCOLS.advance_row(row, act.way)
    row.words = words
    if name == ACCEPT:
        _put(row, numbers_of(_with_entries(uow, row).entries[0]))
    row.handed_at = row.handed_at or uow.now
    _tell(uow, act.way.fact, night, row)


def _compared(uow: UnitOfWork, row: SectionProtocol) -> str:
    """Which act follows from what was read."""
    read = _with_entries(uow, row)
    if len(read.entries) < PEOPLE:
        row.words, row.handed_at = "", uow.now
        return READ
    if read.differs:
        return DIFFER
    if not all(why.holds for why in read.sums):
        return CONTRADICT
    _put(row, numbers_of(read.entries[0]))
    return AGREE


def _act_here(uow: UnitOfWork, vote: CalledVote, row: SectionProtocol, name: str) -> ProtocolAct:
    """Raises NotInThisState for an act that the law of this vote does not have."""
    act = law_here(uow, vote).acts.get(name)
    if act is None:
        raise NotInThisState(state=PROTOCOL_STATES[row.state])
    return act


def _put(row: SectionProtocol, told: ProtocolNumbers | None) -> None:
    for one in fields(ProtocolNumbers):
        setattr(row, one.name, getattr(told, one.name) if told else None)


def _add_entry(
    uow: UnitOfWork, row: SectionProtocol, told: ProtocolNumbers, *, place: int, request_id: UUID
) -> None:
    numbers = {one.name: getattr(told, one.name) for one in fields(ProtocolNumbers)}
    uow.session.add(
        ProtocolEntry(
            request_id=request_id,
            protocol_id=row.id,
            round=row.round,
            place=place,
            entered_at=uow.now,
            by_id=uow.principal.person_id,
            by_name=uow.principal.name,
            **numbers,
        )
    )
    uow.session.flush()


def _with_entries(uow: UnitOfWork, row: SectionProtocol) -> ReadProtocol:
    entries = select(ProtocolEntry).where(
        ProtocolEntry.protocol_id == row.id, ProtocolEntry.round == row.round
    )
    found = uow.session.scalars(entries.order_by(ProtocolEntry.place)).all()
    return ReadProtocol(row=row, entries=found)


def _wanted(vote: CalledVote, place: PollingPlace) -> Select[SectionProtocol]:
    return select(SectionProtocol).where(
        SectionProtocol.vote_id == vote.id, SectionProtocol.section_id == place.id
    )


def _locked(uow: UnitOfWork, vote: CalledVote, place: PollingPlace) -> SectionProtocol:
    """The row of a section; the row of the vote is locked, so nobody else makes it."""
    row = uow.session.scalar(_wanted(vote, place).execution_options(populate_existing=True))
    if row is None:
        row = _fresh(vote, place)
        uow.session.add(row)
        uow.session.flush()
    return row


def _fresh(vote: CalledVote, place: PollingPlace) -> SectionProtocol:
    return SectionProtocol(
        vote_id=vote.id, section_id=place.id, number=place.number, state=MISSING, words=""
    )


def _tell(
    uow: UnitOfWork, fact: type[ProtocolFact], night: VoteNight, row: SectionProtocol
) -> None:
    night.changed_at = uow.now
    uow.session.flush()
    uow.emit(fact(subject_id=night.id, number=row.number))
