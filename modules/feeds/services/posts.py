"""Posts written, looked at by a second pair of eyes, corrected, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from obshto.modules.feeds.errors import (
    NeedsAnother,
    NoChannel,
    NotWaiting,
    OverBeforeSent,
    PastEmbargo,
    PostChanged,
    PostWithdrawnAlready,
    ToldAlready,
)
from obshto.modules.feeds.events import (
    FeedsFact,
    PostApproved,
    PostEdited,
    PostReturned,
    PostSubmitted,
    PostWithdrawn,
    PostWritten,
)
from obshto.modules.feeds.models import Post
from obshto.modules.feeds.permissions import may_approve
from obshto.modules.feeds.services.approved_text import as_shown
from obshto.modules.feeds.services.fan_out import spread, take_back
from obshto.modules.feeds.services.picture_limits import check_picture
from obshto.modules.feeds.services.targets import targets_here
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version, of_request
from obshto.platform.settings.services import settings_of
from obshto.platform.storage.services import forget_files, keep_picture
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What an editor chose on their device, or a copy of the file of a thing that is told of."""

    stream: BinaryIO
    name: str
    copy_of: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an editor writes."""

    title: str
    summary: str = ""
    place: str = ""
    until: datetime | None = None
    is_urgent: bool = False
    picture_alt: str = ""
    targets: tuple[str, ...] = ()
    send_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a part published and a post tells of."""

    part: str
    object_id: UUID
    path: str


PLAIN = ("title", "summary", "place", "until", "is_urgent", "picture_alt", "send_at")
WORDS = ("title", "summary", "place", "until", "picture_alt")  # what readers see of it


def draft_of(post: Post) -> Draft:
    """What is written of a post now."""
    plain = {name: getattr(post, name) for name in PLAIN}
    return Draft(targets=tuple(post.targets), **plain)


# Each act says how the post shall be, and which version its author saw. Where it is so already,
# nothing is done: that was the same form, sent twice. Else it must be as it was seen.


def write_post(
    uow: UnitOfWork,
    draft: Draft,
    *,
    request_id: UUID,
    thing: Thing | None = None,
    picture: Picture | None = None,
    is_own_words: bool = True,
) -> Post:
    """A new draft. The same `request_id` again answers the first one.

    Raises ToldAlready, FileRefused.
    """
    if first := of_request(uow, Post, request_id):
        return first
    post = Post(
        id=new_id(),
        request_id=request_id,
        part=thing.part if thing else None,
        object_id=thing.object_id if thing else None,
        is_own_words=is_own_words,
        edition=1,
        shown={},
        approved_by="",
        written_at=uow.now,
        author_id=uow.principal.person_id,
    )
    post.path = thing.path if thing else f"/feeds/{post.id}"
    _put(uow, post, draft)
    try:
        with uow.session.begin_nested():
            _picture(uow, post, picture)
            uow.session.add(post)
    except IntegrityError:  # a second click in the same instant, or a colleague was first
        if first := of_request(uow, Post, request_id):
            return first
        raise ToldAlready from None
    _tell(uow, PostWritten, post)
    return post


def edit_post(
    uow: UnitOfWork,
    post: Post,
    draft: Draft,
    *,
    expected_version: int,
    picture: Picture | None = None,
    without_picture: bool = False,
    is_own_words: bool = True,
) -> None:
    """Save it. What has left is corrected where that can be done, once it is approved anew where
    the municipality wants that.

    Raises PostChanged, PostWithdrawnAlready, FileRefused; for what was submitted NoChannel,
    OverBeforeSent, PictureTooLong.
    """
    loses = without_picture and post.picture_id is not None
    if draft_of(post) == draft and picture is None and not loses:
        return
    _check(post, expected_version)
    was_approved = post.approved_edition == post.edition
    said = any(getattr(post, name) != getattr(draft, name) for name in WORDS)
    if (said or picture or loses) and post.submitted_at:
        post.edition += 1
    post.is_own_words = post.is_own_words or (is_own_words and said)
    _put(uow, post, draft)
    _picture(uow, post, picture)
    if loses:
        _drop_picture(uow, post)
    if post.submitted_at:
        _check_sense(uow, post)
    # The house itself corrects what was approved where it was published.
    if was_approved and not (uow.principal.is_known and needs_another(uow, post)):
        _show(uow, post)
    elif was_approved:
        post.edition = max(post.edition, (post.approved_edition or 0) + 1)
    _tell(uow, PostEdited, post)


