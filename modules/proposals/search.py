"""Index rows of proposals: what everybody may read, by place; never who made one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.proposals.events import EVENTS
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.queries import public
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import name_of, settlements_here


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every proposal that the public sees. Two queries."""
    wanted = public() if ids is None else public().where(CitizenProposal.id.in_(ids))
    proposals = uow.session.scalars(wanted).all()
    names = settlements_here(uow) if proposals else {}
    for row in proposals:
        yield PublicEntry(
            object_id=row.id,
            kind="proposal",
            title=row.title,
            path=row.path,
            published_at=row.sent_at,
            language=SOURCE,
            text="\n".join(filter(None, (row.text, row.reason, row.decision, row.outcome))),
            place=name_of(row.settlement, names, SOURCE),
        )


SEARCH = PublicEntries(facts=frozenset(fact for fact in EVENTS if fact.is_public), of=entries_of)
