"""Posts: written, confirmed, published. The discussion's row is locked before a number is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.forum.errors import (
    ClosedBeforeConfirmed,
    ConfirmedTooLate,
    DiscussionClosed,
    PostEmailNeeded,
    TooManyPosts,
)
from obshto.modules.forum.events import (
    DiscussionAnswered,
    DiscussionStarted,
    PostAwaits,
    PostFact,
    PostHeld,
    PostPublished,
)
from obshto.modules.forum.models import Discussion, ForumPost
from obshto.modules.forum.services.codes import code_of, index_of
from obshto.modules.forum.services.queries import discussion_of, public_discussion
from obshto.modules.forum.services.quiet_hours import quiet_until
from obshto.modules.forum.settings import ForumSettings
from obshto.platform.cases.channels import PORTAL
from obshto.platform.clock import SOFIA
from obshto.platform.db.base import new_id
from obshto.platform.entity import of_request
from obshto.platform.keys.encryption import blind_index
from obshto.platform.moderation.links import is_suspicious
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment

MOST_WORDS = 2_000
CONFIRMABLE = timedelta(days=3)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostWords:
    """A post as typed: the words, who says them, by which channel."""

    words: str
    author: str
    shows_name: bool = False
    email: str = ""
    phone: str = ""
    language: str = "bg"
    channel: str = PORTAL


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDiscussion:
    """What a discussion is about, where, and what its author says first."""

    title: str
    subject: str
    settlement: str
    said: PostWords


def start_discussion(uow: UnitOfWork, told: NewDiscussion, *, request_id: UUID) -> ForumPost:
    """Its first post; sent twice it is one. Raises PostEmailNeeded, TooManyPosts."""
    if first := of_request(uow, ForumPost, request_id):
        return first
    _check_author(uow, told.said)
    discussion = Discussion(
        id=new_id(),
        request_id=request_id,
        subject=told.subject,
        settlement=told.settlement,
        title=told.title,
        language=told.said.language,
        begun_at=uow.now,
    )
    return _add(uow, discussion, told.said, request_id=request_id)


def write_post(
    uow: UnitOfWork, discussion_id: UUID, said: PostWords, *, request_id: UUID
) -> ForumPost:
    """Another post; the same `request_id` again finds the first.

    Raises NoSuchDiscussion, DiscussionClosed, PostEmailNeeded, TooManyPosts.
    """
    if first := of_request(uow, ForumPost, request_id):
        return first
    public_discussion(uow, discussion_id)
    discussion = discussion_of(uow, discussion_id, to_change=True)
    if discussion.closed_at:
        raise DiscussionClosed(moment=moment(discussion.closed_at))
    _check_author(uow, said)
    return _add(uow, discussion, said, request_id=request_id)


def answer_discussion(
    uow: UnitOfWork, discussion: Discussion, words: str, *, request_id: UUID
) -> ForumPost:
    """Say something for the municipality, in a closed discussion too. The row must be locked."""
    if first := of_request(uow, ForumPost, request_id):
        return first
    post = _post(uow, discussion, PostWords(words=words, author=""), request_id=request_id)
    post.is_official, post.department = True, discussion.department
    post.code_index = post.author_index = post.person_id = None
    post.entered_by_id, post.entered_by = uow.principal.person_id, uow.principal.name
    post.confirmed_at = uow.now
    uow.session.add(post)
    _give_number(uow, discussion, post)
    discussion.heard_at, discussion.awaiting_since = uow.now, None
    _tell(uow, DiscussionAnswered, post)
    return post


def confirm_post(uow: UnitOfWork, post: ForumPost) -> None:
    """Its address was read by its author. Twice changes nothing.

    Raises ConfirmedTooLate, ClosedBeforeConfirmed.
    """
    discussion = discussion_of(uow, post.discussion_id, to_change=True)
    uow.session.refresh(post)
    if post.confirmed_at:
        return
    if uow.now - post.sent_at > CONFIRMABLE:
        raise ConfirmedTooLate
    if discussion.closed_at:
        raise ClosedBeforeConfirmed(moment=moment(discussion.closed_at))
    _confirm(uow, discussion, post)


def publish_post(uow: UnitOfWork, discussion: Discussion, post: ForumPost) -> None:
    """Everybody sees it from now on, under the next number. The discussion's row is locked."""
    if post.published_at:
        return
    post.is_held = False
    _give_number(uow, discussion, post)
    if discussion.awaiting_since is None:
        discussion.awaiting_since = uow.now
    if discussion.published_at is None:
        discussion.published_at = uow.now
        _tell(uow, DiscussionStarted, post)
    else:
        _tell(uow, PostPublished, post)


