"""Stations of votes: announced, closes, what the council decides after it, by when it is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _

from obshto.modules.voting.events import EVENTS
from obshto.modules.voting.models import Election
from obshto.modules.voting.services import queries
from obshto.platform.clock import day_of
from obshto.platform.thread.declarations import (
    MUNICIPALITY,
    StationSource,
    StationState,
    ThreadEntry,
)
from obshto.platform.unit_of_work import UnitOfWork


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every announced vote, trials left out. One query."""
    for election in queries.public_among(uow, ids):
        assert election.announced_at
        yield ThreadEntry(
            object_id=election.id,
            title=election.title,
            path=f"/voting/{election.slug}",
            since=election.announced_at,
            stations=tuple(_stations(election)),
        )


def _stations(election: Election) -> Iterable[StationState]:
    assert election.announced_at
    yield StationState(word="announced", reached_on=day_of(election.announced_at))
    yield StationState(word="closes", due_on=day_of(election.closes_at), comes_by_itself=True)
    yield StationState(
        word="outcome",
        reached_on=day_of(election.outcome_at) if election.outcome_at else None,
        owes=MUNICIPALITY,
        is_promise=True,
    )
    if election.carry_by or election.carried_on:
        yield StationState(
            word="carried-out",
            due_on=election.carry_by,
            reached_on=election.carried_on,
            owes=MUNICIPALITY,
            is_promise=True,
        )


STATIONS = StationSource(
    kind=_("Допитване"),
    words={
        "announced": _("Обявено допитване"),
        "closes": _("Последен ден за гласуване"),
        "outcome": _("Съветът казва какво следва от резултата"),
        "carried-out": _("Изпълнение"),
    },
    facts=frozenset(EVENTS),
    of=entries_of,
)
