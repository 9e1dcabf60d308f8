"""Index rows of open data: data sets and public answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.opendata.events import EVENTS
from obshto.modules.opendata.services.catalogue import entries
from obshto.modules.opendata.services.request_queries import public_answers
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every data set that has an edition, every public answer. Three queries."""
    with speaking(SOURCE):
        for entry in entries(uow):
            if entry.published_at and (ids is None or entry.id in ids):
                yield PublicEntry(
                    object_id=entry.id,
                    kind="dataset",
                    title=str(entry.title),
                    path=entry.address,
                    published_at=entry.published_at,
                    language=SOURCE,
                    text=str(entry.about),
                )
    for row in uow.session.scalars(public_answers()):
        if row.answered_at and (ids is None or row.id in ids):
            yield PublicEntry(
                object_id=row.id,
                kind="answer",
                title=row.topic,
                path=f"/opendata/requests/{row.id}",
                published_at=row.answered_at,
                language=SOURCE,
                text=row.public_words or row.answer,
            )


SEARCH = PublicEntries(facts=frozenset(fact for fact in EVENTS if fact.is_public), of=entries_of)
