"""Index rows of assembly: everything that was announced."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.assembly.events import PUBLIC
from obshto.modules.assembly.services import queries
from obshto.modules.assembly.services.places import title_of, units_here
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every assembly of the list, with its agenda and what was decided. Two queries."""
    found = queries.public_among(uow, ids)
    agendas = queries.questions_of(uow, [row.id for row in found])
    with speaking(SOURCE):
        units = units_here(uow) if found else {}
        titles = {row.id: f"{title_of(uow, row, units)}, {moment(row.starts_at)}" for row in found}
    for row in found:
        agenda = [f"{one.position}. {one.text} {one.decision}".strip() for one in agendas[row.id]]
        yield PublicEntry(
            object_id=row.id,
            kind="assembly",
            title=titles[row.id],
            path=f"/assembly/{row.id}",
            published_at=row.changed_at,
            language=SOURCE,
            text="\n".join((*agenda, row.place, row.reasons, row.number)),
            place=units.get(row.unit, ""),
        )


SEARCH = PublicEntries(facts=PUBLIC, of=entries_of, is_news=True)
