"""What can be done with news."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.news.errors import (
    ChangedMeanwhile,
    ChangedWhileWriting,
    NoSuchItem,
    TextTooLong,
)
from obshto.modules.news.events import (
    NewsCorrected,
    NewsDeleted,
    NewsEdited,
    NewsHidden,
    NewsMovedIn,
    NewsPublished,
    NewsRestored,
    NewsScheduled,
    NewsTranslated,
    NewsWritten,
)
from obshto.modules.news.models import Item
from obshto.platform.content.markdown import LONGEST, TooLong, to_html
from obshto.platform.db.base import new_id
from obshto.platform.modularity.manifest import OldText
from obshto.platform.returnable import RETURNABLE, row_of, turn
from obshto.platform.returnable import count as count  # for whoever asks about lists
from obshto.platform.timed import beginning, shows
from obshto.platform.web.language import SOURCE
from obshto.platform.work import Work

UNWRITTEN = 0  # what a form saw of a translation that was not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What an editor writes."""

    title: str
    summary: str
    markdown: str


# -- reading ---------------------------------------------------------------------------------


def originals() -> Select[Item]:
    """Every item that is no translation."""
    return select(Item).where(Item.translation_of.is_(None))


def public(work: Work) -> Select[Item]:
    """What citizens see now, newest first."""
    return _newest(originals().where(shows(Item, work.now)))


def published() -> Select[Item]:
    """What is published, shows it now or at another time, newest first."""
    return _newest(originals().where(Item.published_at.is_not(None), Item.deleted_at.is_(None)))


def waiting(work: Work) -> Select[Item]:
    """What shows by now and was not told yet."""
    return public(work).where(Item.announced_at.is_(None))


def _newest(items: Select[Item]) -> Select[Item]:
    return items.order_by(Item.published_at.desc(), Item.id.desc())


def drafts() -> Select[Item]:
    """What waits to be published, last changed first."""
    waiting = originals().where(Item.published_at.is_(None), Item.deleted_at.is_(None))
    return waiting.order_by(Item.changed_at.desc())


def deleted() -> Select[Item]:
    """What can still come back, last deleted first."""
    return originals().where(Item.deleted_at.is_not(None)).order_by(Item.deleted_at.desc())


def item_of(
    work: Work, item_id: UUID, *, to_change: bool = False, or_deleted: bool = False
) -> Item:
    """For staff: an original; `to_change` makes others wait. Raises NoSuchItem."""
    wanted = {"to_change": to_change, "or_deleted": or_deleted}
    return row_of(work, originals(), item_id, missing=NoSuchItem, **wanted)


def published_item(work: Work, item_id: UUID) -> Item:
    """For everybody. Raises NoSuchItem for what does not show now as for what never was."""
    found = work.session.scalar(public(work).where(Item.id == item_id))
    if found is None:
        raise NoSuchItem
    return found


def reads(item: Item, text: Text) -> bool:
    """Whether the item stands so already, word for word."""
    return Text(title=item.title, summary=item.summary, markdown=item.markdown) == text


def translations(work: Work, items: Collection[Item], language: str) -> dict[UUID, Item]:
    """The translations of these items into a language, by the original's id. One query."""
    if language == SOURCE or not items:
        return {}
    ids = [item.id for item in items]
    rows = select(Item).where(
        Item.translation_of.in_(ids), Item.language == language, Item.deleted_at.is_(None)
    )
    return {row.translation_of: row for row in work.session.scalars(rows) if row.translation_of}


# -- writing ---------------------------------------------------------------------------------
#
# Each act says how the item shall be, and which version its author saw. Where the item is so
# already, nothing is done: that was the same form, sent twice. Else it must be as it was seen.


