"""Index rows of courses: every published course in each of its languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.courses.events import COURSE_FACTS
from obshto.modules.courses.models import Course
from obshto.modules.courses.services.kinds import KINDS, LEVELS
from obshto.modules.courses.services.neighbour_courses import pattern_of
from obshto.modules.courses.services.queries import published
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """One query."""
    wanted = published() if ids is None else published().where(Course.id.in_(ids))
    for course in uow.session.scalars(wanted):
        for language in (SOURCE, *course.translations):
            yield _entry(course, language)


def _entry(course: Course, language: str) -> PublicEntry:
    name, about, _ = course.told(language)
    assert course.published_at
    with speaking(language):
        words = [str(KINDS[course.kind]), str(LEVELS[course.level])]
    own = (course.syllabus,) if language == SOURCE else ()
    return PublicEntry(
        object_id=course.id,
        kind="course",
        title=name,
        path=course.path,
        published_at=course.published_at,
        language=language,
        pattern=pattern_of(course) if language == SOURCE else None,
        text=" ".join(filter(None, (about, *words, *own))),
    )


SEARCH = PublicEntries(
    facts=frozenset(fact for fact in COURSE_FACTS if fact.is_public), of=entries_of, is_news=True
)
