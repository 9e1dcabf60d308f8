"""Ports of called referenda: day and question for polling places, the rule for what was counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.referendum.errors import NoSuchReferendum
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services.outcome import VoteNumbers, outcome_of
from obshto.modules.referendum.services.proposal_acts import ActWords, take_step
from obshto.modules.referendum.services.question_rules import again_after
from obshto.modules.referendum.services.states import ADOPTED, CALLED, FAILED
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.clock import day_of
from obshto.platform.legal.reasons import Why, why_of_term
from obshto.platform.modularity.polling_places import CalledVote, CountedVote, VoteCounts
from obshto.platform.modularity.ports import port_here
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

MOST = 50  # votes on a page of those held


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

    def votes_of(self, uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, CalledVote]:
        """The same of several, by id. One query."""
        if not ids:
            return {}
        rows = uow.session.scalars(_with_day().where(Referendum.id.in_(ids)))
        return {row.id: vote for row in rows if (vote := _vote(row))}

    def held(self, uow: UnitOfWork) -> Sequence[CalledVote]:
        """Those whose day has come, the last first. One query."""
        wanted = _with_day().where(Referendum.vote_on <= day_of(uow.now))
        wanted = wanted.order_by(Referendum.vote_on.desc(), Referendum.id.desc())
        return [vote for row in uow.session.scalars(wanted.limit(MOST)) if (vote := _vote(row))]

    def crosses_out(self, uow: UnitOfWork) -> bool:
        """Which reading of чл. 37 and 38 holds here, by the instructions of the ЦИК."""
        return settings_of(uow, "referendum", ReferendumSettings).crosses_out


class ReferendumOutcomes:
    """Supplies `VoteOutcomes`."""

    def voters_unit(self, uow: UnitOfWork, vote: CalledVote) -> str:
        """Of which mayoralty the voters are counted, by the reading that holds here."""
        settings = settings_of(uow, "referendum", ReferendumSettings)
        return "" if settings.turnout_of_municipality else vote.unit

    def judged(self, vote: CalledVote, counted: CountedVote) -> tuple[bool, Sequence[Why]]:
        """Adopted or not, and why. Raises ImpossibleResult."""
        return outcome_of(_numbers(counted), on=vote.vote_on, begun_on=vote.begun_on)

    def decide(
        self, uow: UnitOfWork, vote_id: UUID, counted: CountedVote, *, on: date, words: str
    ) -> bool:
        """The commission announced it. Raises ReferendumNotFromHere where it has a result."""
        row = _locked(uow, vote_id)
        said = ActWords(happened_on=on, words=words, numbers=_numbers(counted))
        take_step(uow, row, "adopt", said, expected_version=row.version)
        return row.state == ADOPTED

    def reopen(self, uow: UnitOfWork, vote_id: UUID, *, on: date, words: str) -> None:
        """The court annulled the result."""
        row = _locked(uow, vote_id)
        said = ActWords(happened_on=on, words=words)
        take_step(uow, row, "overturn", said, expected_version=row.version)

    def again(self, vote: CalledVote) -> Why:
        """A year from the vote (чл. 41, ал. 4)."""
        return why_of_term(again_after(FAILED, vote.vote_on))


def results_path(proposal: Referendum) -> str:
    """Turnout and result of a vote that has a day; empty where nobody counts here."""
    counts, vote = port_here(VoteCounts), _vote(proposal)
    return counts.path(vote) if counts and vote else ""


def _locked(uow: UnitOfWork, vote_id: UUID) -> Referendum:
    row = uow.session.get(Referendum, vote_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NoSuchReferendum
    return row


def _numbers(counted: CountedVote) -> VoteNumbers:
    return VoteNumbers(
        voters=counted.voters,
        participants=counted.participants,
        yes=counted.yes,
        no=counted.no,
        council_votes=counted.council_votes,
    )


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
        begun_on=row.begun_on,
        path=f"/referendum/{row.id}/campaign",
    )
