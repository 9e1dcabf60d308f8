"""Posts for everybody, and for staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, or_, select

from obshto.modules.feeds.errors import NoSuchPost, NoSuchThing
from obshto.modules.feeds.models import Delivery, Post
from obshto.modules.feeds.permissions import FeedsPermission
from obshto.modules.feeds.services.approved_text import shown_of
from obshto.modules.feeds.services.states import Stand
from obshto.platform.search.feed_entries import entry_here, told_entries
from obshto.platform.search.models import SearchEntry
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import file_of
from obshto.platform.unit_of_work import UnitOfWork

ON_PAGE = 10
FRESH = timedelta(days=14)  # what is older is no news any more


def lists(now: datetime) -> Mapping[str, Select[Any]]:
    """The lists of the console."""
    posts = select(Post).where(Post.withdrawn_at.is_(None))
    waits = Post.approved_edition.is_distinct_from(Post.edition)
    failed = exists().where(Delivery.post_id == Post.id, Delivery.state == Stand.FAILED)
    asks = (Stand.BY_HAND, Stand.UNKNOWN)
    by_hand = exists().where(Delivery.post_id == Post.id, Delivery.state.in_(asks))
    newest = (Post.written_at.desc(), Post.id.desc())
    return {
        "drafts": posts.where(Post.submitted_at.is_(None)).order_by(*newest),
        "waiting": posts.where(Post.submitted_at.is_not(None), waits).order_by(*newest),
        "sent": posts.where(Post.submitted_at.is_not(None), ~waits).order_by(*newest),
        "hands": select(Post).where(by_hand).order_by(*newest),
        "failed": posts.where(failed).order_by(*newest),
        "withdrawn": select(Post).where(Post.withdrawn_at.is_not(None)).order_by(*newest),
    }


def untold(uow: UnitOfWork) -> Select[SearchEntry]:
    """What was published lately and stands on no channel yet."""
    told = exists().where(
        Post.part == SearchEntry.part,
        Post.object_id == SearchEntry.object_id,
        Post.withdrawn_at.is_(None),
    )
    return told_entries(uow).where(~told, SearchEntry.published_at > uow.now - FRESH)


def thing_of(uow: UnitOfWork, part: str, object_id: UUID) -> SearchEntry:
    """What a post is to tell of. Raises NoSuchThing."""
    found = entry_here(uow, part, object_id)
    if found is None:
        raise NoSuchThing
    return found


def public(now: datetime) -> Select[Post]:
    """Short posts of their own that everybody may see, the newest first; `sent_at` stands only
    where one was approved.
    """
    rows = select(Post).where(Post.part.is_(None), Post.withdrawn_at.is_(None), Post.sent_at <= now)
    return rows.order_by(Post.sent_at.desc(), Post.id.desc())


def standing(now: datetime) -> Select[Post]:
    """The first few of those that hold still."""
    return public(now).where(or_(Post.until.is_(None), Post.until > now)).limit(ON_PAGE)


def public_post(uow: UnitOfWork, post_id: UUID) -> Post:
    """For everybody, also when it is over. Raises NoSuchPost for a draft as for what never was."""
    found = uow.session.get(Post, post_id)
    is_out = found and found.sent_at and found.sent_at <= uow.now
    if found is None or not is_out or found.withdrawn_at or found.part:
        raise NoSuchPost
    return found


def post_of(uow: UnitOfWork, post_id: UUID, *, to_change: bool = False) -> Post:
    """For staff; `to_change` makes others wait. Raises NoSuchPost."""
    found = uow.session.get(Post, post_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchPost
    return found


def deliveries_shown(uow: UnitOfWork, post: Post) -> list[Delivery]:
    """How it stands on each channel. One query."""
    rows = select(Delivery).where(Delivery.post_id == post.id).order_by(Delivery.id)
    return list(uow.session.scalars(rows))


def picture_for(uow: UnitOfWork, post_id: UUID) -> StoredFile:
    """The picture, for who may see the post. Raises NoSuchPost."""
    return file_of(uow, picture_id_for(uow, post_id))


def picture_id_for(uow: UnitOfWork, post_id: UUID) -> UUID:
    """The picture of a post that stands; staff see that of the draft. Raises NoSuchPost."""
    post = uow.session.get(Post, post_id)
    is_staff = uow.principal.may(FeedsPermission.WRITE)
    is_out = post and post.sent_at and post.sent_at <= uow.now and not post.withdrawn_at
    picture_id = None
    if post and is_staff:
        picture_id = post.picture_id
    elif post and is_out:
        picture_id = shown_of(post).picture_id
    if picture_id is None:
        raise NoSuchPost
    return picture_id


def old_posts(now: datetime, kept: timedelta) -> Select[Post]:
    """What was written so long ago that nobody asks any more."""
    return select(Post).where(
        Post.written_at < now - kept, or_(Post.until.is_(None), Post.until < now)
    )
