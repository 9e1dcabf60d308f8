"""Stations of a result: what the day and the night bring, courts, publication, what follows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.results.events import PUBLIC
from obshto.modules.results.models import NightStep, ResultDuty, VoteNight
from obshto.modules.results.services.due_terms import days_of
from obshto.modules.results.services.duties import effect_day
from obshto.modules.results.services.states import ACTS, ANNOUNCED, NightAct, law_of
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.legal.procedures import LawInForce
from obshto.platform.modularity.polling_places import CalledVote, CalledVotes
from obshto.platform.modularity.ports import port_here
from obshto.platform.petitions.due_rows import due_by_rows
from obshto.platform.thread.declarations import (
    MAYOR,
    StationSource,
    StationState,
    ThreadEntry,
)
from obshto.platform.unit_of_work import UnitOfWork

MOST = 500


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every vote whose result was announced once. Four queries."""
    wanted = select(VoteNight).order_by(VoteNight.id.desc()).limit(MOST)
    wanted = wanted if ids is None else wanted.where(VoteNight.id.in_(ids))
    rows = uow.session.scalars(wanted).all()
    steps = _steps(uow, [row.id for row in rows])
    told = [row for row in rows if steps[row.id]]
    port = port_here(CalledVotes)
    votes = port.votes_of(uow, [row.vote_id for row in told]) if port else {}
    duties = _duties(uow, [row.id for row in told])
    for row in told:
        if vote := votes.get(row.vote_id):
            law = law_of(row.vote_on, on=day_of(uow.now))
            yield _entry(row, vote, law, steps[row.id], duties[row.id])


def _entry(
    night: VoteNight,
    vote: CalledVote,
    law: LawInForce[NightAct],
    steps: Sequence[NightStep],
    duties: Sequence[ResultDuty],
) -> ThreadEntry:
    return ThreadEntry(
        object_id=night.id,
        title=vote.question,
        path=f"/results/{vote.id}",
        since=datetime.combine(vote.vote_on, time(), SOFIA),
        place=vote.unit,
        after=(("referendum", vote.id),),
        stations=tuple(_stations(night, law, steps, duties)),
    )


def _stations(
    night: VoteNight,
    law: LawInForce[NightAct],
    steps: Sequence[NightStep],
    duties: Sequence[ResultDuty],
) -> Iterator[StationState]:
    seen: Counter[str] = Counter()
    for step in steps:
        seen[step.name] += 1
        again = f"#{seen[step.name]}" if seen[step.name] > 1 else ""
        yield StationState(word=f"{step.name}{again}", reached_on=step.happened_on)
    due = due_by_rows(law, ANNOUNCED, days_of(steps)) if night.state == ANNOUNCED else None
    if due and due.term:
        yield StationState(word="challenge-ends", due_on=due.term.due_on, comes_by_itself=True)
    for duty in duties:
        yield StationState(
            word=f"duty-{duty.id.hex}",
            title=duty.title,
            due_on=duty.due_on,
            reached_on=duty.done_on,
            dropped_on=duty.dropped_on,
            reason=duty.reason,
            owes=duty.owes,
            is_promise=True,
        )
    if in_force := effect_day(night, duties):
        yield StationState(word="effect", reached_on=in_force)
        if all(duty.kind for duty in duties):
            yield StationState(word="carry-out", owes=MAYOR)


def _steps(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, list[NightStep]]:
    found: dict[UUID, list[NightStep]] = defaultdict(list)
    order = (NightStep.happened_on, NightStep.at, NightStep.id)
    rows = select(NightStep).where(NightStep.night_id.in_(ids)).order_by(*order)
    for row in uow.session.scalars(rows) if ids else ():
        found[row.night_id].append(row)
    return found


def _duties(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, list[ResultDuty]]:
    found: dict[UUID, list[ResultDuty]] = defaultdict(list)
    rows = select(ResultDuty).where(ResultDuty.night_id.in_(ids))
    for row in uow.session.scalars(rows.order_by(ResultDuty.due_on, ResultDuty.id)) if ids else ():
        found[row.night_id].append(row)
    return found


STATIONS = StationSource(
    kind=_("Резултат от референдум"),
    words={
        **{name: act.way.told for name, act in ACTS.items()},
        "challenge-ends": _("Край на срока за оспорване"),
        "effect": _("Решението влезе в сила"),
        "carry-out": _("Изпълнение на решението"),
    },
    facts=PUBLIC,
    of=entries_of,
)
