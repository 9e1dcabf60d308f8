"""Values of pages about petitions for an assembly: stations, who owes what, how many signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from obshto.modules.assembly.models import AssemblyPetition, AssemblyPetitionStep
from obshto.modules.assembly.services import petition_queries
from obshto.modules.assembly.services.petition_paper import PAPER
from obshto.modules.assembly.services.petition_states import (
    OVER,
    PETITION_COLOURS,
    PETITION_STATES,
    PETITION_WAYS,
    PetitionAct,
    petition_law,
)
from obshto.modules.assembly.services.petitions import needed_of
from obshto.modules.assembly.services.places import units_here
from obshto.platform.clock import day_of
from obshto.platform.legal.procedures import LawInForce
from obshto.platform.legal.reasons import why_of_threshold
from obshto.platform.petitions.due_rows import due_by_rows
from obshto.platform.petitions.stations import Station
from obshto.platform.unit_of_work import UnitOfWork


def petition_common(uow: UnitOfWork) -> dict[str, Any]:
    """Words of states, names of settlements."""
    return {
        "petition_states": PETITION_STATES,
        "petition_colours": PETITION_COLOURS,
        "units": units_here(uow),
        "today": day_of(uow.now),
    }


def petition_words(uow: UnitOfWork, petition: AssemblyPetition) -> dict[str, Any]:
    """All that a page tells of one petition. Two queries."""
    counts, needed = PAPER.counts(uow, petition), needed_of(uow, petition)
    steps = petition_queries.petition_steps(uow, petition)
    law = petition_law(steps, on=day_of(uow.now))
    return {
        "counts": counts,
        "needed": needed,
        "needed_why": why_of_threshold(needed, number=counts.counted),
        "due": due_by_rows(law, petition.state, {}),
        "stations": _stations_of(law, petition, steps),
    }


def _stations_of(
    law: LawInForce[PetitionAct], petition: AssemblyPetition, steps: Sequence[AssemblyPetitionStep]
) -> list[Station]:
    """What happened, then what is still ahead where all goes well."""
    ways = {**PETITION_WAYS, **{name: act.way for name, act in law.acts.items()}}
    line = [
        Station(
            title=ways[step.name].told,
            on=step.happened_on,
            words=step.words,
            article=ways[step.name].ground,
        )
        for step in steps
    ]
    if petition.state in OVER:
        return line
    left = (act.way for act in law.acts.values() if act.is_usual)
    is_ahead = False
    for way in left:
        is_ahead = is_ahead or petition.state in way.sources
        if is_ahead:
            line.append(Station(title=way.told, article=way.ground))
    return line
