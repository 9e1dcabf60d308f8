"""Index rows of referenda: what stands in the public register."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.referendum.events import PUBLIC
from obshto.modules.referendum.forms.context import units_here
from obshto.modules.referendum.services import queries
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every proposal of the register. One query."""
    found = queries.public_among(uow, ids)
    with speaking(SOURCE):
        places = units_here(uow) if found else {}
    for proposal in found:
        told = (proposal.number, proposal.yes_means, proposal.no_means, proposal.reasons)
        yield PublicEntry(
            object_id=proposal.id,
            kind="referendum",
            title=proposal.question,
            path=f"/referendum/{proposal.id}",
            published_at=proposal.changed_at,
            language=SOURCE,
            text=" ".join(told),
            place=places.get(proposal.unit, ""),
        )


SEARCH = PublicEntries(facts=PUBLIC, of=entries_of, is_news=True)
