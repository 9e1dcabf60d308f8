"""Count of what was of use: one answer, all of them by thing, those that are too old."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import PublicEntry
from obshto.platform.modularity.registry import components_here
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.usefulness.models import UsefulnessAnswer
from obshto.platform.web.language import SOURCE

KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class UsefulnessTally:
    """A published thing, how many found it useful, how many did not."""

    entry: PublicEntry
    useful: int
    useless: int


def entries_here(
    uow: UnitOfWork, part: str, ids: Collection[UUID], language: str = SOURCE
) -> dict[UUID, PublicEntry]:
    """Those that stand now, by id, in the language or else in Bulgarian; none of a part that is
    off.
    """
    sources = [one.search for one in components_here() if one.slug == part and one.search]
    told = [entry for source in sources for entry in source.of(uow, ids)]
    standing = [
        entry
        for entry in told
        if entry.published_at <= uow.now and not (entry.until and entry.until <= uow.now)
    ]
    standing.sort(key=lambda entry: (entry.language == language, entry.language == SOURCE))
    return {entry.object_id: entry for entry in standing}


def count_answer(
    uow: UnitOfWork, part: str, object_id: UUID, *, was_useful: bool, request_id: UUID
) -> None:
    """Without who gave it. The same `request_id` again does nothing."""
    row = {
        "request_id": request_id,
        "part": part,
        "object_id": object_id,
        "was_useful": was_useful,
        "given_on": day_of(uow.now),
    }
    uow.session.execute(insert(UsefulnessAnswer).values(row).on_conflict_do_nothing())


def tallies_here(uow: UnitOfWork, language: str) -> list[UsefulnessTally]:
    """What stands now and was judged, with most complaints first. A query and one of each part."""
    counted = select(
        UsefulnessAnswer.part,
        UsefulnessAnswer.object_id,
        func.count().filter(UsefulnessAnswer.was_useful.is_(True)),
        func.count().filter(UsefulnessAnswer.was_useful.is_(False)),
    ).group_by(UsefulnessAnswer.part, UsefulnessAnswer.object_id)
    by_part: defaultdict[str, dict[UUID, tuple[int, int]]] = defaultdict(dict)
    for part, object_id, useful, useless in uow.session.execute(counted):
        by_part[part][object_id] = useful, useless
    found = [
        UsefulnessTally(entry, *judged[object_id])
        for part, judged in by_part.items()
        for object_id, entry in entries_here(uow, part, judged, language).items()
    ]
    return sorted(found, key=lambda one: (-one.useless, -one.useful, one.entry.title))


def forget_answers(uow: UnitOfWork) -> None:
    """Job: answers are kept for a year."""
    old = UsefulnessAnswer.given_on < day_of(uow.now - KEPT)
    uow.session.execute(delete(UsefulnessAnswer).where(old))
