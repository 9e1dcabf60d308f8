"""Rows of the board: one writer at a time, each event after the last one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from sqlalchemy import select, text

from obshto.modules.voting.models import BoardEvent, Election
from obshto.modules.voting.services import board
from obshto.platform.db.session import TenantSession, db
from obshto.platform.scope import Scope
from obshto.platform.unit_of_work import UnitOfWork

TURN = text("SELECT pg_advisory_xact_lock(hashtext('voting'), hashtext(:election))")
PIECE = 100  # events in memory at a time


def take_turn(uow: UnitOfWork, election_id: UUID) -> None:
    """Wait until nobody else writes on this board; let go at the end of the transaction."""
    uow.session.execute(TURN, {"election": str(election_id)})


def head_of(uow: UnitOfWork, election_id: UUID) -> tuple[int, str, str] | None:
    """Height, kind and hash of the last event."""
    rows = select(BoardEvent.height, BoardEvent.kind, BoardEvent.event_hash)
    rows = rows.where(BoardEvent.election_id == election_id)
    found = uow.session.execute(rows.order_by(BoardEvent.height.desc()).limit(1)).first()
    return (found[0], found[1], found[2]) if found else None


def append_event(
    uow: UnitOfWork,
    election_id: UUID,
    kind: str,
    texts: Sequence[str],
    *,
    credential: str | None = None,
    body_hash: str | None = None,
) -> BoardEvent:
    """Add an event. The caller has taken the turn."""
    head = head_of(uow, election_id)
    height, parent = (head[0] + 1, head[2]) if head else (0, "")
    made = board.chain_event(kind, texts, height=height, parent=parent)
    row = BoardEvent(
        election_id=election_id,
        height=made.height,
        kind=kind,
        texts=[*texts],
        event=made.event,
        event_hash=made.event_hash,
        payload_hash=made.payload_hash,
        credential=credential,
        body_hash=body_hash,
    )
    uow.session.add(row)
    uow.session.flush()
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRows:
    """Events in their order up to the one that was the last, as often as they are asked for."""

    scope: Scope
    election_id: UUID
    height: int
    head: str

    def __iter__(self) -> Iterator[BoardEvent]:
        return chain.from_iterable(self.pieces())

    def pieces(self) -> Iterator[Sequence[BoardEvent]]:
        """Each in a transaction of its own: who reads slowly holds no connection."""
        rows = select(BoardEvent).where(BoardEvent.election_id == self.election_id)
        rows = rows.where(BoardEvent.height <= self.height).order_by(BoardEvent.height)
        for first in range(0, self.height + 1, PIECE):
            with TenantSession(db, scope=self.scope) as session:
                here = rows.where(BoardEvent.height >= first).limit(PIECE)
                piece = session.scalars(here).all()
                session.expunge_all()
            yield piece


def events_of(uow: UnitOfWork, election: Election) -> BoardRows:
    """The board as it stands, a piece of it in memory at a time."""
    height, _, head = head_of(uow, election.id) or (-1, "", "")
    return BoardRows(scope=uow.scope, election_id=election.id, height=height, head=head)


def heads_of(uow: UnitOfWork, election: Election) -> Iterator[str]:
    """„height hash“ of each event, as witnesses write it down."""
    rows = select(BoardEvent.height, BoardEvent.event_hash)
    rows = rows.where(BoardEvent.election_id == election.id).order_by(BoardEvent.height)
    for height, name in uow.session.execute(rows):
        yield f"{height} {name}\n"
