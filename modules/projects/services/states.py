"""State of a project: one expression of the database, for lists, filters and single pages alike."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from obshto.modules.projects.models import Project, Stage
from obshto.modules.projects.services.vocabulary import ProjectState

QUARTER = timedelta(days=91)  # after it silence says so itself


def state_on(day: date) -> ColumnElement[str]:
    """The state of each original on that day."""
    return case(
        (Project.stopped_on.is_not(None), ProjectState.STOPPED.value),
        (Project.ended_on.is_not(None), ProjectState.DONE.value),
        (_is_late(day), ProjectState.LATE.value),
        (_has_begun(day), ProjectState.UNDER_WAY.value),
        else_=ProjectState.PLANNED.value,
    )


def is_open() -> ColumnElement[bool]:
    """Neither finished nor stopped."""
    return and_(Project.stopped_on.is_(None), Project.ended_on.is_(None))


def last_word() -> ColumnElement[object]:
    """When anything was last said of it or confirmed; the largest of what is known."""
    return func.greatest(Project.heard_at, Project.confirmed_at, Project.published_at)


def _is_late(day: date) -> ColumnElement[bool]:
    waits = (Stage.project_id == Project.id, Stage.reached_on.is_(None), Stage.due_on < day)
    return or_(Project.ends_on < day, exists(select(Stage.id).where(*waits)))


def _has_begun(day: date) -> ColumnElement[bool]:
    reached = (Stage.project_id == Project.id, Stage.reached_on.is_not(None))
    return or_(Project.starts_on <= day, exists(select(Stage.id).where(*reached)))
