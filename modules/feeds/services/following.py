"""What was published, changed or taken back in the portal reaches the posts that tell of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

from sqlalchemy import exists, select

from obshto.modules.feeds.models import Post
from obshto.modules.feeds.services.posts import (
    Draft,
    Thing,
    draft_of,
    edit_post,
    submit_post,
    withdraw_post,
    write_post,
)
from obshto.modules.feeds.services.targets import targets_here
from obshto.modules.feeds.services.wording import first_words
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.search.models import SearchEntry
from obshto.platform.search.told import entry_here
from obshto.platform.settings.services import settings_of
from obshto.platform.work import Work

NEW = timedelta(days=1)


def follow(work: Work, *, part: str, object_id: str | None = None) -> None:
    """Job: correct or withdraw what tells of the thing; where the municipality wants that, tell of
    a new one.
    """
    posts = select(Post).filter_by(part=part).where(Post.withdrawn_at.is_(None))
    if object_id:
        posts = posts.filter_by(object_id=UUID(object_id))
    found = list(work.session.scalars(posts.order_by(Post.id).with_for_update()))
    for post in found:
        assert post.part and post.object_id
        _follow(work, post, entry_here(work, post.part, post.object_id))
    if object_id and not found:
        _tell_by_itself(work, part, UUID(object_id))


def draft_from(entry: SearchEntry, targets: tuple[str, ...] = ()) -> Draft:
    """What a post says of a thing when nobody writes other words."""
    return Draft(
        title=entry.title,
        summary=first_words(entry.text, entry.title),
        place=entry.place,
        until=entry.until,
        targets=targets,
    )


def _follow(work: Work, post: Post, entry: SearchEntry | None) -> None:
    if entry is None:
        if post.until is None or post.until > work.now:  # else it is over, and nobody took it back
            withdraw_post(work, post)
        return
    if entry.until and entry.until <= work.now:
        return
    new, now = draft_from(entry), draft_of(post)
    changed = replace(now, place=new.place, until=new.until)
    if not post.is_own_words:
        changed = replace(changed, title=new.title, summary=new.summary)
    post.path = entry.path
    edit_post(work, post, changed, seen=post.version, is_own_words=False)


def _tell_by_itself(work: Work, part: str, object_id: UUID) -> None:
    """Once for each thing: what an editor withdrew is not told again by itself."""
    entry = entry_here(work, part, object_id)
    is_wanted = settings_of(work, "feeds", FeedsSettings).is_automatic
    was_told = select(exists().where(Post.part == part, Post.object_id == object_id))
    if entry is None or not is_wanted or work.session.scalar(was_told):
        return
    is_over = entry.until is not None and entry.until <= work.now
    if is_over or not work.now - NEW < entry.published_at <= work.now:
        return
    thing = Thing(part=part, object_id=object_id, path=entry.path)
    draft = draft_from(entry, tuple(targets_here(work)))
    key = uuid5(object_id, f"feeds/{part}")
    post = write_post(work, draft, request_id=key, thing=thing, is_own_words=False)
    work.session.flush()
    submit_post(work, post, seen=post.version)
