"""Committee of an initiative: elected by the meeting, as many as the law asks for."""

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
    rule="zpu_initiative_committee",
    fact=InitiativeMembersChanged,
    stale=StaleInitiative,
    expect_open=_expect_draft,
)