def write_item(work: Work, text: Text, *, request_id: UUID) -> Item:
    """A new draft. The same `request_id` again answers the first one. Raises TextTooLong."""
    try:
        with work.session.begin_nested():
            item = _new(work, text, request_id=request_id, language=SOURCE)
    except IntegrityError:  # a second click, perhaps in the same instant
        return work.session.scalars(select(Item).where(Item.request_id == request_id)).one()
    work.record(NewsWritten(subject_id=item.id, title=item.title))
    return item


def take_item(work: Work, told: OldText, shelf: str) -> str:
    """A text of an old site with the day it was published there; nobody is written a letter.

    The path of the item; the same text again finds the first one. Raises TextTooLong.
    """
    text = Text(title=told.title, summary=told.summary, markdown=told.markdown)
    item = write_item(work, text, request_id=told.request_id)
    is_new = item.version == 1 and not item.deleted_at
    if is_new and told.published_at and not item.is_published:
        item.published_at = min(told.published_at, work.now)
        item.announced_at = work.now
        work.record(NewsMovedIn(subject_id=item.id, title=item.title))
    return item.path


def edit_item(work: Work, item: Item, text: Text, *, seen: int, correction: str = "") -> None:
    """Save the text. A change of what is published is a correction.

    `correction` tells readers what was wrong. Raises ChangedWhileWriting, TextTooLong.
    """
    correction = correction if item.is_published else ""
    if reads(item, text) and correction in ("", item.correction):
        return
    if item.version != seen:
        raise ChangedWhileWriting(who=item.changed_by)
    _put(work, item, text)
    if not item.is_published:
        work.record(NewsEdited(subject_id=item.id, title=item.title))
        return
    if correction:
        item.corrected_at, item.correction = work.now, correction
    work.record(NewsCorrected(subject_id=item.id, title=item.title))


def translate_item(work: Work, item: Item, text: Text, *, language: str, seen: int) -> Item:
    """The item in another language; `seen` is the version of the translation, else UNWRITTEN.

    Raises ChangedWhileWriting, TextTooLong.
    """
    translated = translations(work, [item], language).get(item.id)
    if translated and reads(translated, text):
        return translated
    if (translated.version if translated else UNWRITTEN) != seen:
        raise ChangedWhileWriting(who=(translated or item).changed_by)
    if translated:
        _put(work, translated, text)
    else:
        translated = _new(
            work, text, request_id=new_id(), language=language, translation_of=item.id
        )
    work.record(NewsTranslated(subject_id=item.id, title=item.title))
    return translated


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
    _sign(work, item)
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
    """What was deleted more than 30 days ago is gone for good, its translations with it."""
    old = deleted().where(Item.deleted_at < work.now - RETURNABLE).order_by(None)
    ids = list(work.session.scalars(old.with_only_columns(Item.id)))
    work.session.execute(delete(Item).where(Item.translation_of.in_(ids)))
    work.session.execute(delete(Item).where(Item.id.in_(ids)))


def _new(
    work: Work,
    text: Text,
    *,
    request_id: UUID,
    language: str,
    translation_of: UUID | None = None,
) -> Item:
    item = Item(
        request_id=request_id,
        language=language,
        translation_of=translation_of,
        written_at=work.now,
        author_id=work.principal.person_id,
    )
    _put(work, item, text)
    work.session.add(item)
    work.session.flush()
    return item


def _put(work: Work, item: Item, text: Text) -> None:
    try:
        item.html = to_html(text.markdown)
    except TooLong:
        raise TextTooLong(limit=LONGEST) from None
    item.title, item.summary, item.markdown = text.title, text.summary, text.markdown
    _sign(work, item)


def _turn(work: Work, item: Item, mark: str, to: datetime | None, seen: int) -> bool:
    refusal = ChangedMeanwhile(who=item.changed_by)
    if not turn(work, item, mark, to, seen=seen, refusal=refusal):
        return False
    _sign(work, item)
    return True


def _sign(work: Work, item: Item) -> None:
    item.changed_at, item.changed_by = work.now, work.principal.name
    item.changed_by_id = work.principal.person_id
