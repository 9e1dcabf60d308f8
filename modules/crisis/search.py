"""Search entries: dangers that stand, and for a day that one is over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import or_

from obshto.modules.crisis.events import PUBLIC
from obshto.modules.crisis.models import Crisis
from obshto.modules.crisis.services.queries import SHOWN_AFTER, latest_sent, public
from obshto.modules.crisis.services.settlements import places_of, settlements_here
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """With the words of the last text. Three queries at most."""
    lately = or_(Crisis.ended_at.is_(None), Crisis.ended_at > uow.now - SHOWN_AFTER)
    wanted = public().where(lately)
    if ids is not None:
        wanted = wanted.where(Crisis.id.in_(ids))
    crises = uow.session.scalars(wanted).all()
    texts, names = latest_sent(uow, crises), settlements_here(uow) if crises else {}
    for crisis in crises:
        message = texts[crisis.id]
        where = places_of(message.settlements, names)
        assert crisis.begun_at
        yield PublicEntry(
            object_id=crisis.id,
            kind="crisis",
            title=message.title,
            path=crisis.path,
            published_at=crisis.begun_at,
            language=SOURCE,
            text=" ".join(filter(None, (where, message.text, message.advice))),
            place=where if len(message.settlements) == 1 else "",
            until=crisis.ended_at + SHOWN_AFTER if crisis.ended_at else None,
        )


SEARCH = PublicEntries(facts=frozenset(PUBLIC), of=entries_of, is_news=True)
