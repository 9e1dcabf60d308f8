"""Show pages and hide them, at once or at an hour; delete them, bring them back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from obshto.modules.pages.errors import StaleVersion
from obshto.modules.pages.events import PageDeleted, PageHidden, PagePublished, PageRestored
from obshto.modules.pages.models import Answer, Link, Page
from obshto.modules.pages.services.kind import PAGES
from obshto.platform.editorial.retention import erase_texts, outlived
from obshto.platform.editorial.revisions import sign
from obshto.platform.entity import expect_version
from obshto.platform.publication_window import beginning
from obshto.platform.soft_delete import turn
from obshto.platform.unit_of_work import UnitOfWork


def publish_page(
    uow: UnitOfWork,
    page: Page,
    *,
    expected_version: int,
    at: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Everybody sees it from `at` (else from now on) to `until` (else for good).

    Raises StaleVersion, OverBeforeBegun.
    """
    begins = beginning(page, at=at, until=until, now=uow.now)
    if page.is_published and (page.published_at, page.until) == (begins, until):
        return
    change(uow, page, expected_version)
    page.published_at, page.until = begins, until
    uow.emit(PagePublished(subject_id=page.id, title=page.title))


def hide_page(uow: UnitOfWork, page: Page, *, expected_version: int) -> None:
    """Back to the drafts. Raises StaleVersion."""
    if _turn(uow, page, "published_at", None, expected_version):
        page.until = None
        uow.emit(PageHidden(subject_id=page.id, title=page.title))


def delete_page(uow: UnitOfWork, page: Page, *, expected_version: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises StaleVersion."""
    if _turn(uow, page, "deleted_at", uow.now, expected_version):
        uow.emit(PageDeleted(subject_id=page.id, title=page.title))


def restore_page(uow: UnitOfWork, page: Page, *, expected_version: int) -> None:
    """Undo a deletion. Raises StaleVersion."""
    if _turn(uow, page, "deleted_at", None, expected_version):
        uow.emit(PageRestored(subject_id=page.id, title=page.title))


def change(uow: UnitOfWork, page: Page, expected_version: int) -> None:
    """Somebody changes what they saw. Raises StaleVersion."""
    expect_version(page, expected_version, StaleVersion, who=page.changed_by)
    sign(uow, page)


def _turn(
    uow: UnitOfWork, page: Page, mark: str, to: datetime | None, expected_version: int
) -> bool:
    refusal = StaleVersion(who=page.changed_by)
    if not turn(uow, page, mark, to, expected_version=expected_version, refusal=refusal):
        return False
    sign(uow, page)
    return True


def erase_old(uow: UnitOfWork) -> None:
    """Job: what was deleted 30 days ago is gone for good, versions after three years."""
    ids = outlived(uow, PAGES)
    for table in (Answer, Link):
        uow.session.execute(delete(table).where(table.page_id.in_(ids)))
    erase_texts(uow, PAGES, ids)
