"""The standing trial of voting by phone in each village."""

from __future__ import annotations

from dataclasses import dataclass

from obshto.modules.voting.services.standing_trial import begin_trial, codes
from obshto.modules.voting.services.tool import is_here


@dataclass(frozen=True)
class Trial:
    """Where ballots are sent, the election as the booth reads it, codes that everybody knows."""

    path: str
    raw: str
    codes: tuple[str, ...]


def open_a_trial(uow):
    """None where belenios-tool is not installed: nothing is accepted there."""
    if not is_here():
        return None
    election = begin_trial(uow)
    return Trial(f"/voting/{election.slug}", election.raw, tuple(codes()))
