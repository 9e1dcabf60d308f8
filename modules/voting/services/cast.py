"""Casting a ballot: checked outside of any transaction, then put on the board under its turn.

The ballot itself is the idempotency key: sent again it answers with the same tracker. Nothing is
kept beside it: no time, no address, no person; nothing of it is logged.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from obshto.modules.voting.distribution.audit import BallotCheck
from obshto.modules.voting.errors import BallotRefused, ToolRefused
from obshto.modules.voting.models import BoardEvent, Election, RollEntry
from obshto.modules.voting.services import ledger, tool
from obshto.modules.voting.services.board import (
    BALLOT,
    SETUP,
    dump,
    hash_of,
    tracker_of,
)
from obshto.modules.voting.services.states import PUBLIC
from obshto.platform import clock
from obshto.platform.unit_of_work import UnitOfWork

LARGEST = 64 * 1024  # bytes
MOST = 20  # ballots of a code: whoever has one could else let the board grow for ever
BODY = ("election_uuid", "election_hash", "credential", "answers")
BROKEN, UNKNOWN, VOID = "broken", "unknown_credential", "void"
CLOSED, NOT_OPEN, TOO_MANY = "closed", "not_open", "too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Where the ballot stands on the board."""

    tracker: str
    height: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBallot:
    """A ballot in its canonical form."""

    text: str
    credential: str
    body_hash: str


def cast_ballot(uow: UnitOfWork, slug: str, sent: bytes) -> Receipt:
    """Put it on the board. Raises BallotRefused, ToolBusy, ToolMissing."""
    found = select(Election).where(Election.slug == slug, Election.stage.in_(PUBLIC))
    election = uow.session.scalar(found.options(undefer(Election.trustees)))
    if election is None:
        raise BallotRefused(BROKEN, 404)
    ballot = read_ballot(sent)
    if before := _standing(uow, election.id, ballot):
        return before
    _admit(uow, election.id, ballot)
    uow.session.expunge(election)
    uow.session.rollback()  # no transaction waits for the program
    _verify(election, ballot)
    return _put(uow, election.id, ballot)


def read_ballot(sent: bytes) -> ReadBallot:
    """A ballot in the form in which hashes are taken. Raises BallotRefused."""
    try:
        text = sent.decode().rstrip("\n")
        given = json.loads(text)
        body = dump({name: given[name] for name in BODY})
        is_whole = dump(given) == text and isinstance(given["credential"], str)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BallotRefused(BROKEN, 422) from None
    if not is_whole or len(sent) > LARGEST or "\0" in body:
        raise BallotRefused(BROKEN, 422)
    return ReadBallot(text=text, credential=given["credential"], body_hash=hash_of(body))


def _verify(election: Election, ballot: ReadBallot) -> None:
    """By our own code and by the tool, which takes some forms of a number that are not the only
    one. Raises BallotRefused, ToolBusy, ToolMissing.
    """
    if BallotCheck(election.raw).fault(ballot.text):
        raise BallotRefused(BROKEN, 422)
    name = tool.BoardName(uuid=election.uuid, epoch=election.epoch)
    try:
        tool.verify_ballot(election.raw, election.trustees, ballot.text, name)
    except ToolRefused:
        raise BallotRefused(BROKEN, 422) from None


def _standing(uow: UnitOfWork, election_id: UUID, ballot: ReadBallot) -> Receipt | None:
    """The same ballot, sent before. Raises BallotRefused for a copy made to look new."""
    rows = select(BoardEvent.height, BoardEvent.payload_hash, BoardEvent.event_hash)
    same = BoardEvent.body_hash == ballot.body_hash
    row = uow.session.execute(rows.where(BoardEvent.election_id == election_id, same)).first()
    if row is None:
        return None
    if row.payload_hash != hash_of(ballot.text):
        raise BallotRefused(BROKEN, 422)
    return _receipt(row)


def _admit(uow: UnitOfWork, election_id: UUID, ballot: ReadBallot) -> None:
    """By the clock of this moment and by the roll. Raises BallotRefused."""
    rows = select(Election.opens_at, Election.closes_at, Election.stage)
    row = uow.session.execute(rows.where(Election.id == election_id)).one()
    now = clock.now()
    if now < row.opens_at:
        raise BallotRefused(NOT_OPEN, 409)
    if now >= row.closes_at or row.stage != SETUP:
        raise BallotRefused(CLOSED, 409)
    _admit_code(uow, election_id, ballot.credential)


def _admit_code(uow: UnitOfWork, election_id: UUID, credential: str) -> None:
    """One query. Raises BallotRefused."""
    of_election = BoardEvent.election_id == election_id
    votes = select(func.count()).where(of_election, BoardEvent.credential == credential)
    entries = select(RollEntry.is_void, votes.scalar_subquery())
    entries = entries.where(RollEntry.election_id == election_id)
    entry = uow.session.execute(entries.where(RollEntry.credential == credential)).first()
    if entry is None:
        raise BallotRefused(UNKNOWN, 422)
    if entry[0]:
        raise BallotRefused(VOID, 422)
    if entry[1] >= MOST:
        raise BallotRefused(TOO_MANY, 409)


def _put(uow: UnitOfWork, election_id: UUID, ballot: ReadBallot) -> Receipt:
    """Everything is asked again: others wrote while it was checked."""
    ledger.take_turn(uow, election_id)
    if before := _standing(uow, election_id, ballot):
        return before
    _admit(uow, election_id, ballot)
    head = ledger.head_of(uow, election_id)
    if head is None or head[1] not in (SETUP, BALLOT):
        raise BallotRefused(CLOSED, 409)
    row = ledger.append_event(
        uow,
        election_id,
        BALLOT,
        [ballot.text],
        credential=ballot.credential,
        body_hash=ballot.body_hash,
    )
    return _receipt(row)


def _receipt(row: Any) -> Receipt:
    return Receipt(tracker=tracker_of(row.payload_hash), height=row.height, head=row.event_hash)
