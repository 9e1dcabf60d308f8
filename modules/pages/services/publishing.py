"""Show pages and hide them, at once or at an hour; delete them, bring them back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from obshto.modules.pages.errors import ChangedMeanwhile
from obshto.modules.pages.events import PageDeleted, PageHidden, PagePublished, PageRestored
from obshto.modules.pages.models import Answer, Link, Page
from obshto.modules.pages.services.kind import PAGES
from obshto.platform.returnable import turn
from obshto.platform.texts.keeping import erase_texts, outlived
from obshto.platform.texts.versions import sign
from obshto.platform.timed import beginning
from obshto.platform.work import Work


def publish_page(
    work: Work,
    page: Page,
    *,
    seen: int,
    at: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Everybody sees it from `at` (else from now on) to `until` (else for good).

    Raises ChangedMeanwhile, OverBeforeBegun.
    """
    begins = beginning(page, at=at, until=until, now=work.now)
    if page.is_published and (page.published_at, page.until) == (begins, until):
        return
    change(work, page, seen)
    page.published_at, page.until = begins, until
    work.record(PagePublished(subject_id=page.id, title=page.title))


def hide_page(work: Work, page: Page, *, seen: int) -> None:
    """Back to the drafts. Raises ChangedMeanwhile."""
    if _turn(work, page, "published_at", None, seen):
        page.until = None
        work.record(PageHidden(subject_id=page.id, title=page.title))


def delete_page(work: Work, page: Page, *, seen: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises ChangedMeanwhile."""
    if _turn(work, page, "deleted_at", work.now, seen):
        work.record(PageDeleted(subject_id=page.id, title=page.title))


def restore_page(work: Work, page: Page, *, seen: int) -> None:
    """Undo a deletion. Raises ChangedMeanwhile."""
    if _turn(work, page, "deleted_at", None, seen):
        work.record(PageRestored(subject_id=page.id, title=page.title))


def change(work: Work, page: Page, seen: int) -> None:
    """Somebody changes what they saw. Raises ChangedMeanwhile."""
    if page.version != seen:
        raise ChangedMeanwhile(who=page.changed_by)
    sign(work, page)


def _turn(work: Work, page: Page, mark: str, to: datetime | None, seen: int) -> bool:
    refusal = ChangedMeanwhile(who=page.changed_by)
    if not turn(work, page, mark, to, seen=seen, refusal=refusal):
        return False
    sign(work, page)
    return True


def erase_old(work: Work) -> None:
    """Job: what was deleted 30 days ago is gone for good, versions after three years."""
    ids = outlived(work, PAGES)
    for table in (Answer, Link):
        work.session.execute(delete(table).where(table.page_id.in_(ids)))
    erase_texts(work, PAGES, ids)
