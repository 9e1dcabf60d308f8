"""Port of called referenda: day and question for whoever keeps the polling places."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services.states import ADOPTED, CALLED, FAILED
from obshto.platform.clock import day_of
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.unit_of_work import UnitOfWork


class CalledReferenda:
    """Supplies `CalledVotes`."""

    def called(self, uow: UnitOfWork) -> Sequence[CalledVote]:
        """Those whose day is not over, the next first. One query."""
        wanted = _with_day().where(
            Referendum.state == CALLED, Referendum.vote_on >= day_of(uow.now)
        )
        found = uow.session.scalars(wanted.order_by(Referendum.vote_on, Referendum.id))
        return [vote for row in found if (vote := _vote(row))]

    def vote_of(self, uow: UnitOfWork, vote_id: UUID) -> CalledVote | None:
        """One that is or was called."""
        row = uow.session.scalar(_with_day().where(Referendum.id == vote_id))
        return _vote(row) if row else None


def _with_day() -> Select[Referendum]:
    return select(Referendum).where(
        Referendum.state.in_((CALLED, ADOPTED, FAILED)), Referendum.sequence > 0
    )


def _vote(row: Referendum) -> CalledVote | None:
    if row.vote_on is None:
        return None
    return CalledVote(
        id=row.id,
        number=row.number,
        question=row.question,
        unit=row.unit,
        vote_on=row.vote_on,
        path=f"/referendum/{row.id}/campaign",
    )
