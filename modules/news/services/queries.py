"""Find news: for citizens what shows now, for staff all of it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select

from obshto.modules.news.errors import NoSuchItem
from obshto.modules.news.models import Item
from obshto.modules.news.services.kind import NEWS
from obshto.platform.publication_window import shows
from obshto.platform.unit_of_work import UnitOfWork

originals, item_of, translations = NEWS.originals, NEWS.original, NEWS.translations


def public(uow: UnitOfWork) -> Select[Item]:
    """What citizens see now, newest first."""
    return _newest(originals().where(shows(Item, uow.now)))


def published() -> Select[Item]:
    """What is published, shows it now or at another time, newest first."""
    return _newest(originals().where(Item.published_at.is_not(None), Item.deleted_at.is_(None)))


def waiting(uow: UnitOfWork) -> Select[Item]:
    """What shows by now and was not told yet."""
    return public(uow).where(Item.announced_at.is_(None))


def _newest(items: Select[Item]) -> Select[Item]:
    return items.order_by(Item.published_at.desc(), Item.id.desc())


def drafts() -> Select[Item]:
    """What waits to be published, last changed first."""
    waiting = originals().where(Item.published_at.is_(None), Item.deleted_at.is_(None))
    return waiting.order_by(Item.changed_at.desc())


def deleted() -> Select[Item]:
    """What can still come back, last deleted first."""
    return originals().where(Item.deleted_at.is_not(None)).order_by(Item.deleted_at.desc())


def published_item(uow: UnitOfWork, item_id: UUID) -> Item:
    """For everybody. Raises NoSuchItem for what does not show now as for what never was."""
    found = uow.session.scalar(public(uow).where(Item.id == item_id))
    if found is None:
        raise NoSuchItem
    return found
