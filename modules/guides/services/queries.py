"""Find guides: for citizens what shows now, for staff all of them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, or_, select

from obshto.modules.guides.errors import NoSuchGuide
from obshto.modules.guides.models import Guide
from obshto.modules.guides.services.kind import KIND
from obshto.platform.publication_window import shows
from obshto.platform.unit_of_work import UnitOfWork

originals, guide_of, translations = KIND.originals, KIND.original, KIND.translations


def public(uow: UnitOfWork, words: str = "") -> Select[Guide]:
    """What citizens see now, by title; with all of these words in it, in whichever language."""
    rows = originals().where(shows(Guide, uow.now))
    for word in words.split():
        texts = [getattr(Guide, name).icontains(word, autoescape=True) for name in Guide.words]
        found = select(Guide.id, Guide.translation_of).where(
            Guide.deleted_at.is_(None), or_(*texts)
        )
        hits = found.subquery()
        ids = select(hits.c.id).union(select(hits.c.translation_of))
        rows = rows.where(Guide.id.in_(ids))
    return rows.order_by(Guide.title, Guide.id)


def published() -> Select[Guide]:
    """What is published, by title."""
    rows = originals().where(Guide.published_at.is_not(None), Guide.deleted_at.is_(None))
    return rows.order_by(Guide.title, Guide.id)


def drafts() -> Select[Guide]:
    """What waits to be published, last changed first."""
    rows = originals().where(Guide.published_at.is_(None), Guide.deleted_at.is_(None))
    return rows.order_by(Guide.changed_at.desc(), Guide.id.desc())


def deleted() -> Select[Guide]:
    """What can still come back, last deleted first."""
    return originals().where(Guide.deleted_at.is_not(None)).order_by(Guide.deleted_at.desc())


def public_guide(uow: UnitOfWork, guide_id: UUID) -> Guide:
    """For everybody. Raises NoSuchGuide for what does not show now as for what never was."""
    found = uow.session.scalar(public(uow).where(Guide.id == guide_id))
    if found is None:
        raise NoSuchGuide
    return found
