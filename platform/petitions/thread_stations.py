"""Steps of a petition as stations of a thread: what happened, the step that somebody owes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from obshto.platform.petitions.models import PetitionStepRow
from obshto.platform.petitions.stations import Due
from obshto.platform.thread.declarations import StationState
from obshto.platform.web.language import SOURCE, speaking


def step_stations(steps: Sequence[PetitionStepRow]) -> Iterator[StationState]:
    """Each step in its order; one that happened again has a number behind its word."""
    seen: Counter[str] = Counter()
    for step in steps:
        seen[step.name] += 1
        again = f"#{seen[step.name]}" if seen[step.name] > 1 else ""
        yield StationState(word=f"{step.name}{again}", reached_on=step.happened_on)


def due_station(due: Due, *, by: date | None = None) -> StationState:
    """What is owed next, in Bulgarian: the words of the law's own readings."""
    with speaking(SOURCE):
        owes, what = str(due.owes), str(due.what)
    return StationState(
        word="due",
        title=f"{what[:1].upper()}{what[1:]}",
        due_on=by or (due.term.due_on if due.term else None),
        owes=owes,
    )
