"""Committee of citizens: as many members as the law asks for."""

from __future__ import annotations

from obshto.modules.referendum.errors import ReferendumNotFromHere, StaleReferendum
from obshto.modules.referendum.events import CommitteeChanged
from obshto.modules.referendum.models import Member, Referendum
from obshto.modules.referendum.services.states import DRAFT, STATES, WITH_PETITION
from obshto.platform.petitions.committee import CommitteeKind


def _expect_draft(proposal: Referendum) -> None:
    if proposal.state != DRAFT or proposal.proposer not in WITH_PETITION:
        raise ReferendumNotFromHere(state=STATES[proposal.state])


COMMITTEE = CommitteeKind(
    owner=Referendum,
    member=Member,
    rule="zpu_committee",
    fact=CommitteeChanged,
    stale=StaleReferendum,
    expect_open=_expect_draft,
)
