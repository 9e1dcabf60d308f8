"""Port of the count: where a vote's turnout and result stand."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from obshto.modules.results.models import VoteNight
from obshto.modules.results.permissions import ResultsPermission
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.unit_of_work import UnitOfWork


class CountPages:
    """Supplies `VoteCounts`."""

    def is_together(self, uow: UnitOfWork, vote_id: UUID) -> bool:
        """As staff wrote down; False before anybody did."""
        wanted = select(VoteNight.is_together).where(VoteNight.vote_id == vote_id)
        return bool(uow.session.scalar(wanted))

    def path(self, vote: CalledVote) -> str:
        """For everybody."""
        return f"/results/{vote.id}"

    def console_path(self, uow: UnitOfWork, vote_id: UUID) -> str:
        """For who enters; empty for who may not."""
        may_enter = uow.principal.may(ResultsPermission.ENTER)
        return f"/console/results/{vote_id}" if may_enter else ""
