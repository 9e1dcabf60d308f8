"""Write news and change them; every text that stood before is kept.

Each act says how the item shall be, and which version its author saw. Where the item is so
already, nothing is done: that was the same form, sent twice. Else it must be as it was seen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.news.errors import ChangedWhileWriting
from obshto.modules.news.events import (
    NewsCorrected,
    NewsEdited,
    NewsMovedIn,
    NewsTranslated,
    NewsWritten,
)
from obshto.modules.news.models import Item
from obshto.modules.news.services.kind import NEWS
from obshto.platform.db.base import new_id
from obshto.platform.editorial.revisions import keep_version, sign
from obshto.platform.editorial.translation import put_words, translate_text
from obshto.platform.entity import expect_version
from obshto.platform.modularity.old_site import OldText
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What an editor writes."""

    title: str
    summary: str
    markdown: str


def reads(item: Item, text: Text) -> bool:
    """Whether the item stands so already, word for word."""
    return Text(title=item.title, summary=item.summary, markdown=item.markdown) == text


def write_item(uow: UnitOfWork, text: Text, *, request_id: UUID) -> Item:
    """A new draft. The same `request_id` again answers the first one. Raises TextTooLong."""
    try:
        with uow.session.begin_nested():
            item = _new(uow, text, request_id=request_id, language=SOURCE)
    except IntegrityError:  # a second click, perhaps in the same instant
        return uow.session.scalars(select(Item).where(Item.request_id == request_id)).one()
    uow.emit(NewsWritten(subject_id=item.id, title=item.title))
    return item


def take_item(uow: UnitOfWork, told: OldText, shelf: str) -> str:
    """A text of an old site with the day it was published there; nobody is written a letter.

    The path of the item; the same text again finds the first one. Raises TextTooLong.
    """
    text = Text(title=told.title, summary=told.summary, markdown=told.markdown)
    item = write_item(uow, text, request_id=told.request_id)
    is_new = item.version == 1 and not item.deleted_at
    if is_new and told.published_at and not item.is_published:
        item.published_at = min(told.published_at, uow.now)
        item.announced_at = uow.now
        uow.emit(NewsMovedIn(subject_id=item.id, title=item.title))
    return item.path


def edit_item(
    uow: UnitOfWork, item: Item, text: Text, *, expected_version: int, correction: str = ""
) -> None:
    """Save the text; the old one becomes a version. A change of what is published is a correction.

    `correction` tells readers what was wrong. Raises ChangedWhileWriting, TextTooLong.
    """
    correction = correction if item.is_published else ""
    if reads(item, text) and correction in ("", item.correction):
        return
    expect_version(item, expected_version, ChangedWhileWriting, who=item.changed_by)
    if not reads(item, text):
        keep_version(uow, NEWS, item)
        put_words(uow, NEWS, item, asdict(text))
    sign(uow, item)
    if not item.is_published:
        uow.emit(NewsEdited(subject_id=item.id, title=item.title))
        return
    if correction:
        item.corrected_at, item.correction = uow.now, correction
    uow.emit(NewsCorrected(subject_id=item.id, title=item.title))


def translate_item(
    uow: UnitOfWork, item: Item, text: Text, *, language: str, expected_version: int
) -> Item:
    """The item in another language; `expected_version` is the translation's, else UNWRITTEN.

    Raises ChangedWhileWriting, TextTooLong.
    """

    def new() -> Item:
        return _new(uow, text, request_id=new_id(), language=language, translation_of=item.id)

    translated, is_changed = translate_text(
        uow,
        NEWS,
        item,
        asdict(text),
        language=language,
        expected_version=expected_version,
        new=new,
        late=ChangedWhileWriting,
    )
    if is_changed:
        uow.emit(NewsTranslated(subject_id=item.id, title=item.title))
    return translated


def _new(
    uow: UnitOfWork,
    text: Text,
    *,
    request_id: UUID,
    language: str,
    translation_of: UUID | None = None,
) -> Item:
    item = Item(
        id=new_id(),
        request_id=request_id,
        language=language,
        translation_of=translation_of,
        written_at=uow.now,
        author_id=uow.principal.person_id,
    )
    put_words(uow, NEWS, item, asdict(text))
    uow.session.add(item)
    uow.session.flush()
    return item
