"""Show projects and hide them, finish and stop them, delete them, bring them back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from obshto.modules.projects.errors import (
    NotYetReached,
    NumberTaken,
    ProjectOver,
    StaleVersion,
)
from obshto.modules.projects.events import (
    ProjectConfirmed,
    ProjectDeleted,
    ProjectFinished,
    ProjectHidden,
    ProjectPublished,
    ProjectReopened,
    ProjectRestored,
    ProjectStopped,
)
from obshto.modules.projects.models import (
    FundingShare,
    Project,
    ProjectPayment,
    ProjectQuestion,
    Stage,
    StageNews,
)
from obshto.modules.projects.services.kind import KIND
from obshto.platform.clock import day_of
from obshto.platform.editorial.retention import erase_texts, outlived
from obshto.platform.editorial.revisions import sign
from obshto.platform.entity import expect_version
from obshto.platform.followers.services import forget_followers
from obshto.platform.soft_delete import turn
from obshto.platform.unit_of_work import UnitOfWork


def publish_project(uow: UnitOfWork, project: Project, *, expected_version: int) -> None:
    """Everybody sees it from now on; its end counts as promised. Raises StaleVersion."""
    if _turn(uow, project, "published_at", uow.now, expected_version):
        project.promised_on = project.ends_on
        uow.emit(ProjectPublished(subject_id=project.id, title=project.title))


def hide_project(uow: UnitOfWork, project: Project, *, expected_version: int) -> None:
    """Back to the drafts. Raises StaleVersion."""
    if _turn(uow, project, "published_at", None, expected_version):
        uow.emit(ProjectHidden(subject_id=project.id, title=project.title))


def delete_project(uow: UnitOfWork, project: Project, *, expected_version: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises StaleVersion."""
    if _turn(uow, project, "deleted_at", uow.now, expected_version):
        uow.emit(ProjectDeleted(subject_id=project.id, title=project.title))


def restore_project(uow: UnitOfWork, project: Project, *, expected_version: int) -> None:
    """Undo a deletion. Raises StaleVersion, NumberTaken."""
    try:
        with uow.session.begin_nested():
            is_turned = _turn(uow, project, "deleted_at", None, expected_version)
            uow.session.flush()
    except IntegrityError:  # another project has its number by now
        raise NumberTaken from None
    if is_turned:
        uow.emit(ProjectRestored(subject_id=project.id, title=project.title))


def confirm_project(uow: UnitOfWork, project: Project, *, expected_version: int) -> None:
    """Somebody asked: it is still as written. Raises StaleVersion, ProjectOver."""
    if project.confirmed_at and day_of(project.confirmed_at) == day_of(uow.now):
        return
    expect_version(project, expected_version, StaleVersion, who=project.changed_by)
    check_open(project)
    project.confirmed_at = uow.now
    uow.emit(ProjectConfirmed(subject_id=project.id, title=project.title))


def finish_project(uow: UnitOfWork, project: Project, *, on: date, expected_version: int) -> None:
    """It is done, on a day that is not ahead. Raises StaleVersion, ProjectOver, NotYetReached."""
    if project.ended_on == on:
        return
    expect_version(project, expected_version, StaleVersion, who=project.changed_by)
    check_open(project)
    if on > day_of(uow.now):
        raise NotYetReached
    project.ended_on, project.heard_at = on, uow.now
    sign(uow, project)
    uow.emit(ProjectFinished(subject_id=project.id, title=project.title))


def stop_project(uow: UnitOfWork, project: Project, *, reason: str, expected_version: int) -> None:
    """Nothing more is done, and everybody reads why. Raises StaleVersion, ProjectOver."""
    if project.stopped_on and project.reason == reason:
        return
    expect_version(project, expected_version, StaleVersion, who=project.changed_by)
    check_open(project)
    project.stopped_on, project.reason, project.heard_at = day_of(uow.now), reason, uow.now
    sign(uow, project)
    uow.emit(ProjectStopped(subject_id=project.id, title=project.title))


def reopen_project(uow: UnitOfWork, project: Project, *, expected_version: int) -> None:
    """It goes on after it was finished or stopped. Raises StaleVersion."""
    if project.ended_on is None and project.stopped_on is None:
        return
    expect_version(project, expected_version, StaleVersion, who=project.changed_by)
    project.ended_on = project.stopped_on = None
    project.reason, project.heard_at = "", uow.now
    sign(uow, project)
    uow.emit(ProjectReopened(subject_id=project.id, title=project.title))


def check_open(project: Project) -> None:
    """Raises ProjectOver for what is finished or stopped."""
    if project.ended_on or project.stopped_on:
        raise ProjectOver


def erase_deleted(uow: UnitOfWork) -> None:
    """Job: what was deleted 30 days ago is gone for good with all that belongs to it."""
    ids = outlived(uow, KIND)
    for table in (FundingShare, ProjectPayment, StageNews, Stage, ProjectQuestion):
        uow.session.execute(delete(table).where(table.project_id.in_(ids)))
    forget_followers(uow, "projects", ids)
    erase_texts(uow, KIND, ids)


def _turn(
    uow: UnitOfWork, project: Project, mark: str, to: datetime | None, expected_version: int
) -> bool:
    refusal = StaleVersion(who=project.changed_by)
    if not turn(uow, project, mark, to, expected_version=expected_version, refusal=refusal):
        return False
    sign(uow, project)
    return True
