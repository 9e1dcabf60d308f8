"""Moderation of posts: flagged by anybody, hidden with a reason, shown again.

The words of what is hidden lie encrypted in a column of their own until they are shown again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext
from sqlalchemy import select

from obshto.modules.forum.errors import PostHiddenBefore, StaleDiscussion
from obshto.modules.forum.events import (
    PostFact,
    PostFlagged,
    PostHidden,
    PostReleased,
    PostRestored,
    PostUpheld,
)
from obshto.modules.forum.models import Discussion, ForumPost
from obshto.modules.forum.services.access_log import subject_of
from obshto.modules.forum.services.posts import publish_post
from obshto.modules.forum.services.queries import PART, discussion_of, post_of
from obshto.platform.entity import expect_version
from obshto.platform.moderation import services as moderation
from obshto.platform.moderation.flags import close_flags, flags_on, put_flag
from obshto.platform.moderation.port import ModeratedThing
from obshto.platform.moderation.rules import RULES
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork


def flag_post(uow: UnitOfWork, post: ForumPost, rule: str, *, request_id: UUID) -> None:
    """Somebody says that it breaks a rule: a moderator reads it. Sent twice it is once.

    Personal data of others are hidden at once, unless a moderator has looked at this post already
    or the municipality wrote it.
    """
    discussion = _locked(uow, post)
    if not put_flag(uow, PART, post.id, rule, request_id=request_id):
        return
    _tell(uow, PostFlagged, post)
    if post.is_official or post.checked_at or post.hidden_at:
        return
    if moderation.hide_on_flag(uow, PART, post.id, rule, request_id=request_id):
        _put_away(uow, discussion, post)


def hide_post(
    uow: UnitOfWork, post: ForumPost, reason: moderation.Reason, *, request_id: UUID
) -> None:
    """Everybody reads rule and reason in its place; its author is told and may appeal.

    Sent twice it is once. Raises PostHiddenBefore where another reason stands already.
    """
    discussion = _locked(uow, post)
    decision = moderation.decision_on(uow, PART, post.id)
    if decision and not decision.is_provisional:
        if (decision.rule, decision.reason) == (reason.rule, reason.words):
            return
        raise PostHiddenBefore
    moderation.hide(uow, PART, post.id, reason, request_id=request_id)
    post.checked_at, post.is_held = uow.now, False
    close_flags(uow, PART, post.id)
    _put_away(uow, discussion, post)


def release_post(uow: UnitOfWork, post: ForumPost, *, expected_version: int) -> None:
    """A moderator finds nothing against it: shown again, or for the first time. Twice is once.

    Raises StaleDiscussion.
    """
    discussion = _locked(uow, post)
    if not (post.hidden_at or post.is_held or flags_on(uow, PART, [post.id])):
        return
    expect_version(post, expected_version, StaleDiscussion)
    post.checked_at = uow.now
    close_flags(uow, PART, post.id)
    if post.hidden_at:
        moderation.lift(uow, PART, post.id)
        _bring_back(uow, discussion, post)
    elif post.is_held:
        publish_post(uow, discussion, post)
    else:
        _tell(uow, PostReleased, post)


class ForumModeration:
    """Offers `ModeratedPart` for posts of the forum."""

    rules: Mapping[str, LazyString] = RULES

    def things(self, uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, ModeratedThing]:
        """Each by the title of its discussion, or by less where that title is hidden."""
        columns = ForumPost.id, ForumPost.number, Discussion.id, Discussion.title
        wanted = (
            select(*columns, Discussion.is_veiled, Discussion.published_at.is_not(None))
            .join(Discussion, Discussion.id == ForumPost.discussion_id)
            .where(ForumPost.id.in_(ids))
        )
        return {
            post_id: ModeratedThing(
                title=title if published and not is_veiled else "",
                what=_what(number, is_shown=published and not is_veiled),
                path=f"/forum/{discussion_id}" if published else "/forum/",
            )
            for post_id, number, discussion_id, title, is_veiled, published in uow.session.execute(
                wanted
            )
        }

    def author(self, uow: UnitOfWork, object_id: UUID) -> Subject:
        """Raises NoSuchForumPost."""
        return subject_of(post_of(uow, object_id))

    def words(self, uow: UnitOfWork, object_id: UUID) -> str:
        """Raises NoSuchForumPost."""
        post = post_of(uow, object_id)
        return post.hidden_words or post.words

    def lock(self, uow: UnitOfWork, object_id: UUID) -> None:
        """Raises NoSuchForumPost."""
        _locked(uow, post_of(uow, object_id))

    def reviewed(self, uow: UnitOfWork, object_id: UUID, *, is_restored: bool) -> None:
        """Raises NoSuchForumPost."""
        post = post_of(uow, object_id)
        if is_restored:
            _bring_back(uow, discussion_of(uow, post.discussion_id), post)
        else:
            _tell(uow, PostUpheld, post)


def _what(number: int | None, *, is_shown: bool) -> str:
    names = [] if is_shown else [str(gettext("Скрит разговор"))]
    return ", ".join([*names, f"№ {number}"] if number else names)


def _put_away(uow: UnitOfWork, discussion: Discussion, post: ForumPost) -> None:
    if post.hidden_at is None:
        post.hidden_words, post.words, post.hidden_at = post.words, "", uow.now
        if post.request_id == discussion.request_id:
            discussion.is_veiled = True
    uow.session.flush()
    _tell(uow, PostHidden, post)


def _bring_back(uow: UnitOfWork, discussion: Discussion, post: ForumPost) -> None:
    if post.hidden_at is None:
        return
    post.words, post.hidden_words, post.hidden_at = post.hidden_words or "", None, None
    if post.request_id == discussion.request_id:
        discussion.is_veiled = False
    uow.session.flush()
    publish_post(uow, discussion, post)
    _tell(uow, PostRestored, post)


def _locked(uow: UnitOfWork, post: ForumPost) -> Discussion:
    """The discussion's row first, then the post as it is after the wait."""
    discussion = discussion_of(uow, post.discussion_id, to_change=True)
    uow.session.refresh(post, ["hidden_at", "is_held", "published_at", "checked_at", "version"])
    return discussion


def _tell(uow: UnitOfWork, fact: type[PostFact], post: ForumPost) -> None:
    uow.emit(fact(subject_id=post.discussion_id, post_id=post.id))
