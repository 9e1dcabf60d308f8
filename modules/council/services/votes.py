"""Votes by name: a motion with its counts, each appended, the last one in force.

The row of the motion is locked by whoever counts, and each form says which count its author saw:
of two secretaries the second is refused and sees what the first entered. What a count comes to is
written into the minutes; a decision takes its number once and keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.council.errors import (
    CorrectionNeedsReason,
    DecisionNumberTaken,
    NobodyVotes,
    NoSuchVote,
    SessionNotBegun,
    StaleVote,
    VoteMissing,
)
from obshto.modules.council.events import RollCallCorrected, RollCallRecorded
from obshto.modules.council.models import (
    Councillor,
    CouncillorVote,
    DecisionCounter,
    RollCall,
    RollCallEdition,
)
from obshto.modules.council.services.majorities import (
    ABSTAINED,
    AGAINST,
    FOR,
    Majority,
    RollCallResult,
    majority_on,
    reckon,
)
from obshto.modules.council.services.members import sitting
from obshto.modules.council.services.sessions import meetings
from obshto.modules.council.settings import CouncilSettings
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once
from obshto.platform.modularity.council_sessions import (
    CouncilSession,
    SessionPoint,
    VotedEntry,
)
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

Choices = Mapping[UUID, str]
_SERIES = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """What is voted on; `number` is for a decision that does not take the next one."""

    motion: str
    majority: str
    decision: str = ""
    ground: str = ""
    owner: str = ""
    due_on: date | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedVote:
    """A vote with its counts, the last first, and the votes of the last."""

    row: RollCall
    editions: Sequence[RollCallEdition]
    votes: Sequence[tuple[Councillor, str]]
    majority: Majority
    result: RollCallResult

    @property
    def choices(self) -> dict[UUID, str]:
        return {councillor.id: choice for councillor, choice in self.votes}


def record_vote(
    uow: UnitOfWork,
    session: CouncilSession,
    point: SessionPoint,
    motion: Motion,
    choices: Choices,
    *,
    request_id: UUID,
) -> RollCall:
    """A vote with its first count; the same `request_id` records it once.

    Raises SessionNotBegun, NobodyVotes, VoteMissing, DecisionNumberTaken.
    """
    again = select(RollCall).where(RollCall.request_id == request_id)
    if known := uow.session.scalar(again):
        return known
    if session.starts_at > uow.now or session.announced_at is None or session.is_cancelled:
        raise SessionNotBegun
    day = day_of(session.starts_at)
    voters = _voters(uow, day, choices)
    majority = majority_on(motion.majority, day)
    row = RollCall(
        request_id=request_id,
        session_id=session.id,
        item_id=point.id,
        held_on=day,
        motion=motion.motion,
        decision=motion.decision,
        owner=motion.owner,
        due_on=motion.due_on,
        majority=motion.majority,
        ground=motion.ground,
        read_on=majority.read_on,
        seats=settings_of(uow, "council", CouncilSettings).seats or len(voters),
        year=day.year,
    )
    if (first := create_once(uow, row)) is not row:
        return first
    _append(uow, row, choices, why="", number=1, request_id=request_id)
    _settle(uow, row, point, choices, wanted=motion.number)
    uow.emit(RollCallRecorded(subject_id=row.id))
    return row


def correct_vote(
    uow: UnitOfWork,
    row: RollCall,
    point: SessionPoint,
    choices: Choices,
    *,
    why: str,
    seen: int,
    request_id: UUID,
) -> None:
    """A further count; the row is locked, `seen` is the count that its author had before them.

    Raises StaleVote, CorrectionNeedsReason, VoteMissing.
    """
    done = select(RollCallEdition.id).where(RollCallEdition.request_id == request_id)
    if uow.session.scalar(done):
        return
    last = _last(uow, row.id)
    if last != seen:
        raise StaleVote
    _voters(uow, row.held_on, choices)
    if not why:
        raise CorrectionNeedsReason
    _append(uow, row, choices, why=why, number=last + 1, request_id=request_id)
    _settle(uow, row, point, choices, wanted=None)
    uow.emit(RollCallCorrected(subject_id=row.id))


def vote_of(uow: UnitOfWork, vote_id: UUID, *, to_change: bool = False) -> RollCall:
    """Raises NoSuchVote."""
    found = uow.session.get(RollCall, vote_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchVote
    return found


def voters_of(uow: UnitOfWork, vote: CountedVote) -> list[Councillor]:
    """Councillors of a correction: those counted, and those entered since. One query."""
    known = [councillor for councillor, _choice in vote.votes]
    counted_ids = {one.id for one in known}
    return known + [one for one in sitting(uow, vote.row.held_on) if one.id not in counted_ids]


def votes_of(uow: UnitOfWork, session_id: UUID) -> list[CountedVote]:
    """All votes of a session as they were held, each by its last count. Three queries."""
    rows = select(RollCall).where(RollCall.session_id == session_id).order_by(RollCall.id)
    return _counted(uow, uow.session.scalars(rows).all())


def counted(uow: UnitOfWork, row: RollCall) -> CountedVote:
    """One of them. Two queries."""
    return _counted(uow, [row])[0]


def votes_by(councillor_id: UUID) -> Select[RollCall]:
    """The votes in which a councillor is counted, the latest first."""
    own = CouncillorVote.councillor_id == councillor_id
    rows = (
        select(RollCallEdition.vote_id)
        .join(CouncillorVote, CouncillorVote.edition_id == RollCallEdition.id)
        .where(own)
    )
    latest = (RollCall.held_on.desc(), RollCall.id.desc())
    return select(RollCall).where(RollCall.id.in_(rows)).order_by(*latest)


def choices_by(uow: UnitOfWork, councillor_id: UUID, rows: Sequence[RollCall]) -> Choices:
    """How a councillor voted, by the last count of each vote. One query."""
    chosen = (
        select(RollCallEdition.vote_id, CouncillorVote.choice)
        .join(CouncillorVote, CouncillorVote.edition_id == RollCallEdition.id)
        .where(CouncillorVote.councillor_id == councillor_id)
        .where(RollCallEdition.vote_id.in_([row.id for row in rows]))
        .order_by(RollCallEdition.edition)  # so that the last count stays
    )
    return {vote_id: choice for vote_id, choice in uow.session.execute(chosen)}  # noqa: C416


def _counted(uow: UnitOfWork, rows: Sequence[RollCall]) -> list[CountedVote]:
    ids = [row.id for row in rows]
    counts: dict[UUID, list[RollCallEdition]] = {one: [] for one in ids}
    editions = select(RollCallEdition).where(RollCallEdition.vote_id.in_(ids))
    for edition in uow.session.scalars(editions.order_by(RollCallEdition.edition.desc())):
        counts[edition.vote_id].append(edition)
    last = [of_one[0].id for of_one in counts.values()]
    votes: dict[UUID, list[tuple[Councillor, str]]] = {one: [] for one in last}
    ballots = (
        select(CouncillorVote, Councillor)
        .join(Councillor, Councillor.id == CouncillorVote.councillor_id)
        .where(CouncillorVote.edition_id.in_(last))
        .order_by(Councillor.name, Councillor.id)
    )
    for ballot, councillor in uow.session.execute(ballots):
        votes[ballot.edition_id].append((councillor, ballot.choice))
    return [_of(row, counts[row.id], votes[counts[row.id][0].id]) for row in rows]


def _of(
    row: RollCall, editions: Sequence[RollCallEdition], votes: Sequence[tuple[Councillor, str]]
) -> CountedVote:
    majority = majority_on(row.majority, row.held_on)
    result = reckon(majority, (choice for _, choice in votes), seats=row.seats)
    return CountedVote(row=row, editions=editions, votes=votes, majority=majority, result=result)


def _voters(uow: UnitOfWork, day: date, choices: Choices) -> list[Councillor]:
    voters = sitting(uow, day)
    if not voters:
        raise NobodyVotes
    for one in voters:
        if one.id not in choices:
            raise VoteMissing(name=one.name)
    return voters


def _last(uow: UnitOfWork, vote_id: UUID) -> int:
    rows = select(func.max(RollCallEdition.edition)).where(RollCallEdition.vote_id == vote_id)
    return uow.session.scalar(rows) or 0


def _append(
    uow: UnitOfWork, row: RollCall, choices: Choices, *, why: str, number: int, request_id: UUID
) -> None:
    edition = RollCallEdition(
        request_id=request_id, vote_id=row.id, edition=number, why=why, entered_at=uow.now
    )
    uow.session.add(edition)
    uow.session.flush()
    uow.session.add_all(
        CouncillorVote(edition_id=edition.id, councillor_id=one, choice=choice)
        for one, choice in choices.items()
    )
    uow.session.flush()


def _settle(
    uow: UnitOfWork, row: RollCall, point: SessionPoint, choices: Choices, *, wanted: int | None
) -> None:
    """Number the decision if it was adopted, and write the entry of the minutes."""
    result = reckon(majority_on(row.majority, row.held_on), choices.values(), seats=row.seats)
    is_decided = result.is_adopted and bool(row.decision)
    if is_decided and row.number is None:
        row.number = _take_number(uow, row.year, wanted)
        uow.session.flush()
    entry = VotedEntry(
        motion=row.motion,
        votes_for=result.counts[FOR],
        votes_against=result.counts[AGAINST],
        votes_abstained=result.counts[ABSTAINED],
        number=str(row.number) if is_decided else "",
        decision=row.decision if is_decided else "",
        owner=row.owner if is_decided else "",
        due_on=row.due_on if is_decided else None,
    )
    meetings().write_entry(uow, point, entry, entry_id=row.entry_id)


def _take_number(uow: UnitOfWork, year: int, wanted: int | None) -> int:
    """The next number of the year, or the one that was typed; the counter stays locked."""
    last = DecisionCounter.last
    first = insert(DecisionCounter).values(kind=_SERIES, year=year, last=wanted or 1)
    following = last + 1 if wanted is None else func.greatest(last, wanted)
    taken = first.on_conflict_do_update(
        index_elements=[DecisionCounter.kind, DecisionCounter.year], set_={"last": following}
    )
    number = uow.session.execute(taken.returning(last)).scalar_one()
    number = number if wanted is None else wanted
    same = select(RollCall.id).where(RollCall.year == year, RollCall.number == number)
    if uow.session.scalar(same):
        raise DecisionNumberTaken(number=number, year=year)
    return number
