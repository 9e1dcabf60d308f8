"""Proposals written and edited: the question, who proposes, how many voters there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from obshto.modules.referendum.errors import (
    DayImpossible,
    ReasonMissing,
    ReferendumNotFromHere,
    StaleReferendum,
)
from obshto.modules.referendum.events import (
    QuestionUpheld,
    ReferendumDrafted,
    ReferendumEdited,
    VotersCounted,
)
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services.queries import checks_here
from obshto.modules.referendum.services.states import (
    CHECKING,
    COLLECTING,
    DRAFT,
    FILED,
    FORMED,
    IRREGULAR,
    STATES,
)
from obshto.platform.cases.channels import COUNTER, PORTAL
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version, of_request
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web import formats

COUNTABLE = (DRAFT, FORMED, COLLECTING, FILED, CHECKING, IRREGULAR)
FIRST_DAY = date(2026, 11, 1)  # the texts of law that we have read begin there


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferendumWords:
    """A proposal as typed. `signers` are councillors; `decision` is the one asked about."""

    proposer: str
    question: str
    yes_means: str
    no_means: str
    reasons: str
    decider: str
    unit: str = ""
    signers: int = 0
    decision: str = ""
    decision_on: date | None = None
    meeting_on: date | None = None


def write_proposal(
    uow: UnitOfWork, words: ReferendumWords, *, request_id: UUID, by_staff: bool = False
) -> Referendum:
    """A draft that nobody else sees; the same request again finds the first."""
    if first := of_request(uow, Referendum, request_id):
        return first
    me = uow.principal
    proposal = Referendum(
        request_id=request_id,
        person_id=None if by_staff else me.person_id,
        channel=COUNTER if by_staff else PORTAL,
        entered_by_id=me.person_id if by_staff else None,
        entered_by=me.name if by_staff else "",
        state=DRAFT,
        changed_at=uow.now,
        **_columns(words),
    )
    if (first := create_once(uow, proposal)) is not proposal:
        return first
    uow.emit(ReferendumDrafted(subject_id=proposal.id, number=""))
    return proposal


def edit_proposal(
    uow: UnitOfWork, proposal: Referendum, words: ReferendumWords, *, expected_version: int
) -> None:
    """Before the council was told of it; a lawyer's yes is for the question as it was.

    Raises StaleReferendum, ReferendumNotFromHere.
    """
    told = _columns(words)
    if all(getattr(proposal, name) == value for name, value in told.items()):
        return
    expect_version(proposal, expected_version, StaleReferendum)
    if proposal.state not in (DRAFT, FORMED):
        raise ReferendumNotFromHere(state=STATES[proposal.state])
    if proposal.question != words.question:
        proposal.upheld_why = ""
    for name, value in told.items():
        setattr(proposal, name, value)
    proposal.changed_at = uow.now
    uow.emit(ReferendumEdited(subject_id=proposal.id, number=""))


def uphold_question(
    uow: UnitOfWork, proposal: Referendum, why: str, *, expected_version: int
) -> None:
    """A lawyer's „yes, still“; the reason is published. Raises StaleReferendum, ReasonMissing."""
    if proposal.upheld_why == why:
        return
    expect_version(proposal, expected_version, StaleReferendum)
    if not why:
        raise ReasonMissing
    proposal.upheld_why, proposal.changed_at = why, uow.now
    uow.emit(QuestionUpheld(subject_id=proposal.id, number=proposal.number))


def count_voters(
    uow: UnitOfWork,
    proposal: Referendum,
    number: int,
    *,
    on: date,
    source: str,
    is_at_filing: bool,
    expected_version: int,
) -> None:
    """How many voters have a permanent address in the unit, as somebody else counted them.

    Raises StaleReferendum, ReferendumNotFromHere, DayImpossible.
    """
    if is_at_filing and proposal.voters_at_filing == number:
        return
    if not is_at_filing and (proposal.voters, proposal.voters_on) == (number, on):
        return
    expect_version(proposal, expected_version, StaleReferendum)
    if proposal.state not in COUNTABLE:
        raise ReferendumNotFromHere(state=STATES[proposal.state])
    check_day(on, first=date(2020, 1, 1), last=day_of(uow.now))
    if is_at_filing:
        proposal.voters_at_filing = number
    else:
        proposal.voters, proposal.voters_on, proposal.voters_source = number, on, source
    proposal.changed_at = uow.now
    uow.emit(VotersCounted(subject_id=proposal.id, number=proposal.number))


def is_askable(uow: UnitOfWork, proposal: Referendum) -> bool:
    """The law lets it be asked, or a lawyer said so."""
    return bool(proposal.upheld_why) or all(why.holds for why in checks_here(uow, proposal))


def check_day(day: date, *, first: date, last: date) -> None:
    """Raises DayImpossible for a day outside these, both allowed."""
    if not first <= day <= last:
        raise DayImpossible(first=formats.day(first), last=formats.day(last))


def _columns(words: ReferendumWords) -> dict[str, object]:
    return {name: getattr(words, name) for name in ReferendumWords.__slots__}
