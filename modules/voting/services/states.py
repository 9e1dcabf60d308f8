"""VoteState of a vote: it follows from the board's last stage and the clock alone."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from obshto.modules.voting.models import Election
from obshto.modules.voting.services.board import END, RESULT, SETUP, TALLY

PREPARING = "Preparing"  # asked to be announced; the tool is at work


class VoteState(StrEnum):
    """Where it stands."""

    DRAFT = "draft"
    PREPARING = "preparing"
    PLANNED = "planned"
    OPEN = "open"
    ENDED = "ended"
    SEALED = "sealed"
    COUNTED = "counted"


PUBLIC = (SETUP, END, TALLY, RESULT)  # stages that everybody sees
_LATER = {END: VoteState.ENDED, TALLY: VoteState.SEALED, RESULT: VoteState.COUNTED}


def state_of(election: Election, now: datetime) -> VoteState:
    """At this moment: open from its beginning on, ended from its end on."""
    if election.stage not in PUBLIC:
        return VoteState.PREPARING if election.stage == PREPARING else VoteState.DRAFT
    if election.stage != SETUP:
        return _LATER[election.stage]
    if now < election.opens_at:
        return VoteState.PLANNED
    return VoteState.OPEN if now < election.closes_at else VoteState.ENDED
