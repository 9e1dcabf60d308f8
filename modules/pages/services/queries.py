"""Find pages: for citizens those that show now, for staff all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from obshto.modules.pages.errors import NoSuchPage
from obshto.modules.pages.models import SECTIONS, Page, Section
from obshto.modules.pages.services.kind import PAGES
from obshto.platform.publication_window import change_of, shows
from obshto.platform.unit_of_work import UnitOfWork

originals, page_of, translations = PAGES.originals, PAGES.original, PAGES.translations


def is_published() -> ColumnElement[bool]:
    """Somebody decided that it shows, now or at another time."""
    return and_(Page.published_at.is_not(None), Page.deleted_at.is_(None))


def public(uow: UnitOfWork) -> Select[Page]:
    """What citizens see now, by shelf and title."""
    return originals().where(shows(Page, uow.now)).order_by(Page.section, Page.title, Page.id)


def published() -> Select[Page]:
    """What is published, shows it now or at another time; last changed first."""
    return originals().where(is_published()).order_by(Page.changed_at.desc(), Page.id)


def drafts() -> Select[Page]:
    """What waits to be published, last changed first."""
    waiting = originals().where(Page.published_at.is_(None), Page.deleted_at.is_(None))
    return waiting.order_by(Page.changed_at.desc(), Page.id)


def deleted() -> Select[Page]:
    """What can still come back, last deleted first."""
    return originals().where(Page.deleted_at.is_not(None)).order_by(Page.deleted_at.desc(), Page.id)


def counts(uow: UnitOfWork) -> dict[str, int]:
    """How many are published, drafts, deleted. One query."""
    gone = Page.deleted_at.is_not(None)
    waiting = and_(Page.published_at.is_(None), Page.deleted_at.is_(None))
    kinds = {"published": is_published(), "drafts": waiting, "deleted": gone}
    columns = [func.count().filter(condition).label(name) for name, condition in kinds.items()]
    row = uow.session.execute(select(*columns).where(Page.translation_of.is_(None))).one()
    return dict(row._mapping)


def public_page(uow: UnitOfWork, page_id: UUID) -> Page:
    """For everybody. Raises NoSuchPage for what does not show now as for what never was."""
    found = uow.session.scalar(public(uow).where(Page.id == page_id))
    if found is None:
        raise NoSuchPage
    return found


def pages_named(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, Page]:
    """These pages by their ids, whatever their state. One query."""
    rows = uow.session.scalars(select(Page).where(Page.id.in_(ids))) if ids else ()
    return {page.id: page for page in rows}


def section_named(name: str) -> Section:
    """Raises NoSuchPage."""
    found = SECTIONS.get(name)
    if found is None:
        raise NoSuchPage
    return found


def shelves(uow: UnitOfWork) -> list[tuple[Section, int]]:
    """The shelves on which something shows now, in their order, with how much. One query."""
    return _in_order(dict(uow.session.execute(_counted(uow)).all()))


def shelves_until(uow: UnitOfWork) -> tuple[list[tuple[Section, int]], datetime | None]:
    """The same, with the next change: one query, a second where nothing shows."""
    turn = change_of(uow, Page)
    beside = turn.correlate(None).scalar_subquery()
    found = uow.session.execute(_counted(uow).add_columns(beside)).all()
    until = found[0][-1] if found else uow.session.scalar(turn)
    return _in_order({section: number for section, number, _ in found}), until


def _counted(uow: UnitOfWork) -> Select[str, int]:
    shown = select(Page.section, func.count()).where(
        Page.translation_of.is_(None), shows(Page, uow.now)
    )
    return shown.group_by(Page.section)


def _in_order(found: Mapping[str, int]) -> list[tuple[Section, int]]:
    return [(section, found[section]) for section in Section if section in found]
