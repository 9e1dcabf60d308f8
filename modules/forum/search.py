"""Index rows of the forum: titles, first words, answers, what was decided; never who wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.forum.events import EVENTS
from obshto.modules.forum.models import Discussion, ForumPost
from obshto.modules.forum.services.queries import LISTED, READABLE
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import name_of, settlements_here


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every discussion that the public sees. Three queries."""
    wanted = select(Discussion).where(LISTED)
    rows = uow.session.scalars(
        wanted if ids is None else wanted.where(Discussion.id.in_(ids))
    ).all()
    texts = defaultdict(list)
    said = select(ForumPost.discussion_id, ForumPost.words).where(
        ForumPost.discussion_id.in_([row.id for row in rows]),
        READABLE,
        or_(ForumPost.number == 1, ForumPost.is_official.is_(True)),
    )
    for discussion_id, words in uow.session.execute(said.order_by(ForumPost.number)):
        texts[discussion_id].append(words)
    names = settlements_here(uow) if rows else {}
    for row in rows:
        assert row.published_at
        yield PublicEntry(
            object_id=row.id,
            kind="discussion",
            title=row.title,
            path=row.path,
            published_at=row.published_at,
            language=SOURCE,
            text="\n".join(filter(None, (row.decided, *texts[row.id]))),
            place=name_of(row.settlement, names, SOURCE),
        )


SEARCH = PublicEntries(facts=frozenset(fact for fact in EVENTS if fact.is_public), of=entries_of)
