"""Stations of referenda: what happened, the next step by law and who owes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.referendum.events import PUBLIC
from obshto.modules.referendum.models import ProposalStep, Referendum
from obshto.modules.referendum.services import queries
from obshto.modules.referendum.services.states import ACTS
from obshto.platform.petitions.thread_stations import due_station, step_stations
from obshto.platform.thread.declarations import StationSource, StationState, ThreadEntry
from obshto.platform.unit_of_work import UnitOfWork


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every proposal of the register. Three queries at most for one, one more for each."""
    found = queries.public_among(uow, ids)
    steps = _steps(uow, [row.id for row in found])
    for row in found:
        own = steps[row.id]
        yield ThreadEntry(
            object_id=row.id,
            title=row.question,
            path=f"/referendum/{row.id}",
            since=own[0].at if own else row.changed_at,
            place=row.unit,
            stations=tuple(_stations(uow, row, own)),
        )


def _steps(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, list[ProposalStep]]:
    found: dict[UUID, list[ProposalStep]] = defaultdict(list)
    rows = select(ProposalStep).where(ProposalStep.petition_id.in_(ids))
    order = (ProposalStep.happened_on, ProposalStep.at, ProposalStep.id)
    for step in uow.session.scalars(rows.order_by(*order)) if ids else ():
        found[step.petition_id].append(step)
    return found


def _stations(
    uow: UnitOfWork, row: Referendum, steps: Sequence[ProposalStep]
) -> Iterator[StationState]:
    yield from step_stations([step for step in steps if step.name in ACTS])
    due = queries.due_here(uow, row, steps)
    if due and not due.is_wait:
        yield due_station(due)


STATIONS = StationSource(
    kind=_("Референдум"),
    words={name: act.way.told for name, act in ACTS.items()},
    facts=PUBLIC,
    of=entries_of,
)
