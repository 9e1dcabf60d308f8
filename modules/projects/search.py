"""Index rows of projects."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.projects.events import SHOWN
from obshto.modules.projects.models import Project
from obshto.modules.projects.services import queries
from obshto.modules.projects.services.vocabulary import SUBJECTS
from obshto.platform.content.markdown import to_text
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import Names, name_of, settlements_here


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published project, each in its languages. Three queries."""
    wanted = queries.published()
    wanted = wanted if ids is None else wanted.where(Project.id.in_(ids))
    projects = {project.id: project for project in uow.session.scalars(wanted)}
    if not projects:
        return
    names = settlements_here(uow)
    texts = select(Project).where(
        Project.deleted_at.is_(None),
        or_(Project.id.in_(projects), Project.translation_of.in_(projects)),
    )
    for text in uow.session.scalars(texts):
        yield _entry(projects[text.translation_of or text.id], text, names)


def _entry(project: Project, text: Project, names: Names) -> PublicEntry:
    assert project.published_at
    with speaking(text.language):
        subject = str(SUBJECTS[project.subject])
    own = (project.address, project.number, project.contractor)
    told = (text.summary, subject, to_text(text.html), *(own if text.language == SOURCE else ()))
    return PublicEntry(
        object_id=project.id,
        kind="project",
        title=text.title,
        path=project.path,
        published_at=project.published_at,
        language=text.language,
        text=" ".join(filter(None, told)),
        place=name_of(project.ekatte, names, text.language),
    )


SEARCH = PublicEntries(facts=frozenset(SHOWN), of=entries_of, is_news=True)
