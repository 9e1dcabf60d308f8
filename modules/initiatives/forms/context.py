"""Values of pages about initiatives: stations, who owes what, how many signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from obshto.modules.initiatives.models import Initiative, InitiativeStep
from obshto.modules.initiatives.services import queries
from obshto.modules.initiatives.services.committee import COMMITTEE
from obshto.modules.initiatives.services.petition import PETITION
from obshto.modules.initiatives.services.states import (
    ADDRESSEES,
    AHEAD,
    CLOSED,
    COLOURS,
    OUTCOMES,
    STATES,
    WAYS,
)
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.legal.reasons import why_of_term, why_of_threshold
from obshto.platform.legal.thresholds import threshold
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.services import decision_on
from obshto.platform.petitions.stations import Station
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, current_language
from obshto.tenants.api import named_settlements


def common_words(uow: UnitOfWork) -> dict[str, Any]:
    """Words of states, addressees and outcomes, names of the mayoralties."""
    return {
        "states": STATES,
        "colours": COLOURS,
        "addressees": ADDRESSEES,
        "outcomes": OUTCOMES,
        "units": units_here(uow),
        "today": day_of(uow.now),
        "committee": COMMITTEE,
    }


def units_here(uow: UnitOfWork) -> Mapping[str, str]:
    """Mayoralties by EKATTE code, in the language in force."""
    language = current_language()
    named = named_settlements(uow.scope.slug)
    return {code: name.get(language) or name[SOURCE] for code, name in named.items()}


def page_words(
    uow: UnitOfWork, initiative: Initiative, *, is_public: bool = False
) -> dict[str, Any]:
    """All that a page tells of one; for the public without hidden words. Three queries."""
    steps = queries.steps_of(uow, initiative)
    due = queries.due_of(initiative, steps, notice=queries.notice_rule(uow))
    return {
        "stations": _stations_of(initiative, steps, bool(is_public and initiative.hidden_at)),
        "due": due,
        "due_why": why_of_term(due.term) if due and due.term else None,
        "words": {step.name: step.words for step in steps},
        "counts": PETITION.counts(uow, initiative),
        **_meeting_words(initiative),
    }


def moderation_words(uow: UnitOfWork, initiative: Initiative) -> dict[str, Any]:
    """Why its words are hidden, in the place of them. One query, where they are."""
    is_hidden = initiative.hidden_at is not None
    found = decision_on(uow, queries.PART, initiative.id) if is_hidden else None
    return {"decision": found, "rules": RULES}


def _meeting_words(initiative: Initiative) -> dict[str, Any]:
    """Why fifty people, and why the signing ends when it does."""
    if initiative.meeting_at is None or initiative.attended is None:
        return {"attended_why": None, "collect_why": None}
    met_on = initiative.meeting_at.astimezone(SOFIA).date()
    needed = threshold("zpu_initiative_meeting", base=initiative.attended, on=met_on)
    return {
        "attended_why": why_of_threshold(needed, number=initiative.attended),
        "collect_why": why_of_term(queries.collecting_term(met_on)),
    }


def _stations_of(
    initiative: Initiative, steps: Sequence[InitiativeStep], is_hidden: bool
) -> list[Station]:
    """What happened, then what is still ahead where all goes well.

    Of a hidden one stay the words of the municipality alone.
    """
    line = [
        Station(
            title=WAYS[step.name].told,
            on=step.happened_on,
            words="" if is_hidden and WAYS[step.name].who is None else step.words,
            article=WAYS[step.name].ground,
        )
        for step in steps
    ]
    if initiative.state in CLOSED:
        return line
    reached = {step.name for step in steps}
    done = max((n for n, name in enumerate(AHEAD) if name in reached), default=-1)
    ahead = (WAYS[name] for name in AHEAD[done + 1 :])
    return line + [Station(title=way.told, article=way.ground) for way in ahead]
