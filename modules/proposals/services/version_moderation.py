"""Moderation of old versions: one that breaks a rule is hidden alone, the proposal stays.

The words that stand now are hidden with the proposal itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from obshto.modules.proposals.errors import (
    NoSuchProposalVersion,
    VersionHiddenBefore,
    VersionStands,
)
from obshto.modules.proposals.events import (
    ProposalVersionFact,
    ProposalVersionHidden,
    ProposalVersionShown,
    ProposalVersionUpheld,
)
from obshto.modules.proposals.models import CitizenProposal, ProposalVersion
from obshto.modules.proposals.services.queries import PART, proposal_of, versions_of
from obshto.modules.proposals.services.states import expect, note, record
from obshto.modules.proposals.services.submission import latest_version
from obshto.platform.db.base import new_id
from obshto.platform.moderation.models import ModerationDecision
from obshto.platform.moderation.services import (
    Reason,
    decision_on,
    decisions_about,
    decisions_on,
    hide,
    lift,
    said_of,
)
from obshto.platform.unit_of_work import UnitOfWork

_NOTES: Mapping[type[ProposalVersionFact], str] = {
    ProposalVersionHidden: "version-hidden",
    ProposalVersionShown: "version-shown",
    ProposalVersionUpheld: "version-upheld",
}


def version_of(uow: UnitOfWork, version_id: UUID) -> ProposalVersion:
    """By its id. Raises NoSuchProposalVersion."""
    if found := uow.session.get(ProposalVersion, version_id):
        return found
    raise NoSuchProposalVersion


def version_at(uow: UnitOfWork, proposal: CitizenProposal, number: int) -> ProposalVersion:
    """By its number. Raises NoSuchProposalVersion."""
    own = ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == number
    if found := uow.session.scalar(select(ProposalVersion).where(*own)):
        return found
    raise NoSuchProposalVersion


def decided_on(
    uow: UnitOfWork, versions: Sequence[ProposalVersion]
) -> Mapping[UUID, ModerationDecision]:
    """Why staff have hidden one alone, by its id. One query, none where none is hidden."""
    return decisions_on(uow, PART, [row.id for row in versions if row.hidden_at])


def decided_versions(
    uow: UnitOfWork, proposal: CitizenProposal
) -> Sequence[tuple[ProposalVersion, ModerationDecision]]:
    """Those that staff have hidden alone, each with the decision. Two queries."""
    rows = versions_of(uow, proposal)
    decisions = decided_on(uow, rows)
    return [(row, decisions[row.id]) for row in rows if row.id in decisions]


def hide_version(
    uow: UnitOfWork,
    proposal: CitizenProposal,
    version: ProposalVersion,
    reason: Reason,
    *,
    expected_version: int,
) -> None:
    """The public reads rule and reason in its place; the author is told and may appeal.

    Sent twice it is once. Raises StaleProposal; VersionStands of the words that stand now;
    VersionHiddenBefore of what is hidden already.
    """
    if decision := decision_on(uow, PART, version.id):
        if (decision.rule, decision.reason) == (reason.rule, reason.words):
            return
        raise VersionHiddenBefore
    expect(proposal, expected_version)
    if version.hidden_at:
        raise VersionHiddenBefore
    if version.number == latest_version(uow, proposal):
        raise VersionStands
    hide(uow, PART, version.id, reason, request_id=new_id())
    version.hidden_at = uow.now
    _tell(uow, proposal, version, ProposalVersionHidden, words=said_of(reason))


def lift_version(
    uow: UnitOfWork, proposal: CitizenProposal, version: ProposalVersion, *, expected_version: int
) -> None:
    """Staff take it back, until the author appeals. Raises StaleProposal, AppealWaits."""
    if decision_on(uow, PART, version.id) is None:
        return
    expect(proposal, expected_version)
    lift(uow, PART, version.id)
    _bring_back(uow, proposal, version)


def reviewed_version(uow: UnitOfWork, version: ProposalVersion, *, is_restored: bool) -> None:
    """It is shown again, or another person decided that it stays hidden."""
    proposal = proposal_of(uow, version.proposal_id)
    if is_restored:
        _bring_back(uow, proposal, version)
    else:
        _tell(uow, proposal, version, ProposalVersionUpheld)


def version_words(version: ProposalVersion) -> str:
    """All that its author wrote."""
    told = (version.title, version.text, version.reason, version.place, version.cost)
    return "\n".join(filter(None, told))


def _bring_back(uow: UnitOfWork, proposal: CitizenProposal, version: ProposalVersion) -> None:
    """Not what was put away with the whole proposal since, and mended there."""
    decided_at = uow.session.scalars(decisions_about(PART, version.id).limit(1)).one().at
    if version.hidden_at == decided_at:
        version.hidden_at = None
        _tell(uow, proposal, version, ProposalVersionShown)


def _tell(
    uow: UnitOfWork,
    proposal: CitizenProposal,
    version: ProposalVersion,
    fact: type[ProposalVersionFact],
    *,
    words: str = "",
) -> None:
    note(uow, proposal, _NOTES[fact], words=words)
    record(uow, proposal, fact, version_id=version.id)
    uow.session.flush()
