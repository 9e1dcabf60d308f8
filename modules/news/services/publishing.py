"""Show news and hide them, at once or at an hour; delete them, bring them back."""

from __future__ import annotations

from datetime import datetime

from obshto.modules.news.errors import ChangedMeanwhile
from obshto.modules.news.events import (
    NewsDeleted,
    NewsHidden,
    NewsPublished,
    NewsRestored,
    NewsScheduled,
)
from obshto.modules.news.models import Item
from obshto.modules.news.services.kind import NEWS
from obshto.modules.news.services.reading import waiting
from obshto.platform.returnable import turn
from obshto.platform.texts.keeping import erase_texts, outlived
from obshto.platform.texts.versions import sign
from obshto.platform.timed import beginning
from obshto.platform.work import Work


def publish_item(
    work: Work, item: Item, *, seen: int, at: datetime | None = None, until: datetime | None = None
) -> None:
    """Everybody sees it from `at` (else from now on) to `until` (else for good).

    Those who follow news are told when it shows. Raises ChangedMeanwhile, OverBeforeBegun.
    """
    begins = beginning(item, at=at, until=until, now=work.now)
    if item.is_published and (item.published_at, item.until) == (begins, until):
        return
    if item.version != seen:
        raise ChangedMeanwhile(who=item.changed_by)
    item.published_at, item.until = begins, until
    sign(work, item)
    if begins > work.now or item.announced_at:
        work.record(NewsScheduled(subject_id=item.id, title=item.title))
    else:
        _announce(work, item)


def announce_waiting(work: Work) -> None:
    """Job: tell of what shows by now. It shows without this: nobody waits for a job."""
    for item in work.session.scalars(waiting(work).with_for_update(skip_locked=True)).all():
        _announce(work, item)


def _announce(work: Work, item: Item) -> None:
    item.announced_at = work.now
    work.record(NewsPublished(subject_id=item.id, title=item.title))


def hide_item(work: Work, item: Item, *, seen: int) -> None:
    """Back to the drafts. Raises ChangedMeanwhile."""
    if _turn(work, item, "published_at", None, seen):
        item.until = item.announced_at = None
        work.record(NewsHidden(subject_id=item.id, title=item.title))


def delete_item(work: Work, item: Item, *, seen: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises ChangedMeanwhile."""
    if _turn(work, item, "deleted_at", work.now, seen):
        work.record(NewsDeleted(subject_id=item.id, title=item.title))


def restore_item(work: Work, item: Item, *, seen: int) -> None:
    """Undo a deletion. Raises ChangedMeanwhile."""
    if _turn(work, item, "deleted_at", None, seen):
        work.record(NewsRestored(subject_id=item.id, title=item.title))


def erase_deleted(work: Work) -> None:
    """Job: what was deleted 30 days ago is gone for good, versions after three years."""
    erase_texts(work, NEWS, outlived(work, NEWS))


def _turn(work: Work, item: Item, mark: str, to: datetime | None, seen: int) -> bool:
    refusal = ChangedMeanwhile(who=item.changed_by)
    if not turn(work, item, mark, to, seen=seen, refusal=refusal):
        return False
    sign(work, item)
    return True
