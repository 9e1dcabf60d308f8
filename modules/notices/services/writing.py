"""Notices written, published, corrected, called off, thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.notices.errors import (
    EndsTooEarly,
    NoticeChanged,
    StandsInPublic,
    WithdrawnAlready,
)
from obshto.modules.notices.events import (
    NoticeCorrected,
    NoticeDeleted,
    NoticeEdited,
    NoticePublished,
    NoticesFact,
    NoticeTouchedUp,
    NoticeWithdrawn,
    NoticeWritten,
)
from obshto.modules.notices.models import Notice
from obshto.platform.web.language import OTHERS
from obshto.platform.work import Work

KEPT = timedelta(days=2 * 365)  # after its end: somebody may ask whether people were told
Words = Mapping[str, Mapping[str, str]]  # by language, then by the part of the notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an editor writes. `settlements` are EKATTE codes, none for the whole municipality."""

    kind: str
    title: str
    text: str
    starts_at: datetime
    ends_at: datetime
    settlements: tuple[str, ...] = ()
    address: str = ""
    is_urgent: bool = False
    words: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is said to those who were told before; `words` say it in other languages."""

    text: str = ""
    words: Words = field(default_factory=dict)


PLAIN = ("kind", "title", "text", "address", "starts_at", "ends_at", "is_urgent")
TOLD = ("title", "text", "address")


def draft_of(notice: Notice) -> Draft:
    """What is written of a notice now."""
    return Draft(
        settlements=tuple(notice.settlements),
        words=_parts(notice.words, *TOLD),
        **{name: getattr(notice, name) for name in PLAIN},
    )


# Each act says how the notice shall be, and which version its author saw. Where it is so already,
# nothing is done: that was the same form, sent twice. Else it must be as it was seen.


def write_notice(work: Work, draft: Draft, *, request_id: UUID) -> Notice:
    """A new draft. The same `request_id` again answers the first one. Raises EndsTooEarly."""
    _check_span(work, draft)
    notice = Notice(
        request_id=request_id,
        correction="",
        reason="",
        words={},
        written_at=work.now,
        author_id=work.principal.person_id,
    )
    _put(work, notice, draft)
    try:
        with work.session.begin_nested():
            work.session.add(notice)
    except IntegrityError:  # a second click, perhaps in the same instant
        first = select(Notice).where(Notice.request_id == request_id)
        return work.session.scalars(first).one()
    _tell(work, NoticeWritten, notice)
    return notice


def edit_notice(
    work: Work, notice: Notice, draft: Draft, *, seen: int, correction: Note | None = None
) -> None:
    """Save it. `correction` says what is otherwise now; without it a slip was mended, and nobody
    hears of that. A draft needs none.

    Raises NoticeChanged, WithdrawnAlready, EndsTooEarly.
    """
    note = correction if correction and correction.text and notice.published_at else None
    if draft_of(notice) == draft and (note is None or note.text == notice.correction):
        return
    _check(notice, seen)
    _check_span(work, draft)
    _put(work, notice, draft)
    if note:
        notice.correction, notice.corrected_at = note.text, work.now
        notice.words = _with(notice.words, note.words)
    told = NoticeCorrected if note else NoticeTouchedUp
    _tell(work, told if notice.published_at else NoticeEdited, notice)


def publish_notice(work: Work, notice: Notice, *, seen: int) -> None:
    """Everybody sees it, who asked to hear of its kind and place is told.

    Raises NoticeChanged, EndsTooEarly for what would be over already.
    """
    if notice.published_at:
        return
    _check(notice, seen)
    _check_span(work, draft_of(notice))
    notice.published_at = work.now
    _touch(work, notice)
    _tell(work, NoticePublished, notice)


def withdraw_notice(work: Work, notice: Notice, *, reason: Note, seen: int) -> None:
    """It does not hold any more; who was told hears why. Raises NoticeChanged."""
    if notice.withdrawn_at or notice.published_at is None:
        return
    _check(notice, seen)
    notice.withdrawn_at, notice.reason = work.now, reason.text
    notice.words = _with(notice.words, reason.words)
    _touch(work, notice)
    _tell(work, NoticeWithdrawn, notice)


def delete_draft(work: Work, notice: Notice, *, seen: int) -> None:
    """Gone for good. Raises NoticeChanged, StandsInPublic."""
    if notice.published_at:
        raise StandsInPublic
    _check(notice, seen)
    _tell(work, NoticeDeleted, notice)
    work.session.delete(notice)


def forget_old(work: Work) -> None:
    """Job: what has been over for two years."""
    work.session.execute(delete(Notice).where(Notice.ends_at < work.now - KEPT))


def _put(work: Work, notice: Notice, draft: Draft) -> None:
    for name in PLAIN:
        setattr(notice, name, getattr(draft, name))
    notice.settlements = list(draft.settlements)
    notice.words = _with(notice.words, draft.words)
    _touch(work, notice)


def _touch(work: Work, notice: Notice) -> None:
    notice.changed_at, notice.changed_by = work.now, work.principal.name
    notice.changed_by_id = work.principal.person_id


def _tell(work: Work, fact: type[NoticesFact], notice: Notice) -> None:
    work.session.flush()
    work.record(fact(subject_id=notice.id, title=notice.title))


def _check(notice: Notice, seen: int) -> None:
    if notice.withdrawn_at:
        raise WithdrawnAlready
    if notice.version != seen:
        raise NoticeChanged(who=notice.changed_by)


def _check_span(work: Work, draft: Draft) -> None:
    if draft.ends_at <= max(draft.starts_at, work.now):
        raise EndsTooEarly


def _parts(words: Mapping[str, Any], *parts: str) -> Words:
    return {
        language: {part: words.get(language, {}).get(part, "") for part in parts}
        for language in OTHERS
    }


def _with(words: Mapping[str, Any], more: Words) -> dict[str, Any]:
    """A new dictionary, for the old one is compared with it to see what changed."""
    return {language: {**words.get(language, {}), **more.get(language, {})} for language in OTHERS}
