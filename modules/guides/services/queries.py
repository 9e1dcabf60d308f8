"""Find guides: for citizens what shows now, for staff all of them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, or_, select

from obshto.modules.guides.errors import NoSuchGuide
from obshto.modules.guides.models import CitizenGuide
from obshto.modules.guides.services.kind import KIND
from obshto.platform.publication_window import shows
from obshto.platform.unit_of_work import UnitOfWork

originals, guide_of, translations = KIND.originals, KIND.original, KIND.translations


def public(uow: UnitOfWork, words: str = "") -> Select[CitizenGuide]:
    """What citizens see now, by title; with all of these words in it, in whichever language."""
    rows = originals().where(shows(CitizenGuide, uow.now))
    for word in words.split():
        texts = [
            getattr(CitizenGuide, name).icontains(word, autoescape=True)
            for name in CitizenGuide.words
        ]
        found = select(CitizenGuide.id, CitizenGuide.translation_of).where(
            CitizenGuide.deleted_at.is_(None), or_(*texts)
        )
        hits = found.subquery()
        ids = select(hits.c.id).union(select(hits.c.translation_of))
        rows = rows.where(CitizenGuide.id.in_(ids))
    return rows.order_by(CitizenGuide.title, CitizenGuide.id)


def published() -> Select[CitizenGuide]:
    """What is published, by title."""
    rows = originals().where(
        CitizenGuide.published_at.is_not(None), CitizenGuide.deleted_at.is_(None)
    )
    return rows.order_by(CitizenGuide.title, CitizenGuide.id)


def drafts() -> Select[CitizenGuide]:
    """What waits to be published, last changed first."""
    rows = originals().where(CitizenGuide.published_at.is_(None), CitizenGuide.deleted_at.is_(None))
    return rows.order_by(CitizenGuide.changed_at.desc(), CitizenGuide.id.desc())


def deleted() -> Select[CitizenGuide]:
    """What can still come back, last deleted first."""
    return (
        originals()
        .where(CitizenGuide.deleted_at.is_not(None))
        .order_by(CitizenGuide.deleted_at.desc())
    )


def public_guide(uow: UnitOfWork, guide_id: UUID) -> CitizenGuide:
    """For everybody. Raises NoSuchGuide for what does not show now as for what never was."""
    found = uow.session.scalar(public(uow).where(CitizenGuide.id == guide_id))
    if found is None:
        raise NoSuchGuide
    return found
