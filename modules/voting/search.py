"""Index rows of votes: announced ones, trials left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.voting.events import EVENTS
from obshto.modules.voting.services import queries
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every announced vote. One query."""
    for election in queries.public_among(uow, ids):
        assert election.announced_at
        asked = " ".join(question["question"] for question in election.questions)
        yield PublicEntry(
            object_id=election.id,
            kind="voting",
            title=election.title,
            path=f"/voting/{election.slug}",
            published_at=election.announced_at,
            language=SOURCE,
            text=f"{election.intro} {asked} {election.outcome}".strip(),
        )


SEARCH = PublicEntries(facts=frozenset(EVENTS), of=entries_of, is_news=True)
