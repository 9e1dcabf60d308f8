"""Search rows of a municipality's guides."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.guides.events import PUBLIC
from obshto.modules.guides.models import CitizenGuide
from obshto.modules.guides.services.queries import published
from obshto.platform.content.markdown import to_text
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published guide, each in its languages. Two queries."""
    wanted = published() if ids is None else published().where(CitizenGuide.id.in_(ids))
    guides = {guide.id: guide for guide in uow.session.scalars(wanted)}
    texts = select(CitizenGuide).where(
        CitizenGuide.deleted_at.is_(None),
        or_(CitizenGuide.id.in_(guides), CitizenGuide.translation_of.in_(guides)),
    )
    for text in uow.session.scalars(texts):
        original = guides[text.translation_of or text.id]
        assert original.published_at
        yield PublicEntry(
            object_id=original.id,
            kind="guide",
            title=text.title,
            path=text.path,
            published_at=original.published_at,
            language=text.language,
            until=original.until,
            text=f"{text.summary} {to_text(text.html)}",
        )


SEARCH = PublicEntries(facts=frozenset(PUBLIC), of=entries_of)
