"""What a search may find of a municipality's news."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.news.events import EVENTS, NewsEdited, NewsWritten
from obshto.modules.news.models import Item
from obshto.modules.news.services import published
from obshto.platform.content.markdown import to_text
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.work import Work


def entries_of(work: Work, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published item, each in its languages. Two queries."""
    wanted = published() if ids is None else published().where(Item.id.in_(ids))
    items = {item.id: item for item in work.session.scalars(wanted)}
    texts = select(Item).where(
        Item.deleted_at.is_(None), or_(Item.id.in_(items), Item.translation_of.in_(items))
    )
    for text in work.session.scalars(texts):
        original = items[text.translation_of or text.id]
        assert original.published_at
        yield PublicEntry(
            object_id=original.id,
            kind="news",
            title=text.title,
            path=text.path,
            published_at=original.published_at,
            language=text.language,
            until=original.until,
            text=f"{text.summary} {to_text(text.html)}",
        )


SEARCH = PublicEntries(
    facts=frozenset(EVENTS) - {NewsWritten, NewsEdited}, of=entries_of, is_news=True
)
