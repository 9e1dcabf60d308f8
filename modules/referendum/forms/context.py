"""Values of pages about proposals: the question's answers, stations, terms, thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from obshto.modules.referendum.models import ProposalStep, Referendum
from obshto.modules.referendum.services import petition, queries
from obshto.modules.referendum.services.campaign_time import campaign_time
from obshto.modules.referendum.services.committee import COMMITTEE
from obshto.modules.referendum.services.proposal_acts import window_here
from obshto.modules.referendum.services.states import (
    ACTS,
    COLOURS,
    PROPOSERS,
    STATES,
    WITH_PETITION,
    Act,
    acts_ahead,
    law_of,
)
from obshto.modules.referendum.services.voting_days import why_of_day
from obshto.modules.referendum.services.ways_on import ways_on
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.clock import day_of
from obshto.platform.legal.errors import NoRuleYet
from obshto.platform.legal.procedures import LawInForce
from obshto.platform.legal.reasons import Why, why_of_term, why_of_threshold
from obshto.platform.petitions.stations import Station
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, current_language
from obshto.tenants.api import named_settlements


def common_words(uow: UnitOfWork) -> dict[str, Any]:
    """Words of states and who proposes, names of the mayoralties."""
    return {
        "states": STATES,
        "colours": COLOURS,
        "proposers": PROPOSERS,
        "units": units_here(uow),
        "today": day_of(uow.now),
        "committee": COMMITTEE,
    }


def units_here(uow: UnitOfWork) -> Mapping[str, str]:
    """Mayoralties by EKATTE code, in the language in force."""
    language = current_language()
    named = named_settlements(uow.scope.slug)
    return {code: name.get(language) or name[SOURCE] for code, name in named.items()}


def page_words(uow: UnitOfWork, proposal: Referendum) -> dict[str, Any]:
    """All that a page tells of one proposal. Six queries."""
    steps = queries.steps_of(uow, proposal)
    due = queries.due_here(uow, proposal, steps)
    checks = queries.checks_here(uow, proposal)
    days = queries.days_of(proposal, steps)
    law = law_of(proposal.begun_on, on=day_of(uow.now))
    return {
        "law": law,
        "stations": stations_of(law, proposal, steps),
        "due": due,
        "due_why": why_of_term(due.term) if due and due.term else None,
        "ways_on": ways_on(law, proposal.state, days, proposer=proposal.proposer),
        "checks": checks,
        "is_askable": bool(proposal.upheld_why) or all(why.holds for why in checks),
        "vote_why": _vote_why(uow, law, proposal, steps),
        "times": campaign_time(proposal.vote_on) if proposal.vote_on else None,
        **petition_words(uow, proposal),
    }


def law_here(uow: UnitOfWork, proposal: Referendum) -> LawInForce[Act]:
    """By which rows of the law a proposal goes today."""
    return law_of(proposal.begun_on, on=day_of(uow.now))


def petition_words(uow: UnitOfWork, proposal: Referendum) -> dict[str, Any]:
    """How many signed, how many are needed, and why."""
    if proposal.proposer not in WITH_PETITION:
        return {"counts": None, "needed": None, "tenth": None}
    on, counts = day_of(uow.now), petition.PETITION.counts(uow, proposal)
    settings = settings_of(uow, "referendum", ReferendumSettings)
    needed = petition.needed_of(proposal, on=on)
    tenth = petition.tenth_of(proposal, settings, on=on)
    return {
        "counts": counts,
        "needed": needed,
        "needed_why": why_of_threshold(needed, number=counts.counted) if needed else None,
        "tenth": tenth,
        "tenth_why": why_of_threshold(tenth, number=counts.counted) if tenth else None,
    }


def stations_of(
    law: LawInForce[Act], proposal: Referendum, steps: Sequence[ProposalStep]
) -> list[Station]:
    """What happened, then what is still ahead where all goes well, then the vote."""
    # An act that a transitional rule took away since still has its title.
    known = {**ACTS, **law.acts}
    happened = [(step, known[step.name].way) for step in steps if step.name in known]
    line = [
        Station(title=way.told, on=step.happened_on, words=step.words, article=way.ground)
        for step, way in happened
    ]
    ahead = [act.way for act in acts_ahead(law, proposal.state, proposal.proposer)]
    return line + [Station(title=way.told, article=way.ground) for way in ahead]


def _vote_why(
    uow: UnitOfWork, law: LawInForce[Act], proposal: Referendum, steps: Sequence[ProposalStep]
) -> Why | None:
    """Why the vote is on its day: counted from the act that set it."""
    setting = [one for one in steps if one.name in law.acts and law.acts[one.name].window]
    if proposal.vote_on is None or not setting:
        return None
    act = law.acts[setting[-1].name]
    try:
        window = window_here(uow, proposal, act, setting[-1].happened_on)
    except NoRuleYet:  # called before the text of law that we have read
        return None
    return why_of_day(proposal.vote_on, window)
