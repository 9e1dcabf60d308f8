"""Due terms of a result: who owes the next step, by when, and why then, as its row says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import LazyString

from obshto.modules.results.models import NightStep, SectionProtocol, VoteNight
from obshto.modules.results.services.states import (
    CLOSED,
    END_OF_TERM,
    ENDED,
    HANDED,
    IN_FORCE,
    SETTLED,
    NightAct,
)
from obshto.platform.legal.procedures import LawInForce
from obshto.platform.legal.reasons import Why, why_of_hours, why_of_term
from obshto.platform.petitions.due_rows import due_by_rows
from obshto.platform.petitions.stations import Due


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Who owes what. `due_at` is a moment where the law counts hours, `due_on` a day else."""

    owes: LazyString
    what: LazyString
    why: Why | None = None
    due_on: date | None = None
    due_at: datetime | None = None


def days_of(steps: Sequence[NightStep]) -> Mapping[str, date]:
    """The last day of each act."""
    return {step.name: step.happened_on for step in steps}


def last_handed(protocols: Sequence[SectionProtocol]) -> datetime | None:
    """When the last section handed its protocol over; None while one is missing."""
    told = [row.handed_at for row in protocols if row.state in SETTLED]
    return max((at for at in told if at), default=None)


def publish_due(
    law: LawInForce[NightAct], act: NightAct, left: str, days: Mapping[str, date]
) -> Due | None:
    """Who announces an adopted decision, by when (чл. 43, ал. 1): counted from the end of the term
    that nobody used in the state it `left`, or from the day of the act that made it final.
    """
    starts_on = days[act.way.name]
    if act.in_force == END_OF_TERM and (before := due_by_rows(law, left, days)) and before.term:
        starts_on = before.term.due_on
    return due_by_rows(law, act.way.to, {IN_FORCE: starts_on})


def next_step(
    law: LawInForce[NightAct],
    night: VoteNight,
    steps: Sequence[NightStep],
    protocols: Sequence[SectionProtocol],
    *,
    closed_at: datetime,
    is_complete: bool,
) -> NextStep | None:
    """Who owes what now; None where a result is final and what follows are its duties."""
    if night.state in ENDED:
        return None
    moments = {} if is_complete else {CLOSED: closed_at}
    if is_complete and night.reported_at is None and (handed_at := last_handed(protocols)):
        moments = {HANDED: handed_at}
    due = due_by_rows(law, night.state, days_of(steps), moments=moments)
    return _step(due) if due else None


def _step(due: Due) -> NextStep:
    if due.hours:
        why = why_of_hours(due.hours)
        return NextStep(owes=due.owes, what=due.what, why=why, due_at=due.hours.due_at)
    if due.term:
        why = why_of_term(due.term)
        return NextStep(owes=due.owes, what=due.what, why=why, due_on=due.term.due_on)
    return NextStep(owes=due.owes, what=due.what)
