"""What was published, changed or taken back in the portal reaches the posts that tell of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid5

from sqlalchemy import exists, select

from obshto.modules.feeds.models import Post
from obshto.modules.feeds.services.channel_text import first_words
from obshto.modules.feeds.services.posts import (
    Draft,
    Picture,
    Thing,
    draft_of,
    edit_post,
    submit_post,
    withdraw_post,
    write_post,
)
from obshto.modules.feeds.services.targets import machine_targets, targets_here
from obshto.modules.feeds.services.villages import is_kept_from_region, regional_targets
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.search.feed_entries import entry_here
from obshto.platform.search.models import SearchEntry
from obshto.platform.settings.services import settings_of
from obshto.platform.storage.services import files_of, pieces_of
from obshto.platform.unit_of_work import UnitOfWork

NEW = timedelta(days=1)


def follow(uow: UnitOfWork, *, part: str, object_id: str | None = None) -> None:
    """Job: correct or withdraw what tells of the thing; where the municipality wants that, tell of
    a new one.
    """
    posts = select(Post).filter_by(part=part).where(Post.withdrawn_at.is_(None))
    if object_id:
        posts = posts.filter_by(object_id=UUID(object_id))
    found = list(uow.session.scalars(posts.order_by(Post.id).with_for_update()))
    for post in found:
        assert post.part and post.object_id
        _follow(uow, post, entry_here(uow, post.part, post.object_id))
    if object_id and not found:
        _tell_by_itself(uow, part, UUID(object_id))


def draft_from(entry: SearchEntry, targets: tuple[str, ...] = ()) -> Draft:
    """What a post says of a thing when nobody writes other words."""
    return Draft(
        picture_alt=(entry.picture or {}).get("alt_text", ""),
        title=entry.title,
        summary=first_words(entry.text, entry.title),
        place=entry.place,
        until=entry.until,
        targets=targets,
    )


def picture_from(uow: UnitOfWork, entry: SearchEntry, before: UUID | None = None) -> Picture | None:
    """A copy of the picture of a thing; None where it has none, or it was copied `before`."""
    file_id = (entry.picture or {}).get("file_id")
    if not file_id or UUID(file_id) == before:
        return None
    file = files_of(uow, [UUID(file_id)]).get(UUID(file_id))
    if file is None:
        return None
    content = BytesIO(b"".join(pieces_of(uow, file)))
    return Picture(stream=content, name=file.name, copy_of=file.id)


def _follow(uow: UnitOfWork, post: Post, entry: SearchEntry | None) -> None:
    if entry is None:
        if post.until is None or post.until > uow.now:  # else it is over, and nobody took it back
            withdraw_post(uow, post)
        return
    if entry.until and entry.until <= uow.now:
        return
    new, now = draft_from(entry), draft_of(post)
    changed = replace(now, place=new.place, until=new.until)
    if not post.is_own_words:
        changed = replace(changed, title=new.title, summary=new.summary)
    post.path, picture = entry.path, None
    if post.picture_id is None or post.picture_of:  # not one that an editor chose
        picture = picture_from(uow, entry, post.picture_of)
        alt = new.picture_alt if picture or not post.is_own_words else now.picture_alt
        changed = replace(changed, picture_alt=alt)
    is_bare = post.picture_of is not None and entry.picture is None
    edit_post(
        uow,
        post,
        changed,
        expected_version=post.version,
        picture=picture,
        without_picture=is_bare,
        is_own_words=False,
    )


def _tell_by_itself(uow: UnitOfWork, part: str, object_id: UUID) -> None:
    """Once for each thing: what an editor withdrew is not told again by itself."""
    entry = entry_here(uow, part, object_id)
    is_automatic = settings_of(uow, "feeds", FeedsSettings).is_automatic
    was_told = select(exists().where(Post.part == part, Post.object_id == object_id))
    if entry is None or uow.session.scalar(was_told):
        return
    is_over = entry.until is not None and entry.until <= uow.now
    if is_over or not uow.now - NEW < entry.published_at <= uow.now:
        return
    targets = machine_targets(uow) if is_automatic else regional_targets(uow, entry.place)
    if is_kept_from_region(uow, entry.place):
        targets = tuple(word for word in targets if not targets_here(uow)[word].is_regional)
    if not targets:
        return
    thing = Thing(part=part, object_id=object_id, path=entry.path)
    draft, picture = draft_from(entry, targets), picture_from(uow, entry)
    key = uuid5(object_id, f"feeds/{part}")
    post = write_post(uow, draft, request_id=key, thing=thing, picture=picture, is_own_words=False)
    uow.session.flush()
    submit_post(uow, post, expected_version=post.version)
