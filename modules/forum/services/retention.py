"""Retention: what nobody confirmed goes, reach and name of authors go, the discussion stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from obshto.modules.forum.events import DiscussionNews
from obshto.modules.forum.models import Discussion, ForumPost
from obshto.modules.forum.services.announcements import clear_announcement
from obshto.modules.forum.services.posts import CONFIRMABLE
from obshto.modules.forum.services.queries import LISTED, PART
from obshto.platform.followers.services import forget_followers
from obshto.platform.moderation.flags import forget_flags
from obshto.platform.moderation.services import forget_appeals
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=365)
AT_ONCE = 200


def tell_followers(uow: UnitOfWork) -> None:
    """Job: once a day who follows a discussion hears that something was said in it."""
    news = select(Discussion).where(
        LISTED,
        Discussion.last_at.is_not(None),
        or_(Discussion.news_told_at.is_(None), Discussion.news_told_at < Discussion.last_at),
    )
    rows = uow.session.scalars(
        news.order_by(Discussion.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    )
    for discussion in rows.all():
        discussion.news_told_at = uow.now
        uow.emit(DiscussionNews(subject_id=discussion.id))


def forget_unconfirmed(uow: UnitOfWork) -> None:
    """Job: what nobody confirmed in three days was nobody's."""
    old = select(ForumPost).where(
        ForumPost.confirmed_at.is_(None), ForumPost.sent_at < uow.now - CONFIRMABLE
    )
    rows = uow.session.scalars(
        old.order_by(ForumPost.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    )
    _delete(uow, rows.all())


def empty_old_authors(uow: UnitOfWork) -> None:
    """Job: a year after it was written nothing says who did, but names that are shown."""
    old = select(ForumPost).where(
        ForumPost.sent_at < uow.now - KEPT,
        ForumPost.is_emptied.is_(False),
        ForumPost.confirmed_at.is_not(None),
    )
    rows = uow.session.scalars(
        old.order_by(ForumPost.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    ).all()
    for post in rows:
        _empty(post, keeps_name=post.shows_name)
    if rows:
        forget_appeals(uow, PART, [post.id for post in rows])


def forget_old_followers(uow: UnitOfWork) -> None:
    """Job: a year after a discussion was closed nobody is written to about it."""
    old = select(Discussion.id).where(Discussion.closed_at < uow.now - KEPT)
    forget_followers(uow, PART, uow.session.scalars(old).all())


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """What was said stays without its author, unconfirmed goes; of staff no name stays."""
    own = select(ForumPost).where(ForumPost.person_id == person_id).order_by(ForumPost.id)
    rows = uow.session.scalars(own.with_for_update()).all()
    _delete(uow, [row for row in rows if row.confirmed_at is None])
    for post in rows:
        if post.confirmed_at:
            _empty(post)
    forget_appeals(uow, PART, [row.id for row in rows])
    for model, column, values in (
        (ForumPost, ForumPost.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (Discussion, Discussion.assignee_id, {"assignee_id": None, "assignee": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def _empty(post: ForumPost, *, keeps_name: bool = False) -> None:
    post.person_id = post.code_index = post.author_index = post.email = post.phone = None
    if not keeps_name:
        post.author, post.shows_name = "", False
    clear_announcement(post)
    post.is_emptied = True


def _delete(uow: UnitOfWork, rows: Sequence[ForumPost]) -> None:
    """With the discussions that only they began, which nobody ever saw."""
    if not rows:
        return
    requests = [row.request_id for row in rows]
    forget_flags(uow, PART, [row.id for row in rows])
    for row in rows:
        uow.session.delete(row)
    uow.session.flush()
    empty = Discussion.request_id.in_(requests), Discussion.published_at.is_(None)
    uow.session.execute(delete(Discussion).where(*empty))
