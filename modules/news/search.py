"""What a search may find of a municipality's news."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.news.events import DRAFTS, EVENTS
from obshto.modules.news.models import Item
from obshto.modules.news.services import published
from obshto.modules.news.services.kind import NEWS
from obshto.platform.content.markdown import to_text
from obshto.platform.editorial.attachments import Lead, leads_of
from obshto.platform.modularity.manifest import EntryPicture, PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published item, each in its languages. Three queries."""
    wanted = published() if ids is None else published().where(Item.id.in_(ids))
    items = {item.id: item for item in uow.session.scalars(wanted)}
    leads = leads_of(uow, NEWS, list(items))
    texts = select(Item).where(
        Item.deleted_at.is_(None), or_(Item.id.in_(items), Item.translation_of.in_(items))
    )
    for text in uow.session.scalars(texts):
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
            picture=_picture(leads.get(original.id)),
        )


def _picture(lead: Lead | None) -> EntryPicture | None:
    if lead is None:
        return None
    return EntryPicture(
        path=lead.path,
        mime=lead.whole.mime,
        size=lead.whole.size,
        alt_text=lead.attachment.title,
        file_id=str(lead.whole.id),
    )


SEARCH = PublicEntries(facts=frozenset(EVENTS) - {*DRAFTS}, of=entries_of, is_news=True)
