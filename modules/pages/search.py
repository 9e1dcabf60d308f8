"""What a search may find of a municipality's pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.pages.events import DRAFTS, EVENTS, AnswerRead
from obshto.modules.pages.models import Page
from obshto.modules.pages.services.queries import is_published, originals
from obshto.platform.content.markdown import to_text
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published page, each in its languages, with the time in which it shows. Two queries."""
    wanted = originals().where(is_published())
    wanted = wanted if ids is None else wanted.where(Page.id.in_(ids))
    pages = {page.id: page for page in uow.session.scalars(wanted)}
    texts = select(Page).where(
        Page.deleted_at.is_(None), or_(Page.id.in_(pages), Page.translation_of.in_(pages))
    )
    for text in uow.session.scalars(texts):
        original = pages[text.translation_of or text.id]
        assert original.published_at
        told = " ".join([text.summary, *text.details.values(), to_text(text.html)])
        yield PublicEntry(
            object_id=original.id,
            kind=original.kind_name,
            title=text.title,
            path=text.path,
            published_at=original.published_at,
            until=original.until,
            language=text.language,
            text=told,
        )


SEARCH = PublicEntries(facts=frozenset(EVENTS) - {*DRAFTS, AnswerRead}, of=entries_of)
