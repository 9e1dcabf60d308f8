"""Stations of proposals: sent, handed in, decided by its term, carried out as promised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from flask_babel import lazy_gettext as _

from obshto.modules.proposals.events import EVENTS
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.queries import UNSHOWN, public
from obshto.modules.proposals.services.states import CARRIED_OUT, PROMISED, WITHDRAWN
from obshto.platform.clock import day_of
from obshto.platform.thread.declarations import (
    MUNICIPALITY,
    StationSource,
    StationState,
    ThreadEntry,
)
from obshto.platform.unit_of_work import UnitOfWork


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every proposal that the public sees. One query; who made it is not read."""
    wanted = public().options(*UNSHOWN)
    wanted = wanted if ids is None else wanted.where(CitizenProposal.id.in_(ids))
    for row in uow.session.scalars(wanted).all():
        yield ThreadEntry(
            object_id=row.id,
            title=row.title,
            path=row.path,
            since=row.sent_at,
            place=row.settlement,
            stations=tuple(_stations(row)),
        )


def _stations(row: CitizenProposal) -> Iterator[StationState]:
    yield StationState(word="sent", reached_on=day_of(row.sent_at))
    if row.state == WITHDRAWN:
        ended = row.ended_at or row.sent_at
        yield StationState(word="withdrawn", reached_on=day_of(ended))
        return
    if row.handed_in_at:
        yield StationState(word="handed-in", reached_on=day_of(row.handed_in_at))
        yield StationState(
            word="decided",
            due_on=row.due_on,
            reached_on=day_of(row.decided_at) if row.decided_at else None,
            owes=MUNICIPALITY,
            is_promise=True,
        )
    if row.state in (*PROMISED, CARRIED_OUT):
        is_done = row.state == CARRIED_OUT and row.ended_at
        yield StationState(
            word="carried-out",
            title=row.follow_up,
            due_on=row.follow_up_on,
            reached_on=day_of(row.ended_at) if is_done and row.ended_at else None,
            owes=row.follow_up_by or MUNICIPALITY,
            is_promise=True,
        )


STATIONS = StationSource(
    kind=_("Предложение"),
    words={
        "sent": _("Направено предложение"),
        "withdrawn": _("Авторът го оттегли"),
        "handed-in": _("Внесено в общината"),
        "decided": _("Решение на общината"),
        "carried-out": _("Изпълнение"),
    },
    facts=frozenset(fact for fact in EVENTS if fact.is_public),
    of=entries_of,
)
