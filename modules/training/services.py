"""What can be done with training."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.training.errors import NoSuchLesson
from obshto.modules.training.events import LessonClosed, LessonOpened
from obshto.modules.training.models import Lesson
from obshto.platform.errors import Conflict
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What staff write: `title`, `text` for everybody, `contact` for staff alone."""

    title: str
    text: str
    contact: str


def everything() -> Select[Lesson]:
    """What staff see, newest first."""
    newest = (Lesson.opened_at.desc(), Lesson.id.desc())
    return select(Lesson).order_by(*newest)


def shown() -> Select[Lesson]:
    """What citizens see, newest first."""
    return everything().where(Lesson.closed_at.is_(None))


def count(uow: UnitOfWork, statement: Select[Lesson]) -> int:
    """How many there are."""
    rows = select(func.count()).select_from(statement.order_by(None).subquery())
    return uow.session.scalar(rows) or 0


def find_lesson(
    uow: UnitOfWork,
    among: Select[Lesson],
    entry_id: UUID,
) -> Lesson:
    """One of those that may be seen. Raises NoSuchLesson."""
    found = uow.session.scalar(among.where(Lesson.id == entry_id))
    if found is None:
        raise NoSuchLesson
    return found


def open_lesson(uow: UnitOfWork, words: Words, *, request_id: UUID) -> Lesson:
    """Everybody sees it from now on. The same `request_id` again answers the first one."""
    entry = Lesson(
        request_id=request_id,
        title=words.title,
        text=words.text,
        contact=words.contact,
        author_id=uow.principal.person_id,
        opened_at=uow.now,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(entry)
    except IntegrityError:  # a second click, perhaps in the same instant
        first = select(Lesson).where(Lesson.request_id == request_id)
        return uow.session.scalars(first).one()
    uow.emit(LessonOpened(subject_id=entry.id, title=entry.title))
    return entry


def close_lesson(
    uow: UnitOfWork,
    entry: Lesson,
    *,
    expected_version: int,
) -> None:
    """Citizens see it no more; whom staff turned to is forgotten.

    `expected_version` is the version that its author had before their eyes. Raises Conflict.
    """
    if entry.is_closed:
        return  # the same form, sent twice
    if entry.version != expected_version:
        raise Conflict
    entry.closed_at, entry.contact = uow.now, None
    uow.emit(LessonClosed(subject_id=entry.id, title=entry.title))
