"""Show pages and hide them, at once or at an hour; delete them, bring them back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from obshto.modules.pages.errors import ChangedMeanwhile
from obshto.modules.pages.events import PageDeleted, PageHidden, PagePublished, PageRestored
from obshto.modules.pages.models import Answer, Attachment, Link, Page, Version
from obshto.modules.pages.services.reading import deleted
from obshto.platform.returnable import RETURNABLE, turn
from obshto.platform.storage.services import forget_files
from obshto.platform.timed import beginning
from obshto.platform.work import Work

VERSIONS_KEPT = timedelta(days=3 * 365)


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
    _sign(work, page)


def _turn(work: Work, page: Page, mark: str, to: datetime | None, seen: int) -> bool:
    refusal = ChangedMeanwhile(who=page.changed_by)
    if not turn(work, page, mark, to, seen=seen, refusal=refusal):
        return False
    _sign(work, page)
    return True


def _sign(work: Work, page: Page) -> None:
    page.changed_at, page.changed_by = work.now, work.principal.name
    page.changed_by_id = work.principal.person_id


def erase_old(work: Work) -> None:
    """Job: what was deleted 30 days ago is gone for good, versions after three years."""
    old = deleted().where(Page.deleted_at < work.now - RETURNABLE).order_by(None)
    originals = old.with_only_columns(Page.id)
    ids = list(
        work.session.scalars(
            select(Page.id).where(or_(Page.id.in_(originals), Page.translation_of.in_(originals)))
        )
    )
    files = select(Attachment.file_id).where(Attachment.page_id.in_(ids))
    file_ids = list(work.session.scalars(files))
    for table in (Version, Attachment, Answer, Link):
        work.session.execute(delete(table).where(table.page_id.in_(ids)))
    work.session.execute(delete(Page).where(Page.id.in_(ids), Page.translation_of.is_not(None)))
    work.session.execute(delete(Page).where(Page.id.in_(ids)))
    work.session.execute(delete(Version).where(Version.replaced_at < work.now - VERSIONS_KEPT))
    forget_files(work, file_ids)
