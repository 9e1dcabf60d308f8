"""Committee of citizens: three to seven members."""

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
    least=3,  # ЗПУГДВМС чл. 28, ал. 1
    most=7,
    fact=CommitteeChanged,
    stale=StaleReferendum,
    expect_open=_expect_draft,
)
