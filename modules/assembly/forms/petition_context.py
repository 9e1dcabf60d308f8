"""Values of pages about petitions for an assembly: stations, who owes what, how many signed."""

from __future__ import annotations

from typing import Any

from obshto.modules.assembly.models import AssemblyPetition
from obshto.modules.assembly.services import petition_queries
from obshto.modules.assembly.services.petition_paper import PAPER
from obshto.modules.assembly.services.petition_states import (
    AHEAD,
    OVER,
    PETITION_COLOURS,
    PETITION_STATES,
    PETITION_WAYS,
)
from obshto.modules.assembly.services.petitions import needed_of
from obshto.modules.assembly.services.places import units_here
from obshto.platform.clock import day_of
from obshto.platform.legal.reasons import why_of_threshold
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
    return {
        "counts": counts,
        "needed": needed,
        "needed_why": why_of_threshold(needed, number=counts.counted),
        "due": petition_queries.petition_due(petition),
        "stations": _stations_of(uow, petition),
    }


def _stations_of(uow: UnitOfWork, petition: AssemblyPetition) -> list[Station]:
    """What happened, then what is still ahead where all goes well."""
    steps = petition_queries.petition_steps(uow, petition)
    line = [
        Station(
            title=PETITION_WAYS[step.name].told,
            on=step.happened_on,
            words=step.words,
            article=PETITION_WAYS[step.name].ground,
        )
        for step in steps
    ]
    if petition.state in OVER:
        return line
    left = (PETITION_WAYS[name] for name in AHEAD)
    is_ahead = False
    for way in left:
        is_ahead = is_ahead or petition.state in way.sources
        if is_ahead:
            line.append(Station(title=way.told, article=way.ground))
    return line
