"""Stations of projects: each stage with its promised day, and the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.projects.events import SHOWN, StageMoved, StageReached
from obshto.modules.projects.models import Project, Stage
from obshto.modules.projects.services.queries import LIGHT, public
from obshto.platform.clock import day_of
from obshto.platform.thread.declarations import (
    MUNICIPALITY,
    StationSource,
    StationState,
    ThreadEntry,
)
from obshto.platform.unit_of_work import UnitOfWork

CONSULTATIONS = "consultations"


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every project that citizens see now. Two queries."""
    wanted = public(uow).options(*LIGHT)
    wanted = wanted if ids is None else wanted.where(Project.id.in_(ids))
    projects = uow.session.scalars(wanted).all()
    stages = _stages(uow, [row.id for row in projects])
    for row in projects:
        assert row.published_at
        yield ThreadEntry(
            object_id=row.id,
            title=row.title,
            path=row.path,
            since=row.published_at,
            place=row.ekatte,
            stations=tuple(_stations(row, stages[row.id])),
            after=((CONSULTATIONS, row.consultation_id),) if row.consultation_id else (),
        )


def _stages(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, list[Stage]]:
    found: dict[UUID, list[Stage]] = defaultdict(list)
    rows = select(Stage).where(Stage.project_id.in_(ids)).order_by(Stage.due_on, Stage.id)
    for stage in uow.session.scalars(rows) if ids else ():
        found[stage.project_id].append(stage)
    return found


def _stations(row: Project, stages: Sequence[Stage]) -> Iterator[StationState]:
    assert row.published_at
    yield StationState(word="shown", reached_on=day_of(row.published_at))
    for stage in stages:
        yield StationState(
            word=f"stage#{stage.id}",
            title=stage.title,
            due_on=stage.due_on,
            first_due_on=stage.promised_on,
            reached_on=stage.reached_on or row.ended_on,
            dropped_on=None if stage.reached_on else row.stopped_on,
            reason="" if stage.reached_on else row.reason,
            owes=MUNICIPALITY,
            is_promise=True,
        )
    if row.ends_on or row.ended_on or row.stopped_on:
        yield StationState(
            word="end",
            due_on=row.ends_on,
            first_due_on=row.promised_on,
            reached_on=row.ended_on,
            dropped_on=None if row.ended_on else row.stopped_on,
            reason="" if row.ended_on else row.reason,
            owes=MUNICIPALITY,
            is_promise=True,
        )


STATIONS = StationSource(
    kind=_("Проект"),
    words={"shown": _("Обявен"), "stage": _("Етап"), "end": _("Край на проекта")},
    facts=frozenset((*SHOWN, StageMoved, StageReached)),
    of=entries_of,
)
