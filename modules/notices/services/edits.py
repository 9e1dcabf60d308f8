"""Notices written, published, corrected, called off, thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete

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
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import OTHERS

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


def write_notice(uow: UnitOfWork, draft: Draft, *, request_id: UUID) -> Notice:
    """A new draft. The same `request_id` again answers the first one. Raises EndsTooEarly."""
    _check_span(uow, draft)
    notice = Notice(
        request_id=request_id,
        correction="",
        reason="",
        words={},
        written_at=uow.now,
        author_id=uow.principal.person_id,
    )
    _put(uow, notice, draft)
    if (first := create_once(uow, notice)) is not notice:
        return first
    _tell(uow, NoticeWritten, notice)
    return notice


def edit_notice(
    uow: UnitOfWork,
    notice: Notice,
    draft: Draft,
    *,
    expected_version: int,
    correction: Note | None = None,
) -> None:
    """Save it. `correction` says what is otherwise now; without it a slip was mended, and nobody
    hears of that. A draft needs none.

    Raises NoticeChanged, WithdrawnAlready, EndsTooEarly.
    """
    note = correction if correction and correction.text and notice.published_at else None
    if draft_of(notice) == draft and (note is None or note.text == notice.correction):
        return
    _check(notice, expected_version)
    _check_span(uow, draft)
    _put(uow, notice, draft)
    if note:
        notice.correction, notice.corrected_at = note.text, uow.now
        notice.words = _with(notice.words, note.words)
    told = NoticeCorrected if note else NoticeTouchedUp
    _tell(uow, told if notice.published_at else NoticeEdited, notice)


def publish_notice(uow: UnitOfWork, notice: Notice, *, expected_version: int) -> None:
    """Everybody sees it, who asked to hear of its kind and place is told.

    Raises NoticeChanged, EndsTooEarly for what would be over already.
    """
    if notice.published_at:
        return
    _check(notice, expected_version)
    _check_span(uow, draft_of(notice))
    notice.published_at = uow.now
    _touch(uow, notice)
    _tell(uow, NoticePublished, notice)


def withdraw_notice(
    uow: UnitOfWork, notice: Notice, *, reason: Note, expected_version: int
) -> None:
    """It does not hold any more; who was told hears why. Raises NoticeChanged."""
    if notice.withdrawn_at or notice.published_at is None:
        return
    _check(notice, expected_version)
    notice.withdrawn_at, notice.reason = uow.now, reason.text
    notice.words = _with(notice.words, reason.words)
    _touch(uow, notice)
    _tell(uow, NoticeWithdrawn, notice)


def delete_draft(uow: UnitOfWork, notice: Notice, *, expected_version: int) -> None:
    """Gone for good. Raises NoticeChanged, StandsInPublic."""
    if notice.published_at:
        raise StandsInPublic
    _check(notice, expected_version)
    _tell(uow, NoticeDeleted, notice)
    uow.session.delete(notice)


def forget_old(uow: UnitOfWork) -> None:
    """Job: what has been over for two years."""
    uow.session.execute(delete(Notice).where(Notice.ends_at < uow.now - KEPT))


def _put(uow: UnitOfWork, notice: Notice, draft: Draft) -> None:
    for name in PLAIN:
        setattr(notice, name, getattr(draft, name))
    notice.settlements = list(draft.settlements)
    notice.words = _with(notice.words, draft.words)
    _touch(uow, notice)


def _touch(uow: UnitOfWork, notice: Notice) -> None:
    notice.changed_at, notice.changed_by = uow.now, uow.principal.name
    notice.changed_by_id = uow.principal.person_id


def _tell(uow: UnitOfWork, fact: type[NoticesFact], notice: Notice) -> None:
    uow.session.flush()
    uow.emit(fact(subject_id=notice.id, title=notice.title))


def _check(notice: Notice, expected_version: int) -> None:
    if notice.withdrawn_at:
        raise WithdrawnAlready
    expect_version(notice, expected_version, NoticeChanged, who=notice.changed_by)


def _check_span(uow: UnitOfWork, draft: Draft) -> None:
    if draft.ends_at <= max(draft.starts_at, uow.now):
        raise EndsTooEarly


def _parts(words: Mapping[str, Any], *parts: str) -> Words:
    return {
        language: {part: words.get(language, {}).get(part, "") for part in parts}
        for language in OTHERS
    }


def _with(words: Mapping[str, Any], more: Words) -> dict[str, Any]:
    """A new dictionary, for the old one is compared with it to see what changed."""
    return {language: {**words.get(language, {}), **more.get(language, {})} for language in OTHERS}
