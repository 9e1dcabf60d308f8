"""Index rows of promises that staff entered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import select

from obshto.modules.promises.events import EVENTS
from obshto.modules.promises.models import Promise
from obshto.platform.clock import SOFIA
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import name_of, settlements_here


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every promise. Two queries."""
    wanted = select(Promise)
    wanted = wanted if ids is None else wanted.where(Promise.id.in_(ids))
    rows = uow.session.scalars(wanted).all()
    names = settlements_here(uow) if rows else {}
    for row in rows:
        given_at = datetime.combine(row.given_on, time(), SOFIA)
        yield PublicEntry(
            object_id=row.id,
            kind="promise",
            title=row.title,
            path=row.path,
            published_at=min(given_at, uow.now),
            language=SOURCE,
            text=" ".join(filter(None, (row.words, row.outcome, row.reason))),
            place=name_of(row.settlement, names, SOURCE),
        )


SEARCH = PublicEntries(facts=frozenset(EVENTS), of=entries_of)
