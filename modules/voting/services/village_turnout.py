"""Turnout by village out of the commission's own list, kept only as it may be told.

The server cannot know who voted where: the commission types the numbers. Villages in which fewer
than ten voted or fewer than ten did not are put together, with as many others as it takes that
nobody reckons them out of the sums; what was typed of them is not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obshto.modules.voting.errors import NotAStep, VillagesDoNotAgree
from obshto.modules.voting.events import ElectionChanged
from obshto.modules.voting.models import Election
from obshto.modules.voting.services import board
from obshto.platform.disclosure.group_suppression import told_cells, told_groups
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageTurnout:
    """How many of a village are on the list of the commission, how many of them voted."""

    name: str
    listed: int
    voted: int

    @property
    def share(self) -> float:
        return self.voted / self.listed if self.listed else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTurnout:
    """What may be told: some villages, the others as one line with no name of its own."""

    villages: Sequence[VillageTurnout]
    others: VillageTurnout
    together: Sequence[str]


def put_villages(
    uow: UnitOfWork,
    election: Election,
    typed: Sequence[VillageTurnout],
    *,
    expected_version: int,
) -> None:
    """Keep what may be told of it. Raises NotAStep, VillagesDoNotAgree, Conflict."""
    if election.stage != board.RESULT:
        raise NotAStep
    told = _told(typed)
    if election.villages == told:
        return
    expect_version(election, expected_version, Conflict)
    voters = (election.voters or 0) + (election.paper_voters or 0)
    voted = sum(one.voted for one in typed)
    if voted != voters:
        raise VillagesDoNotAgree(typed=voted, voters=voters)
    election.villages = told
    uow.emit(ElectionChanged(subject_id=election.id, title=election.title))


def turnout_by_village(election: Election) -> ToldTurnout | None:
    """None where the commission has told nothing, or too little for any village."""
    if not election.villages or not election.villages["told"]:
        return None
    listed, voted = election.villages["others"]
    return ToldTurnout(
        villages=[
            VillageTurnout(name=name, listed=of, voted=number)
            for name, of, number in election.villages["told"]
        ],
        others=VillageTurnout(name="", listed=listed, voted=voted),
        together=election.villages["together"],
    )


def _told(typed: Sequence[VillageTurnout]) -> dict[str, object]:
    sizes = [one.listed for one in typed]
    rows = [[one.voted for one in typed], [one.listed - one.voted for one in typed]]
    told = told_cells(rows, told_groups(sizes)) if typed else None
    kept = told.groups if told and told.rows else frozenset()
    others = [one for number, one in enumerate(typed) if number not in kept]
    return {
        "told": [[one.name, one.listed, one.voted] for n, one in enumerate(typed) if n in kept],
        "others": [sum(one.listed for one in others), sum(one.voted for one in others)],
        "together": [one.name for one in others],
    }
