"""Port of votes for whoever keeps the voters: which there are, and a code that becomes void."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from obshto.modules.voting.models import Election
from obshto.modules.voting.services.board import RESULT
from obshto.modules.voting.services.desk import void_credential
from obshto.modules.voting.services.states import VoteState, state_of
from obshto.platform.modularity.voter_rolls import PhoneVote
from obshto.platform.unit_of_work import UnitOfWork


class ElectionVotes:
    """Supplies `PhoneVotes`."""

    def votes(self, uow: UnitOfWork) -> Sequence[PhoneVote]:
        """Those without a result, the next to end first; no standing trial, which has no voters of
        its own. One query.
        """
        is_of_people = ~(Election.is_control | Election.is_standing)
        wanted = select(Election).where(Election.stage != RESULT, is_of_people)
        rows = uow.session.scalars(wanted.order_by(Election.closes_at, Election.id))
        return [_vote(uow, row) for row in rows]

    def vote_of(
        self, uow: UnitOfWork, vote_id: UUID, *, to_change: bool = False
    ) -> PhoneVote | None:
        """One of any stage; `to_change` locks its row."""
        wanted = select(Election).where(Election.id == vote_id)
        row = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
        return _vote(uow, row) if row else None

    def void_code(self, uow: UnitOfWork, vote_id: UUID, credential: str) -> bool:
        """Whether it was not void before. Raises NotAStep, NotOnRoll, HasVoted."""
        wanted = select(Election).where(Election.id == vote_id).with_for_update()
        return void_credential(uow, uow.session.scalars(wanted).one(), credential)


def _vote(uow: UnitOfWork, row: Election) -> PhoneVote:
    state = state_of(row, uow.now)
    return PhoneVote(
        id=row.id,
        title=row.title,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        is_trial=row.is_trial,
        is_draft=state == VoteState.DRAFT,
        takes_voids=state in (VoteState.PLANNED, VoteState.OPEN),
        console_path=f"/console/voting/{row.id}",
    )
