"""Queries of projects: for citizens what shows now, for staff all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, cast, extract, func, or_, select
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import defer

from obshto.modules.projects.errors import NoSuchProject
from obshto.modules.projects.models import FundingShare, Project, ProjectPayment, Stage, StageNews
from obshto.modules.projects.services.kind import KIND
from obshto.modules.projects.services.states import QUARTER, is_open, last_word, state_on
from obshto.modules.projects.services.vocabulary import ProjectState
from obshto.platform.clock import day_of
from obshto.platform.publication_window import shows
from obshto.platform.search.models import SearchEntry
from obshto.platform.search.query_parser import understand
from obshto.platform.unit_of_work import UnitOfWork

NEWEST = 50  # news of one project on its page
LIGHT = (defer(Project.html), defer(Project.markdown))  # what no list shows
originals, project_of, translations = KIND.originals, KIND.original, KIND.translations


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """What a citizen asked the list for; empty words ask for everything."""

    words: str = ""
    state: str = ""
    subject: str = ""
    ekatte: str = ""
    programme: str = ""
    year: int | None = None

    @property
    def is_anything(self) -> bool:
        """Nothing in particular was asked for."""
        return self == ProjectFilter()


def public(uow: UnitOfWork) -> Select[Project]:
    """What citizens see now, the newest first."""
    rows = originals().where(shows(Project, uow.now))
    return rows.order_by(Project.published_at.desc(), Project.id.desc())


def published() -> Select[Project]:
    """Published projects, the newest first."""
    rows = originals().where(Project.published_at.is_not(None), Project.deleted_at.is_(None))
    return rows.order_by(Project.published_at.desc(), Project.id.desc())


def titles(uow: UnitOfWork) -> list[tuple[UUID, str]]:
    """Ids and titles of what citizens see, by title. One query."""
    rows = public(uow).order_by(None).with_only_columns(Project.id, Project.title)
    return [(key, title) for key, title in uow.session.execute(rows.order_by(Project.title))]


def drafts() -> Select[Project]:
    """Drafts, last changed first."""
    rows = originals().where(Project.published_at.is_(None), Project.deleted_at.is_(None))
    return rows.order_by(Project.changed_at.desc(), Project.id.desc())


def deleted() -> Select[Project]:
    """Soft-deleted projects, last deleted first."""
    return originals().where(Project.deleted_at.is_not(None)).order_by(Project.deleted_at.desc())


def stale(uow: UnitOfWork) -> Select[Project]:
    """Open published projects of which nothing was said for a quarter, the oldest first."""
    rows = published().order_by(None).where(is_open(), last_word() < uow.now - QUARTER)
    return rows.order_by(last_word(), Project.id)


def late(uow: UnitOfWork) -> Select[Project]:
    """Published projects of which a promised day passed."""
    return published().where(state_on(day_of(uow.now)) == ProjectState.LATE)


def lists(uow: UnitOfWork) -> dict[str, Select[Project]]:
    """Lists of the console, by the word in the address."""
    return {
        "published": published(),
        "late": late(uow),
        "stale": stale(uow),
        "drafts": drafts(),
        "deleted": deleted(),
    }


def named(rows: Select[Project], words: str) -> Select[Project]:
    """Those in whose title or number all of these words stand; for staff."""
    for word in words.casefold().split()[:8]:
        in_title = func.lower(Project.title).contains(word, autoescape=True)
        in_number = func.lower(Project.number).contains(word, autoescape=True)
        rows = rows.where(or_(in_title, in_number))
    return rows


def found(uow: UnitOfWork, wanted: ProjectFilter, language: str) -> Select[Project]:
    """What citizens see of what they asked for, without the long texts."""
    rows = public(uow).options(*LIGHT)
    for condition in _conditions(uow, wanted):
        rows = rows.where(condition)
    return rows.where(Project.id.in_(_spoken_of(wanted.words, language))) if wanted.words else rows


def _conditions(uow: UnitOfWork, wanted: ProjectFilter) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.state:
        asked.append(state_on(day_of(uow.now)) == wanted.state)
    if wanted.subject:
        asked.append(Project.subject == wanted.subject)
    if wanted.ekatte:
        asked.append(Project.ekatte == wanted.ekatte)
    if wanted.programme:
        share = select(FundingShare.project_id)
        asked.append(
            Project.id.in_(share.where(FundingShare.programme_id == UUID(wanted.programme)))
        )
    if wanted.year:
        asked.append(_touches(wanted.year))
    return asked


def _touches(year: int) -> ColumnElement[bool]:
    """It was worked at, or money was paid for it, in that year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    end = func.coalesce(Project.ended_on, Project.stopped_on, Project.ends_on, Project.starts_on)
    worked = (Project.starts_on <= last) & (end >= first)
    paid = select(ProjectPayment.project_id).where(ProjectPayment.paid_on.between(first, last))
    return or_(worked, Project.id.in_(paid))


def _spoken_of(words: str, language: str) -> Select[UUID]:
    """Ids of projects that the municipality's search knows under these words, in any spelling."""
    query = understand(words, language).whole
    known = select(SearchEntry.object_id).where(SearchEntry.part == "projects")
    if not query:
        return known.where(SearchEntry.object_id.is_(None))
    return known.where(SearchEntry.tokens.bool_op("@@")(cast(query, TSQUERY)))


def states_of(uow: UnitOfWork, projects: Collection[Project]) -> dict[UUID, ProjectState]:
    """The state of each today. One query."""
    ids = [project.id for project in projects]
    rows = select(Project.id, state_on(day_of(uow.now))).where(Project.id.in_(ids))
    return {key: ProjectState(word) for key, word in uow.session.execute(rows)} if ids else {}


def public_project(uow: UnitOfWork, project_id: UUID) -> Project:
    """For everybody. Raises NoSuchProject for a draft as for what never was."""
    project = uow.session.scalar(public(uow).where(Project.id == project_id))
    if project is None:
        raise NoSuchProject
    return project


def stages_of(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, list[Stage]]:
    """Stages of each of these projects by their days. One query."""
    by_project: dict[UUID, list[Stage]] = {project_id: [] for project_id in ids}
    rows = select(Stage).where(Stage.project_id.in_(ids)).order_by(Stage.due_on, Stage.id)
    for stage in uow.session.scalars(rows) if ids else ():
        by_project[stage.project_id].append(stage)
    return by_project


def news_of(uow: UnitOfWork, project: Project) -> Sequence[StageNews]:
    """The latest news of a project. One query."""
    own = select(StageNews).where(StageNews.project_id == project.id)
    newest = own.order_by(StageNews.at.desc(), StageNews.id.desc())
    return uow.session.scalars(newest.limit(NEWEST)).all()


def places_with_projects(uow: UnitOfWork) -> list[str]:
    """Codes of towns and villages that have a public project. One query."""
    codes = public(uow).order_by(None).where(Project.ekatte != "")
    return list(uow.session.scalars(codes.with_only_columns(Project.ekatte).distinct()))


def years(uow: UnitOfWork) -> list[int]:
    """Years in which something was paid or begun, the latest first. One query."""
    begun = select(extract("year", Project.starts_on)).where(Project.starts_on.is_not(None))
    paid = select(extract("year", ProjectPayment.paid_on))
    return sorted({int(year) for year in uow.session.scalars(begun.union(paid))}, reverse=True)
