"""Stations of initiatives: what happened, the answer that is owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.initiatives.events import PUBLIC
from obshto.modules.initiatives.models import Initiative, InitiativeStep
from obshto.modules.initiatives.services import queries
from obshto.modules.initiatives.services.states import WAYS
from obshto.platform.petitions.thread_stations import due_station, step_stations
from obshto.platform.thread.declarations import StationSource, StationState, ThreadEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every initiative of the list, a hidden one by its number. Three queries."""
    found = queries.public_among(uow, ids)
    steps, notice = _steps(uow, [row.id for row in found]), queries.notice_rule(uow)
    for row in found:
        own = steps[row.id]
        with speaking(SOURCE):
            title = queries.public_title(row)
        yield ThreadEntry(
            object_id=row.id,
            title=title,
            path=f"/initiatives/{row.id}",
            since=own[0].at if own else row.changed_at,
            place=row.unit,
            stations=tuple(_stations(row, own, notice)),
        )


def _steps(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, list[InitiativeStep]]:
    found: dict[UUID, list[InitiativeStep]] = defaultdict(list)
    rows = select(InitiativeStep).where(InitiativeStep.petition_id.in_(ids))
    order = (InitiativeStep.happened_on, InitiativeStep.at, InitiativeStep.id)
    for step in uow.session.scalars(rows.order_by(*order)) if ids else ():
        found[step.petition_id].append(step)
    return found


def _stations(
    row: Initiative, steps: Sequence[InitiativeStep], notice: str
) -> Iterator[StationState]:
    yield from step_stations(steps)
    due = queries.due_of(row, steps, notice=notice)
    if due:
        yield due_station(due, by=queries.last_day(row, due))


STATIONS = StationSource(
    kind=_("Гражданска инициатива"),
    words={name: way.told for name, way in WAYS.items()},
    facts=PUBLIC,
    of=entries_of,
)
