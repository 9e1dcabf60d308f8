"""Queries of votes: lists, one of them, its numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from obshto.modules.voting.errors import NoSuchElection
from obshto.modules.voting.models import BoardEvent, Election, RollEntry
from obshto.modules.voting.services.board import (
    BALLOT,
    RESULT,
    SETUP,
    SHORTEST,
    TALLY,
    payload_prefix_of,
)
from obshto.modules.voting.services.states import PUBLIC
from obshto.platform.unit_of_work import UnitOfWork

MOST_TRIALS = 5  # that a page names


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Numbers of a vote: `void` codes may not vote, `voters` have; `for_paper` is how many void
    ones got no spare letter.
    """

    roll: int
    void: int
    for_paper: int
    voters: int


def lists(now: datetime) -> dict[str, Select[Election]]:
    """The lists of the console by their word; a standing trial is nobody's work."""
    every = select(Election).where(Election.is_standing.is_(False))
    every = every.order_by(Election.closes_at.desc(), Election.id.desc())
    public = every.where(Election.stage.in_(PUBLIC))
    return {
        "running": public.where(Election.stage != RESULT),
        "drafts": every.where(Election.stage.not_in(PUBLIC)),
        "counted": public.where(Election.stage == RESULT),
    }


def public() -> Select[Election]:
    """Those that are announced, the newest first, trials after the others."""
    wanted = select(Election).where(Election.stage.in_(PUBLIC))
    return wanted.order_by(Election.is_trial, Election.closes_at.desc(), Election.id.desc())


def opened_trials() -> Select[Election]:
    """Trials whose result trustees opened, the newest first."""
    found = public().where(Election.is_trial, Election.is_standing.is_(False))
    return found.where(Election.stage == RESULT).limit(MOST_TRIALS)


def listed(now: datetime) -> Select[Election]:
    """Those that people are shown: of a standing trial that is over only the address stays."""
    return public().where(Election.is_standing.is_(False) | (Election.closes_at > now))


def public_among(uow: UnitOfWork, ids: Collection[UUID] | None) -> list[Election]:
    """Announced votes, trials left out. One query."""
    wanted = public().where(Election.is_trial.is_(False))
    return [*uow.session.scalars(wanted if ids is None else wanted.where(Election.id.in_(ids)))]


def public_election(uow: UnitOfWork, slug: str) -> Election:
    """The announced vote of this address. Raises NoSuchElection."""
    found = uow.session.scalar(public().where(Election.slug == slug))
    if found is None:
        raise NoSuchElection
    return found


def election_of(uow: UnitOfWork, election_id: UUID, *, to_change: bool = False) -> Election:
    """One for staff; `to_change` locks its row. Raises NoSuchElection."""
    wanted = select(Election).where(Election.id == election_id)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchElection
    return found


def next_open(uow: UnitOfWork) -> Election | None:
    """The vote that runs now and ends first, trials left out. One query."""
    running = public().where(
        Election.stage == SETUP,
        Election.is_trial.is_(False),
        Election.opens_at <= uow.now,
        Election.closes_at > uow.now,
    )
    return uow.session.scalar(running.order_by(None).order_by(Election.closes_at, Election.id))


def turnout_of(uow: UnitOfWork, election: Election) -> Turnout:
    """How many may vote and have. One query."""
    entries = select(func.count()).select_from(RollEntry)
    void = entries.where(RollEntry.election_id == election.id, RollEntry.is_void)
    votes = select(func.count(BoardEvent.credential.distinct()))
    votes = votes.where(BoardEvent.election_id == election.id, BoardEvent.kind == BALLOT)
    asked = select(void.scalar_subquery(), votes.scalar_subquery())
    found = uow.session.execute(asked).one()
    on_paper = found[0] - len((election.lists or {}).get("given", []))
    roll = election.roll_size
    return Turnout(roll=roll, void=found[0], for_paper=on_paper, voters=found[1])


def counted_rows(election: Election) -> Select[str]:
    """Names of the ballots that count, the last of each credential, in the order of their names."""
    rows = select(BoardEvent.payload_hash).where(_counts(election))
    return rows.order_by(BoardEvent.payload_hash)


def _counts(election: Election) -> ColumnElement[bool]:
    of_election = BoardEvent.election_id == election.id
    last = select(func.max(BoardEvent.height)).where(of_election, BoardEvent.kind == BALLOT)
    return of_election & BoardEvent.height.in_(last.group_by(BoardEvent.credential))


def find_tracker(uow: UnitOfWork, election: Election, tracker: str) -> str:
    """„counted“, „replaced“ by a later ballot of the same code, „absent“, or „short“."""
    if len("".join(tracker.split())) < SHORTEST:
        return "short"
    name = payload_prefix_of(tracker)
    rows = select(BoardEvent.height, _counts(election)).where(
        BoardEvent.election_id == election.id,
        BoardEvent.kind == BALLOT,
        BoardEvent.payload_hash.startswith(name),
    )
    row = uow.session.execute(rows.limit(1)).first() if name else None
    if row is None:
        return "absent"
    return "counted" if row[1] else "replaced"


def void_credentials(uow: UnitOfWork, election: Election) -> list[str]:
    """Public credentials that may not vote."""
    rows = select(RollEntry.credential).where(RollEntry.election_id == election.id)
    return [*uow.session.scalars(rows.where(RollEntry.is_void).order_by(RollEntry.credential))]


def unfinished_count(uow: UnitOfWork) -> int:
    """Announced votes without a result, and results."""
    rows = public().where(Election.is_trial.is_(False)).order_by(None)
    return uow.session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def tally_texts_of(uow: UnitOfWork, election: Election) -> list[str]:
    """Texts of the encrypted tally's event; none before it stands on the board."""
    rows = select(BoardEvent.texts).where(BoardEvent.election_id == election.id)
    return uow.session.scalar(rows.where(BoardEvent.kind == TALLY)) or []
