"""Index rows of initiatives: what stands in the public list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.initiatives.events import PUBLIC
from obshto.modules.initiatives.forms.context import units_here
from obshto.modules.initiatives.services import queries
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every initiative of the list whose words are seen. One query."""
    found = [row for row in queries.public_among(uow, ids) if not row.hidden_at]
    with speaking(SOURCE):
        places = units_here(uow) if found else {}
    for initiative in found:
        yield PublicEntry(
            object_id=initiative.id,
            kind="initiative",
            title=initiative.question,
            path=f"/initiatives/{initiative.id}",
            published_at=initiative.changed_at,
            language=SOURCE,
            text=f"{initiative.number} {initiative.reasons}",
            place=places.get(initiative.unit, ""),
        )


SEARCH = PublicEntries(facts=PUBLIC, of=entries_of, is_news=True)