def publish_waiting(uow: UnitOfWork) -> None:
    """Job: what was written at night is shown in the morning, in its order."""
    if quiet_until(settings_of(uow, "forum", ForumSettings), uow.now):
        return
    waiting = select(ForumPost.id, ForumPost.discussion_id).where(
        ForumPost.confirmed_at.is_not(None),
        ForumPost.published_at.is_(None),
        ForumPost.hidden_at.is_(None),
        ForumPost.is_held.is_(False),
    )
    rows = uow.session.execute(waiting.order_by(ForumPost.sent_at, ForumPost.id).limit(200)).all()
    for discussion_id in sorted({row.discussion_id for row in rows}):
        discussion = discussion_of(uow, discussion_id, to_change=True)
        ids = [row.id for row in rows if row.discussion_id == discussion_id]
        own = select(ForumPost).where(ForumPost.id.in_(ids), ForumPost.published_at.is_(None))
        posts = uow.session.scalars(own.order_by(ForumPost.sent_at, ForumPost.id))
        for post in posts.all():
            publish_post(uow, discussion, post)


def _add(
    uow: UnitOfWork, discussion: Discussion, said: PostWords, *, request_id: UUID
) -> ForumPost:
    post = _post(uow, discussion, said, request_id=request_id)
    try:
        with uow.session.begin_nested():
            uow.session.add(discussion)
            uow.session.flush()
            uow.session.add(post)
            uow.session.flush()
    except IntegrityError:  # a second click in the same instant
        if first := of_request(uow, ForumPost, request_id):
            return first
        raise
    if said.channel == PORTAL and post.person_id is None and uow.principal.person_id is None:
        _tell(uow, PostAwaits, post)
    else:
        _confirm(uow, discussion, post)
    return post


def _confirm(uow: UnitOfWork, discussion: Discussion, post: ForumPost) -> None:
    post.confirmed_at = uow.now
    if post.channel == PORTAL and is_suspicious(uow, f"{discussion.title} {post.words}"):
        post.is_held = True
        _tell(uow, PostHeld, post)
        return
    rules = settings_of(uow, "forum", ForumSettings)
    if post.channel == PORTAL and quiet_until(rules, uow.now):
        return  # the job of the morning
    publish_post(uow, discussion, post)


def _check_author(uow: UnitOfWork, said: PostWords) -> None:
    if said.channel != PORTAL:
        return
    if not (uow.principal.person_id or said.email):
        raise PostEmailNeeded
    rules = settings_of(uow, "forum", ForumSettings)
    own = ForumPost.author_index == _author_index(uow, said), ForumPost.sent_at > uow.now - HOUR
    number, first = uow.session.execute(
        select(func.count(), func.min(ForumPost.sent_at)).where(*own)
    ).one()
    if number >= rules.most_an_hour:
        free = (first + HOUR).astimezone(SOFIA)
        raise TooManyPosts(most=rules.most_an_hour, clock=f"{free:%H:%M}")


def _author_index(uow: UnitOfWork, said: PostWords) -> bytes:
    who = uow.principal.person_id or said.email.strip().casefold()
    return blind_index("forum_post.author_index", str(who))


def _post(
    uow: UnitOfWork, discussion: Discussion, said: PostWords, *, request_id: UUID
) -> ForumPost:
    by_staff = said.channel != PORTAL
    return ForumPost(
        id=new_id(),
        request_id=request_id,
        discussion_id=discussion.id,
        person_id=None if by_staff else uow.principal.person_id,
        code_index=index_of(code_of(request_id)),
        author_index=None if by_staff else _author_index(uow, said),
        author=said.author,
        shows_name=said.shows_name,
        email=said.email or None,
        phone=said.phone or None,
        language=said.language,
        words=said.words,
        channel=said.channel,
        entered_by_id=uow.principal.person_id if by_staff else None,
        entered_by=uow.principal.name if by_staff else "",
        sent_at=uow.now,
    )


def _give_number(uow: UnitOfWork, discussion: Discussion, post: ForumPost) -> None:
    discussion.last_number += 1
    discussion.last_at = uow.now
    post.number, post.published_at = discussion.last_number, uow.now
    uow.session.flush()


def _tell(uow: UnitOfWork, fact: type[PostFact], post: ForumPost) -> None:
    uow.emit(fact(subject_id=post.discussion_id, post_id=post.id))
