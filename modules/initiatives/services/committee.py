"""Committee of an initiative: three to five members, elected by the meeting."""

from __future__ import annotations

from obshto.modules.initiatives.errors import InitiativeNotFromHere, StaleInitiative
from obshto.modules.initiatives.events import InitiativeMembersChanged
from obshto.modules.initiatives.models import Initiative, InitiativeMember
from obshto.modules.initiatives.services.states import DRAFT, STATES
from obshto.platform.petitions.committee import CommitteeKind


def _expect_draft(initiative: Initiative) -> None:
    if initiative.state != DRAFT:
        raise InitiativeNotFromHere(state=STATES[initiative.state])


COMMITTEE = CommitteeKind(
    owner=Initiative,
    member=InitiativeMember,
    least=3,  # ЗПУГДВМС чл. 47, ал. 2
    most=5,
    fact=InitiativeMembersChanged,
    stale=StaleInitiative,
    expect_open=_expect_draft,
)
