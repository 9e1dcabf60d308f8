"""Values of pages about assemblies: words of states, the quorum, who owes what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.assembly.models import Assembly, AssemblyStep
from obshto.modules.assembly.services import proceedings, queries, rules
from obshto.modules.assembly.services.places import units_here
from obshto.modules.assembly.services.states import (
    BALLOTS,
    CALLERS,
    COLOURS,
    COMING,
    DECIDED,
    QUESTION_STATES,
    REJECTED,
    STATES,
    VOTERS,
    WAYS,
)
from obshto.platform.clock import day_of
from obshto.platform.content.wheelchair import ACCESS
from obshto.platform.legal.reasons import Why, why_of_term, why_of_threshold
from obshto.platform.unit_of_work import UnitOfWork


def common_words(uow: UnitOfWork) -> dict[str, Any]:
    """Words of states, callers and ballots, names of settlements."""
    return {
        "states": STATES,
        "question_states": QUESTION_STATES,
        "colours": COLOURS,
        "callers": CALLERS,
        "ballots": BALLOTS,
        "access_words": ACCESS,
        "decided": DECIDED,
        "coming": COMING,
        "units": units_here(uow),
        "ways": WAYS,
        "today": day_of(uow.now),
    }


def page_words(uow: UnitOfWork, assembly: Assembly) -> dict[str, Any]:
    """All that a page tells of one assembly. Two queries."""
    agenda = queries.agenda_of(uow, assembly)
    steps = queries.steps_of(uow, [assembly.id])[assembly.id]
    dues = {one.id: queries.due_of(assembly, one) for one in agenda}
    return {
        "assembly": assembly,
        "agenda": agenda,
        "steps": [step for step in steps if step.question_id is None],
        "followed": _by_question(steps),
        "dues": dues,
        "due_whys": {key: why_of_term(due.term) for key, due in dues.items() if due and due.term},
        "moment_why": _moment_why(uow, assembly),
        "call_why": _call_why(assembly),
        "later_at": rules.later_moment(assembly.starts_at),
        **_quorum_words(assembly),
        "vote_whys": _vote_whys(uow, assembly, agenda),
    }


def _by_question(steps: list[AssemblyStep]) -> Mapping[UUID, list[AssemblyStep]]:
    found: dict[UUID, list[AssemblyStep]] = {}
    for step in steps:
        if step.question_id:
            found.setdefault(step.question_id, []).append(step)
    return found


def _moment_why(uow: UnitOfWork, assembly: Assembly) -> Why:
    announced_on = assembly.announced_on or day_of(uow.now)
    ends = assembly.work_ends_at or queries.settings_here(uow).work_ends_at
    return rules.why_of_moment(assembly.starts_at, rules.window_of(announced_on, work_ends_at=ends))


def _call_why(assembly: Assembly) -> Why | None:
    if assembly.caller != VOTERS:
        return None
    on = assembly.announced_on or day_of(assembly.starts_at)
    needed = rules.call_threshold(assembly.voters, on)
    return why_of_threshold(needed, number=assembly.signatures or 0)


def _quorum_words(assembly: Assembly) -> dict[str, Any]:
    """The quorum at the hour of the notice and the one an hour later, each with its why."""
    on = day_of(assembly.starts_at)
    first = rules.quorum(assembly.voters, assembly.population, on)
    later = rules.later_quorum(assembly.voters, on)
    second = assembly.present if assembly.is_late else None
    return {
        "quorum": first,
        "quorum_why": why_of_threshold(first, number=assembly.first_present),
        "later_quorum": later,
        "later_why": why_of_threshold(later, number=second),
    }


def _vote_whys(uow: UnitOfWork, assembly: Assembly, agenda: Any) -> Mapping[UUID, Why]:
    """Why a question was adopted or not, for those that were voted."""
    voted = [one for one in agenda if one.state in (*DECIDED, REJECTED)]
    if not voted:
        return {}
    needed = proceedings.majority_of(uow, assembly)
    return {one.id: why_of_threshold(needed, number=one.votes_for or 0) for one in voted}
