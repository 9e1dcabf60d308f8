"""Looks at who asked about a project: who opens the page to answer it looks by that alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select

from obshto.modules.projects.models import ProjectQuestion
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

ANSWER = "answer"
PURPOSES: Mapping[str, LazyString] = {ANSWER: lazy_gettext("Отговаря на въпрос за проект")}
KINDS = (DataKind.CONTACT, DataKind.WORDS)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“"


def look_at_sender(uow: UnitOfWork, row: ProjectQuestion) -> None:
    """Record it: the words may tell of a person even where no address was left."""
    subject = _subject_of(row)
    opened = Opened(part="projects", object_id=row.id, subject=subject)
    look(uow, opened, Purpose(word=ANSWER, kinds=KINDS, ground=GROUND))


def restricted(uow: UnitOfWork, row: ProjectQuestion) -> DataRestricted | None:
    """Why staff may not act upon it: a restriction that was accepted after it was sent."""
    return restriction_refusal(uow, lambda: _subject_of(row), since=row.sent_at)


def expect_usable(uow: UnitOfWork, row: ProjectQuestion) -> None:
    """Raises DataRestricted."""
    if refusal := restricted(uow, row):
        raise refusal


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The questions among these ids. One query."""
    rows = uow.session.scalars(select(ProjectQuestion.id).where(ProjectQuestion.id.in_(ids)))
    return {key: LookedAt(gettext("Въпрос за проект")) for key in rows}


def _subject_of(row: ProjectQuestion) -> Subject:
    return Subject(person_id=row.person_id, email=row.email)
