"""Show news and hide them, at once or at an hour; delete them, bring them back."""

from __future__ import annotations

from datetime import datetime

from obshto.modules.news.errors import StaleVersion
from obshto.modules.news.events import (
    NewsDeleted,
    NewsHidden,
    NewsPublished,
    NewsRestored,
    NewsScheduled,
)
from obshto.modules.news.models import Item
from obshto.modules.news.services.kind import NEWS
from obshto.modules.news.services.queries import waiting
from obshto.platform.editorial.retention import erase_texts, outlived
from obshto.platform.editorial.revisions import sign
from obshto.platform.entity import expect_version
from obshto.platform.publication_window import beginning
from obshto.platform.soft_delete import turn
from obshto.platform.unit_of_work import UnitOfWork


def publish_item(
    uow: UnitOfWork,
    item: Item,
    *,
    expected_version: int,
    at: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Everybody sees it from `at` (else from now on) to `until` (else for good).

    Those who follow news are told when it shows. Raises StaleVersion, OverBeforeBegun.
    """
    begins = beginning(item, at=at, until=until, now=uow.now)
    if item.is_published and (item.published_at, item.until) == (begins, until):
        return
    expect_version(item, expected_version, StaleVersion, who=item.changed_by)
    item.published_at, item.until = begins, until
    sign(uow, item)
    if begins > uow.now or item.announced_at:
        uow.emit(NewsScheduled(subject_id=item.id, title=item.title))
    else:
        _announce(uow, item)


def announce_waiting(uow: UnitOfWork) -> None:
    """Job: tell of what shows by now. It shows without this: nobody waits for a job."""
    for item in uow.session.scalars(waiting(uow).with_for_update(skip_locked=True)).all():
        _announce(uow, item)


def _announce(uow: UnitOfWork, item: Item) -> None:
    item.announced_at = uow.now
    uow.emit(NewsPublished(subject_id=item.id, title=item.title))


def hide_item(uow: UnitOfWork, item: Item, *, expected_version: int) -> None:
    """Back to the drafts. Raises StaleVersion."""
    if _turn(uow, item, "published_at", None, expected_version):
        item.until = item.announced_at = None
        uow.emit(NewsHidden(subject_id=item.id, title=item.title))


def delete_item(uow: UnitOfWork, item: Item, *, expected_version: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises StaleVersion."""
    if _turn(uow, item, "deleted_at", uow.now, expected_version):
        uow.emit(NewsDeleted(subject_id=item.id, title=item.title))


def restore_item(uow: UnitOfWork, item: Item, *, expected_version: int) -> None:
    """Undo a deletion. Raises StaleVersion."""
    if _turn(uow, item, "deleted_at", None, expected_version):
        uow.emit(NewsRestored(subject_id=item.id, title=item.title))


def erase_deleted(uow: UnitOfWork) -> None:
    """Job: what was deleted 30 days ago is gone for good, versions after three years."""
    erase_texts(uow, NEWS, outlived(uow, NEWS))


def _turn(
    uow: UnitOfWork, item: Item, mark: str, to: datetime | None, expected_version: int
) -> bool:
    refusal = StaleVersion(who=item.changed_by)
    if not turn(uow, item, mark, to, expected_version=expected_version, refusal=refusal):
        return False
    sign(uow, item)
    return True