def submit_post(uow: UnitOfWork, post: Post, *, expected_version: int) -> None:
    """It may leave: at once or at its time, or when somebody else has looked at it.

    Raises PostChanged, PostWithdrawnAlready, NoChannel, PastEmbargo, OverBeforeSent,
    PictureTooLong.
    """
    if post.submitted_at:
        return
    _check(post, expected_version)
    _check_sense(uow, post)
    if post.send_at and post.send_at <= uow.now:
        raise PastEmbargo
    post.submitted_at = uow.now
    if needs_another(uow, post):
        _tell(uow, PostSubmitted, post)
    else:
        _release(uow, post)


def approve_post(uow: UnitOfWork, post: Post, *, expected_version: int) -> None:
    """The second pair of eyes lets it go. Raises NeedsAnother, PostChanged, NotWaiting."""
    if post.approved_edition == post.edition:
        return
    _check(post, expected_version)
    if post.submitted_at is None:
        raise NotWaiting
    if not may_approve(uow.principal, post):
        raise NeedsAnother
    _release(uow, post)


def release_confirmed(uow: UnitOfWork, post: Post) -> None:
    """By the house, for words that a second person confirmed where they were written."""
    if post.approved_edition == post.edition:
        return
    post.submitted_at = post.submitted_at or uow.now
    _release(uow, post)


def return_post(uow: UnitOfWork, post: Post, *, expected_version: int) -> None:
    """Back to who wrote it. Raises PostChanged, NotWaiting for what has left before."""
    if post.submitted_at is None:
        return
    _check(post, expected_version)
    if post.approved_edition is not None:
        raise NotWaiting
    post.submitted_at = None
    _tell(uow, PostReturned, post)


def withdraw_post(uow: UnitOfWork, post: Post, *, expected_version: int | None = None) -> None:
    """It is taken back wherever that can be done; a draft is thrown away. Raises PostChanged."""
    if post.withdrawn_at:
        return
    if expected_version is not None:
        _check(post, expected_version)
    post.withdrawn_at = uow.now
    take_back(uow, post)
    _tell(uow, PostWithdrawn, post)


def needs_another(uow: UnitOfWork, post: Post) -> bool:
    """Whether somebody else has to look at it before it leaves."""
    settings = settings_of(uow, "feeds", FeedsSettings)
    if settings.second_eyes or not settings.second_eyes_region:
        return settings.second_eyes
    targets = targets_here(uow)
    return any(targets[word].is_regional for word in post.targets if word in targets)


def _put(uow: UnitOfWork, post: Post, draft: Draft) -> None:
    for name in PLAIN:
        setattr(post, name, getattr(draft, name))
    post.targets = list(draft.targets)
    post.changed_at, post.changed_by = uow.now, uow.principal.name
    post.changed_by_id = uow.principal.person_id


def _picture(uow: UnitOfWork, post: Post, picture: Picture | None) -> None:
    if picture is None:
        return
    before, post.picture_of = post.picture_id, picture.copy_of
    post.picture_id = keep_picture(uow, picture.stream, name=picture.name).id
    if before and str(before) != post.shown.get("picture_id"):
        forget_files(uow, [before])


def _drop_picture(uow: UnitOfWork, post: Post) -> None:
    """What was approved keeps its own until this is approved too."""
    before, post.picture_id, post.picture_of = post.picture_id, None, None
    if before and str(before) != post.shown.get("picture_id"):
        forget_files(uow, [before])


def _release(uow: UnitOfWork, post: Post) -> None:
    post.approved_by, post.approved_by_id = uow.principal.name, uow.principal.person_id
    post.sent_at = post.sent_at or max(post.send_at or uow.now, uow.now)
    _show(uow, post)
    _tell(uow, PostApproved, post)


def _show(uow: UnitOfWork, post: Post) -> None:
    """From now on it is told as it stands; the picture before it goes."""
    before = post.shown.get("picture_id")
    post.approved_edition, post.shown = post.edition, as_shown(post)
    if before and before != post.shown["picture_id"]:
        forget_files(uow, [UUID(before)])
    spread(uow, post)


def _tell(uow: UnitOfWork, fact: type[FeedsFact], post: Post) -> None:
    uow.session.flush()
    uow.emit(fact(subject_id=post.id, title=post.title))


def _check(post: Post, expected_version: int) -> None:
    if post.withdrawn_at:
        raise PostWithdrawnAlready
    expect_version(
        post, expected_version, PostChanged, who=post.changed_by or post.approved_by or "–"
    )


def _check_sense(uow: UnitOfWork, post: Post) -> None:
    """What has its own page in the portal must go somewhere else to be told at all."""
    if post.part and not post.targets:
        raise NoChannel
    if uow.principal.is_known:  # what the house sends by itself fails on that network alone
        check_picture(uow, post)
    if post.until and post.until <= max(post.send_at or uow.now, uow.now):
        raise OverBeforeSent
