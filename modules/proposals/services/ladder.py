"""Ladder of support: the thresholds of a proposal, and what follows when one is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from obshto.modules.proposals.events import ProposalReached
from obshto.modules.proposals.models import CitizenProposal, ProposalMilestone
from obshto.modules.proposals.services.continuation import council_decision
from obshto.modules.proposals.services.states import (
    COLLECTING,
    HAND_IN,
    MERGED,
    WITHDRAWN,
    move,
    note,
    record,
)
from obshto.modules.proposals.settings import ProposalsSettings
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import Term, received_on, roll, term
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import population_of_settlements

MAYOR, COUNCIL = "mayor", "council"
LEVELS = (MAYOR, COUNCIL)
SMALL, MIDDLE = 500, 2_000  # residents
TERM, STUDY, TOLD = "apk_proposal", "apk_proposal_study", "apk_proposal_told"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: how many are needed, since when it is reached, the day to answer.

    `answered_on` is when the mayor decided, or the council did; `is_late` that it should have been
    before today.
    """

    level: str
    needed: int
    reached_at: datetime | None = None
    due_on: date | None = None
    answered_on: date | None = None
    is_late: bool = False


def thresholds_for(uow: UnitOfWork, settlement: str) -> tuple[int, int]:
    """For mayor and council, by the size of the settlement; none is the whole municipality."""
    rules = settings_of(uow, "proposals", ProposalsSettings)
    residents = population_of_settlements().get(settlement)
    if residents is None or residents > MIDDLE:
        return rules.large_mayor, rules.large_council
    if residents > SMALL:
        return rules.middle_mayor, rules.middle_council
    return rules.small_mayor, rules.small_council


def ladder_of(uow: UnitOfWork, proposal: CitizenProposal) -> Sequence[Rung]:
    """The steps that this proposal has. One query, two where the council has to answer."""
    wanted = select(ProposalMilestone).where(ProposalMilestone.proposal_id == proposal.id)
    reached = {row.level: row for row in uow.session.scalars(wanted)}
    return [
        _rung(uow, proposal, row) if (row := reached.get(level)) else Rung(level, needed)
        for level, needed in _needs(proposal)
    ]


def climb(uow: UnitOfWork, proposal: CitizenProposal, total: int) -> None:
    """Land each threshold that the supports have reached, once. The proposal must be locked.

    The mayor's hands it in where its author has not: so many people wait for an answer.
    """
    reached = {rung.level for rung in ladder_of(uow, proposal) if rung.reached_at}
    for level, needed in _needs(proposal):
        if total < needed or level in reached:
            continue
        if proposal.state == COLLECTING:
            hand_in_now(uow, proposal)
        row = ProposalMilestone(
            proposal_id=proposal.id,
            level=level,
            needed=needed,
            reached_at=uow.now,
            due_on=_answer_on(uow, proposal, level),
        )
        uow.session.add(row)
        note(uow, proposal, level, by_staff=False)
        record(uow, proposal, ProposalReached, level=level)
        uow.session.flush()


def hand_in_now(uow: UnitOfWork, proposal: CitizenProposal) -> None:
    """The law's two months begin (АПК чл. 118, ал. 1). Raises ProposalNotFromHere."""
    move(uow, proposal, HAND_IN)
    proposal.handed_in_at = uow.now
    proposal.due_on = term(TERM, starts_on=received_on(uow.now)).due_on


def term_of(proposal: CitizenProposal) -> Term | None:
    """The law's term with its reasons; none before it was handed in and after it is decided."""
    if proposal.handed_in_at is None or proposal.decided_at:
        return None
    rule = STUDY if proposal.extension else TERM
    return term(rule, starts_on=received_on(proposal.handed_in_at))


def _rung(uow: UnitOfWork, proposal: CitizenProposal, row: ProposalMilestone) -> Rung:
    """The day of the law moves with an extension; the council's stays as it was set."""
    due_on = proposal.due_on if row.level == MAYOR and proposal.due_on else row.due_on
    if row.level == COUNCIL:  # what the mayor decided is not the council's answer
        answered_on = uow.session.scalar(council_decision(proposal.id))
    else:
        answered_on = day_of(proposal.decided_at) if proposal.decided_at else None
    is_owed = answered_on is None and proposal.state not in (WITHDRAWN, MERGED)
    is_late = is_owed and due_on < day_of(uow.now)
    return Rung(row.level, row.needed, row.reached_at, due_on, answered_on, is_late)


def _needs(proposal: CitizenProposal) -> list[tuple[str, int]]:
    needs = ((MAYOR, proposal.needs_mayor), (COUNCIL, proposal.needs_council))
    return [(level, needed) for level, needed in needs if needed]


def _answer_on(uow: UnitOfWork, proposal: CitizenProposal, level: str) -> date:
    if level == MAYOR and proposal.due_on:
        return proposal.due_on
    days = settings_of(uow, "proposals", ProposalsSettings).council_days
    return roll(day_of(uow.now) + timedelta(days=days))
