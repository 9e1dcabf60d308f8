"""The clock of a case: when it ran, when it stood still, on what ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from obshto.modules.eservices.models import Step
from obshto.modules.eservices.services.states import (
    ANSWER,
    ASK,
    CLOSE,
    ISSUE,
    REFUSE,
    SEND,
    WITHDRAW,
)
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import received_on

RUNS, STANDS, RUNS_ANEW, ENDED = "runs", "stands", "runs-anew", "ended"
_TURNS = {SEND.name: RUNS, ASK.name: STANDS, ANSWER.name: RUNS_ANEW}
_TURNS |= {way.name: ENDED for way in (ISSUE, REFUSE, WITHDRAW, CLOSE)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """From this day on the clock runs, stands, runs from the beginning, or is at its end."""

    state: str
    since: date
    ground: str


def turns_of(steps: Sequence[Step]) -> list[Turn]:
    """Each turn of the clock with its ground, in their order.

    What comes after working hours counts from the next working day (АПК чл. 29, ал. 6); a request
    for more stops the clock, the answer starts it from the beginning (АПК чл. 30, ал. 2-3).
    """
    return [
        Turn(
            state=_TURNS[step.name],
            since=received_on(step.at)
            if step.name in (SEND.name, ANSWER.name)
            else day_of(step.at),
            ground=step.ground,
        )
        for step in steps
        if step.name in _TURNS
    ]
