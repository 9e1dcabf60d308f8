"""Stations of assemblies: the evening, then each decision as a promise with its term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _

from obshto.modules.assembly.events import PUBLIC
from obshto.modules.assembly.models import Assembly, AssemblyQuestion, AssemblyStep
from obshto.modules.assembly.services import queries
from obshto.modules.assembly.services.places import title_of, units_here
from obshto.modules.assembly.services.states import (
    ANNOUNCED,
    DECIDED,
    DONE,
    DROPPED,
    PROPOSED,
    REFUSED,
    WAYS,
)
from obshto.platform.clock import day_of
from obshto.platform.thread.declarations import (
    COUNCIL,
    MAYOR,
    StationSource,
    StationState,
    ThreadEntry,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every assembly of the list. Three queries."""
    found = queries.public_among(uow, ids)
    known = [row.id for row in found]
    agendas, steps = queries.questions_of(uow, known), queries.steps_of(uow, known)
    with speaking(SOURCE):
        units = units_here(uow) if found else {}
        titles = {row.id: title_of(uow, row, units) for row in found}
    for row in found:
        own = steps[row.id]
        yield ThreadEntry(
            object_id=row.id,
            title=titles[row.id],
            path=f"/assembly/{row.id}",
            since=own[0].at if own else row.changed_at,
            place=row.unit,
            stations=tuple(_stations(row, agendas[row.id], own)),
        )


def _stations(
    row: Assembly, agenda: Sequence[AssemblyQuestion], steps: Sequence[AssemblyStep]
) -> Iterator[StationState]:
    seen: Counter[str] = Counter()
    for step in steps:
        seen[step.name] += 1
        again = f"#{seen[step.name]}" if seen[step.name] > 1 else ""
        yield StationState(word=f"{step.name}{again}", reached_on=step.happened_on)
    if row.state == ANNOUNCED:
        meets_on = day_of(row.starts_at)
        yield StationState(word="meets", due_on=meets_on, comes_by_itself=True)
    for question in agenda:
        if question.state in DECIDED:
            yield _promise(question, [one for one in steps if one.question_id == question.id])


def _promise(question: AssemblyQuestion, steps: Sequence[AssemblyStep]) -> StationState:
    last = steps[-1] if steps else None
    is_dropped = question.state in (REFUSED, DROPPED)
    return StationState(
        word=f"decision-{question.id.hex}",
        title=question.decision or question.text,
        due_on=question.due_on,
        reached_on=last.happened_on if last and question.state == DONE else None,
        dropped_on=last.happened_on if last and is_dropped else None,
        reason=last.words if last and is_dropped else "",
        owes=COUNCIL if question.state == PROPOSED else MAYOR,
        is_promise=True,
    )


STATIONS = StationSource(
    kind=_("Общо събрание"),
    words={
        **{name: way.told for name, way in WAYS.items()},
        "meets": _("Денят на събранието"),
    },
    facts=PUBLIC,
    of=entries_of,
)
