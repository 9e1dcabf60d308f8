"""Announcements: what staff say by phone to authors of posts whom no letter and no SMS gets.

One line for each thing to be said stands on the post until somebody says all of it.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.forum.errors import StaleDiscussion
from obshto.modules.forum.events import PostAuthorTold
from obshto.modules.forum.models import ForumPost
from obshto.modules.forum.services.queries import UNSHOWN, post_of
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork


def owe_announcement(uow: UnitOfWork, post_id: UUID, words: str) -> None:
    """The same words wait once, however often their letter is tried."""
    post = post_of(uow, post_id, to_change=True)
    waiting = post.to_announce.splitlines()
    if words in waiting:
        return
    post.to_announce = "\n".join([*waiting, words])
    post.to_announce_since = post.to_announce_since or uow.now


def owed() -> Select[ForumPost]:
    """Posts whose authors wait for a call, who has waited longest first."""
    rows = select(ForumPost).where(ForumPost.to_announce_since.is_not(None)).options(*UNSHOWN)
    return rows.order_by(ForumPost.to_announce_since, ForumPost.id)


def announce(uow: UnitOfWork, post: ForumPost, *, expected_version: int) -> None:
    """Its author was told all of it; the row is locked. Raises StaleDiscussion."""
    if post.to_announce_since is None:
        return
    expect_version(post, expected_version, StaleDiscussion)
    clear_announcement(post)
    uow.emit(PostAuthorTold(subject_id=post.discussion_id, post_id=post.id))


def clear_announcement(post: ForumPost) -> None:
    """Nothing is to be said any more."""
    post.to_announce, post.to_announce_since = "", None
