"""Queries of the forum: what the public may see, what an author, what the queues hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import defer

from obshto.modules.forum.errors import NoSuchDiscussion, NoSuchForumPost, WhosePost
from obshto.modules.forum.models import Discussion, ForumPost
from obshto.modules.forum.services.codes import index_of
from obshto.modules.forum.services.terms import days_here, due_column
from obshto.platform.cases.references import opened_by
from obshto.platform.followers.services import Followed
from obshto.platform.moderation.flags import is_flagged
from obshto.platform.modularity.awaited_answers import awaited_rows
from obshto.platform.unit_of_work import UnitOfWork

PART = "forum"
PUBLIC = Discussion.published_at.is_not(None)
LISTED = and_(PUBLIC, Discussion.is_veiled.is_(False))
PUBLISHED = ForumPost.published_at.is_not(None)
READABLE = and_(PUBLISHED, ForumPost.hidden_at.is_(None))
STATES = ("unheard", "heard", "decided", "closed")
LISTS = ("waiting", "mine", "open", "closed", "all")
CHECKS = ("flagged", "held", "hidden")
OFFICIAL_AT_TOP = 20
# Who an author is opens for a purpose alone; until then it is not decrypted either.
UNSHOWN = tuple(
    defer(column)
    for column in (ForumPost.author, ForumPost.email, ForumPost.phone, ForumPost.hidden_words)
)
# What the page of a discussion needs of a post: the name, where its author shows it.
SHOWN = tuple(
    defer(column) for column in (ForumPost.email, ForumPost.phone, ForumPost.hidden_words)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscussionFilter:
    """Narrowed by list or state, subject, settlement, department."""

    list: str = ""
    subject: str = ""
    settlement: str = ""
    department: str = ""


def public(wanted: DiscussionFilter) -> Select[Discussion]:
    """What everybody may see: what is not heard yet first, then what is newest."""
    rows = select(Discussion).where(LISTED, _in_state(wanted.list), *_narrowed(wanted))
    unheard = and_(Discussion.heard_at.is_(None), Discussion.closed_at.is_(None))
    return rows.order_by(unheard.desc(), Discussion.last_at.desc(), Discussion.id.desc())


def public_discussion(uow: UnitOfWork, discussion_id: UUID) -> Discussion:
    """One that everybody may see. Raises NoSuchDiscussion."""
    return _discussion(uow, select(Discussion).where(Discussion.id == discussion_id, PUBLIC))


def discussion_of(uow: UnitOfWork, discussion_id: UUID, *, to_change: bool = False) -> Discussion:
    """Any discussion here, for staff and letters. Raises NoSuchDiscussion."""
    wanted = select(Discussion).where(Discussion.id == discussion_id)
    if to_change:  # what was read before the wait is read anew after it
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return _discussion(uow, wanted)


def followed(discussion: Discussion) -> Followed:
    """The discussion as its followers know it: a title that is hidden is hidden here too."""
    title = gettext("Скрит разговор") if discussion.is_veiled else discussion.title
    return Followed(part=PART, object_id=discussion.id, title=title, path=discussion.path)


def posts_of(discussion: Discussion) -> Select[ForumPost]:
    """What was said, in order; hidden ones keep their place."""
    wanted = select(ForumPost).where(ForumPost.discussion_id == discussion.id, PUBLISHED)
    return wanted.options(*SHOWN).order_by(ForumPost.number)


def official_posts(uow: UnitOfWork, discussion: Discussion) -> Sequence[ForumPost]:
    """Answers of the municipality, the latest first, the last twenty. One query."""
    wanted = select(ForumPost).where(
        ForumPost.discussion_id == discussion.id, READABLE, ForumPost.is_official.is_(True)
    )
    wanted = wanted.options(*UNSHOWN).order_by(ForumPost.number.desc()).limit(OFFICIAL_AT_TOP)
    return uow.session.scalars(wanted).all()


def post_of(uow: UnitOfWork, post_id: UUID, *, to_change: bool = False) -> ForumPost:
    """Any post here, for staff and letters, without who wrote it. Raises NoSuchForumPost."""
    wanted = select(ForumPost).where(ForumPost.id == post_id).options(*UNSHOWN)
    if to_change:  # what was read before the wait is read anew after it
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return _post(uow, wanted)


def public_post(uow: UnitOfWork, post_id: UUID) -> ForumPost:
    """One that everybody may see in its place. Raises NoSuchForumPost."""
    wanted = select(ForumPost).where(ForumPost.id == post_id, PUBLISHED)
    return _post(uow, wanted.options(*UNSHOWN))


def post_at(uow: UnitOfWork, ref: str) -> ForumPost:
    """By its code, or by its id in the account of who is signed in.

    Raises NoSuchForumPost, WhosePost.
    """
    is_open = opened_by(uow, ForumPost, ref, index_of, missing=NoSuchForumPost, whose=WhosePost)
    return _post(uow, select(ForumPost).where(is_open))


def posts_by(person_id: UUID) -> Select[ForumPost]:
    """Those of an account, the newest first."""
    wanted = select(ForumPost).where(ForumPost.person_id == person_id)
    return wanted.order_by(ForumPost.sent_at.desc(), ForumPost.id.desc())


def discussions_by(uow: UnitOfWork, ids: Sequence[UUID]) -> Mapping[UUID, Discussion]:
    """These, by id. One query."""
    rows = uow.session.scalars(select(Discussion).where(Discussion.id.in_(set(ids))))
    return {row.id: row for row in rows}


def first_post(uow: UnitOfWork, discussion: Discussion) -> ForumPost:
    """The one that began it, with who wrote it. Raises NoSuchForumPost."""
    own = ForumPost.request_id == discussion.request_id
    return _post(uow, select(ForumPost).where(ForumPost.discussion_id == discussion.id, own))


def queue(uow: UnitOfWork, wanted: DiscussionFilter) -> Select[Discussion]:
    """A list of the staff: what has waited longest on top."""
    rows = select(Discussion).where(_listed(uow, wanted.list), *_narrowed(wanted))
    return rows.order_by(
        Discussion.awaiting_since.nulls_last(), Discussion.last_at.desc(), Discussion.id
    )


def awaited(uow: UnitOfWork) -> Select[Any]:
    """Discussions without an answer, each with what was said last in it."""
    last = select(ForumPost.words).where(
        ForumPost.discussion_id == Discussion.id, READABLE, ForumPost.is_official.is_(False)
    )
    said = last.order_by(ForumPost.number.desc()).limit(1).correlate(Discussion).scalar_subquery()
    return awaited_rows(
        id=Discussion.id,
        title=Discussion.title,
        text=func.coalesce(said, ""),
        place=Discussion.settlement,
        since=Discussion.awaiting_since,
        due=due_column(days_here(uow)),
    ).where(_listed(uow, "waiting"))


def counts(uow: UnitOfWork, wanted: DiscussionFilter) -> Mapping[str, int]:
    """How many stand in each list. One query."""
    numbers = [func.count().filter(_listed(uow, name)).label(name) for name in LISTS]
    row = uow.session.execute(select(*numbers).where(*_narrowed(wanted))).one()
    return dict(row._mapping)


def departments_of(uow: UnitOfWork) -> Sequence[str]:
    """Those that some discussion was handed to, by name. One query."""
    name = Discussion.department
    return uow.session.scalars(select(name).where(name != "").distinct().order_by(name)).all()


def to_check(chosen: str) -> Select[ForumPost]:
    """Posts for a moderator: flagged and not decided, held for their links, hidden."""
    rows = select(ForumPost).where(_check(chosen)).options(*UNSHOWN)
    if chosen == "hidden":
        return rows.order_by(ForumPost.hidden_at.desc(), ForumPost.id)
    return rows.order_by(ForumPost.sent_at, ForumPost.id)


def check_counts(uow: UnitOfWork) -> Mapping[str, int]:
    """How many posts stand in each list of the moderators. One query."""
    numbers = [func.count().filter(_check(name)).label(name) for name in CHECKS]
    return dict(uow.session.execute(select(*numbers).select_from(ForumPost)).one()._mapping)


def _check(chosen: str) -> ColumnElement[bool]:
    conditions: dict[str, ColumnElement[bool]] = {
        "flagged": and_(PUBLISHED, is_flagged(PART, ForumPost.id)),
        "held": and_(ForumPost.is_held.is_(True), ForumPost.hidden_at.is_(None)),
        "hidden": ForumPost.hidden_at.is_not(None),
    }
    return conditions[chosen]


def _in_state(state: str) -> ColumnElement[bool]:
    conditions: dict[str, ColumnElement[bool]] = {
        "unheard": and_(Discussion.heard_at.is_(None), Discussion.closed_at.is_(None)),
        "heard": Discussion.heard_at.is_not(None),
        "decided": or_(Discussion.decided != "", Discussion.successor_path != ""),
        "closed": Discussion.closed_at.is_not(None),
    }
    return conditions.get(state, true())


def _listed(uow: UnitOfWork, name: str) -> ColumnElement[bool]:
    is_open = Discussion.closed_at.is_(None)
    conditions: dict[str, ColumnElement[bool]] = {
        "waiting": and_(PUBLIC, Discussion.awaiting_since.is_not(None), is_open),
        "mine": and_(PUBLIC, Discussion.assignee_id == uow.principal.person_id, is_open),
        "open": and_(PUBLIC, is_open),
        "closed": and_(PUBLIC, Discussion.closed_at.is_not(None)),
        "all": PUBLIC,
    }
    return conditions[name]


def _narrowed(wanted: DiscussionFilter) -> list[ColumnElement[bool]]:
    narrow: list[ColumnElement[bool]] = []
    if wanted.subject:
        narrow.append(Discussion.subject == wanted.subject)
    if wanted.settlement:
        narrow.append(Discussion.settlement == wanted.settlement)
    if wanted.department:
        narrow.append(Discussion.department == wanted.department)
    return narrow


def _discussion(uow: UnitOfWork, wanted: Select[Discussion]) -> Discussion:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchDiscussion
    return found


def _post(uow: UnitOfWork, wanted: Select[ForumPost]) -> ForumPost:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchForumPost
    return found
