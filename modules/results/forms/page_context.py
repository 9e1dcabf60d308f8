"""Values that pages of one vote share."""

from __future__ import annotations

from typing import Any

from obshto.modules.results.models import VoteNight
from obshto.modules.results.services.control_sums import NAMES
from obshto.modules.results.services.due_terms import NextStep, next_step
from obshto.modules.results.services.duties import duties_of, effect_day
from obshto.modules.results.services.nights import night_of, steps_of
from obshto.modules.results.services.states import (
    ACTS,
    COLOURS,
    COUNTED,
    COUNTING,
    PROTOCOL_COLOURS,
    PROTOCOL_STATES,
    STATES,
    law_of,
)
from obshto.modules.results.services.totals import (
    VoteTotals,
    outcome_whys,
    protocol_lines,
    quorum_of,
    totals_of,
)
from obshto.modules.results.services.turnout import HourTurnout, hours_told, reports_of
from obshto.modules.results.services.votes import closes_at, outcomes, turnout_hours
from obshto.platform.clock import day_of
from obshto.platform.legal.reasons import Why
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.petitions.stations import Station
from obshto.platform.thread.declarations import OWES
from obshto.platform.thread.lines import line_of
from obshto.platform.unit_of_work import UnitOfWork


def common_words(uow: UnitOfWork) -> dict[str, Any]:
    """Words of states and of who owes, names of the numbers."""
    return {
        "states": STATES,
        "colours": COLOURS,
        "protocol_states": PROTOCOL_STATES,
        "protocol_colours": PROTOCOL_COLOURS,
        "names": NAMES,
        "owing": OWES,
        "today": day_of(uow.now),
        "now": uow.now,
    }


def vote_words(uow: UnitOfWork, vote: CalledVote) -> dict[str, Any]:
    """All that a page tells of one vote."""
    night, totals, reports = night_of(uow, vote), totals_of(uow, vote), reports_of(uow, vote)
    steps, duties = steps_of(uow, night), duties_of(uow, night)
    hours = hours_told(reports, turnout_hours(uow))
    return {
        "vote": vote,
        "night": night,
        "totals": totals,
        "reports": reports,
        "hours": hours,
        "closed_at": closes_at(uow, vote),
        "is_closed": uow.now >= closes_at(uow, vote),
        "quorum": _quorum(vote, night, totals, hours),
        "next": _next(uow, vote, night, totals),
        "outcome": outcome_whys(vote, night),
        "lines": protocol_lines(uow, vote) if night.state != COUNTING else (),
        "counted_states": COUNTED,
        "again": outcomes().again(vote) if night.is_adopted is False else None,
        "stations": [_station(step.name, step.happened_on, step.words) for step in steps],
        "duties": duties,
        "in_force": effect_day(night, duties),
        "thread": line_of(uow, "results", night.id) if night.id else None,
        **common_words(uow),
    }


def _quorum(
    vote: CalledVote, night: VoteNight, totals: VoteTotals, hours: list[HourTurnout]
) -> Why | None:
    """Of what was announced, else of the protocols once all are in, else of the last hour."""
    voters, voted = totals.voters, hours[-1].voted if hours else 0
    if night.voters is not None:
        voters, voted = night.voters, night.participants or 0
    elif totals.is_complete:
        voted = totals.participants
    return quorum_of(night, voters, voted, begun_on=vote.begun_on)


def _next(
    uow: UnitOfWork, vote: CalledVote, night: VoteNight, totals: VoteTotals
) -> NextStep | None:
    if uow.now < closes_at(uow, vote):
        return None
    protocols = [one.protocol for one in totals.sections if one.protocol]
    return next_step(
        law_of(night.vote_on, on=day_of(uow.now)),
        night,
        steps_of(uow, night),
        protocols,
        closed_at=closes_at(uow, vote),
        is_complete=totals.is_complete,
    )


def _station(name: str, on: Any, words: str) -> Station:
    way = ACTS[name].way
    return Station(title=way.told, on=on, words=words, article=way.ground)
