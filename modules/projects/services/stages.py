"""Stages of a project: promised, moved, reached, told of with a picture; late by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID, uuid5

from sqlalchemy import Select, select

from obshto.modules.projects.errors import NoSuchStage, NotYetReached, StageChanged
from obshto.modules.projects.events import NewsTold, StageMoved, StagePassed, StageReached
from obshto.modules.projects.models import Project, Stage, StageNews
from obshto.modules.projects.services.edits import tell_change
from obshto.modules.projects.services.kind import KIND
from obshto.modules.projects.services.publication import check_open
from obshto.modules.projects.services.queries import published
from obshto.modules.projects.services.states import QUARTER, is_open
from obshto.modules.projects.services.vocabulary import PictureMoment
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.editorial.attachments import add_file
from obshto.platform.entity import create_once, expect_version, of_request
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReport:
    """What an official says of a stage: a sentence, the day it was reached, a picture.

    Of a picture `name` is the file's, `seen` what is seen on it.
    """

    text: str
    due_on: date
    reached_on: date | None = None
    stream: BinaryIO | None = None
    name: str = ""
    seen: str = ""
    moment: str = PictureMoment.DURING


def add_stage(
    uow: UnitOfWork, project: Project, *, title: str, due_on: date, request_id: UUID
) -> Stage:
    """A step with its promised day. The same `request_id` again answers the first one.

    Raises ProjectOver.
    """
    again = select(Stage).where(Stage.request_id == request_id)
    if first := uow.session.scalar(again):
        return first
    check_open(project)
    stage = Stage(
        request_id=request_id,
        project_id=project.id,
        title=title,
        due_on=due_on,
        promised_on=due_on,
        heard_at=uow.now,
    )
    if (first := create_once(uow, stage)) is not stage:
        return first
    tell_change(uow, project)
    return stage


def remove_stage(uow: UnitOfWork, project: Project, stage: Stage, *, expected_version: int) -> None:
    """Take back a step that was no promise yet: of a draft alone. Raises StageChanged."""
    if stage.version != expected_version or project.is_published:
        raise StageChanged
    uow.session.delete(stage)
    tell_change(uow, project)


def stage_of(
    uow: UnitOfWork, project: Project, stage_id: UUID, *, to_change: bool = False
) -> Stage:
    """A stage of that project. Raises NoSuchStage."""
    own = select(Stage).where(Stage.id == stage_id, Stage.project_id == project.id)
    found: Stage | None = uow.session.scalar(own.with_for_update() if to_change else own)
    if found is None:
        raise NoSuchStage
    return found


def report_stage(
    uow: UnitOfWork,
    project: Project,
    stage: Stage,
    told: StageReport,
    *,
    expected_version: int,
    request_id: UUID,
) -> StageNews:
    """Set its day, say that it was reached, tell the news. The same `request_id` does so once.

    The project and the stage must be locked. Raises StageChanged, ProjectOver, NotYetReached,
    FileRefused.
    """
    if first := of_request(uow, StageNews, request_id):
        return first
    expect_version(stage, expected_version, StageChanged)
    check_open(project)
    if told.reached_on and told.reached_on > day_of(uow.now):
        raise NotYetReached
    news = _told(uow, project, stage, told, request_id)
    _move(uow, project, stage, told)
    stage.heard_at = project.heard_at = uow.now
    uow.session.flush()
    uow.emit(NewsTold(subject_id=project.id, title=project.title, news_id=news.id))
    return news


def _told(
    uow: UnitOfWork, project: Project, stage: Stage, told: StageReport, request_id: UUID
) -> StageNews:
    attachment_id = None
    if told.stream is not None:
        picture = add_file(
            uow,
            KIND,
            project,
            told.stream,
            name=told.name,
            title=told.seen,
            as_picture=True,
            request_id=uuid5(request_id, "picture"),
        )
        picture.moment, attachment_id = told.moment, picture.id
    news = StageNews(
        id=new_id(),
        request_id=request_id,
        project_id=project.id,
        stage_id=stage.id,
        attachment_id=attachment_id,
        text=told.text,
        at=uow.now,
    )
    uow.session.add(news)
    return news


def _move(uow: UnitOfWork, project: Project, stage: Stage, told: StageReport) -> None:
    if told.due_on != stage.due_on:
        stage.due_on, stage.late_told_at = told.due_on, None
        if not project.is_published:
            stage.promised_on = told.due_on
        uow.emit(StageMoved(subject_id=project.id, title=project.title, stage=stage.title))
    if told.reached_on != stage.reached_on:
        stage.reached_on = told.reached_on
        if told.reached_on:
            fact = StageReached(subject_id=project.id, title=project.title, stage=stage.title)
            uow.emit(fact)


def silent_since(project: Project, stages: list[Stage], uow: UnitOfWork) -> dict[UUID, date]:
    """Stages that should go on by now, and of which nothing was heard for a quarter.

    A stage that comes after one that is still open does not count: nobody works at it yet.
    """
    first = next((stage for stage in stages if stage.reached_on is None), None)
    if first is None or project.ended_on or project.stopped_on or project.published_at is None:
        return {}
    heard = max(filter(None, (first.heard_at, project.confirmed_at)))
    return {first.id: day_of(heard)} if heard < uow.now - QUARTER else {}


def tell_passed(uow: UnitOfWork) -> None:
    """Job: each stage whose day passed is told once to who follows it, and to the mayor."""
    shown = published().order_by(None).where(is_open()).with_only_columns(Project.id)
    for stage in uow.session.scalars(_passed(uow, shown)).all():
        project = uow.session.get_one(Project, stage.project_id)
        stage.late_told_at = uow.now
        uow.emit(StagePassed(subject_id=project.id, title=project.title, stage=stage.title))


def _passed(uow: UnitOfWork, projects: Select[UUID]) -> Select[Stage]:
    rows = select(Stage).where(
        Stage.reached_on.is_(None),
        Stage.late_told_at.is_(None),
        Stage.due_on < day_of(uow.now),
        Stage.project_id.in_(projects),
    )
    return rows.order_by(Stage.due_on, Stage.id).limit(200).with_for_update(skip_locked=True)
