"""Looks at the author of a post and at hidden words, for a purpose that the author reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import load_only

from obshto.modules.forum.events import PostAuthorLookedAt
from obshto.modules.forum.models import ForumPost
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.break_glass import BREAK_GLASS
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

PART = "forum"
PURPOSES: Mapping[str, LazyString] = {
    "moderate": lazy_gettext("Преглежда скрито мнение"),
    "contact": lazy_gettext("Свързва се с автора на мнението"),
    "transfer": lazy_gettext("Прави от разговора предложение или сигнал"),
    **BREAK_GLASS,
}
KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.WORDS)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“; ЗМСМА, чл. 17"


def look_at_author(
    uow: UnitOfWork, post: ForumPost, purpose: str, *, request_id: UUID, reason: str = ""
) -> None:
    """Open who wrote it and what of it is hidden, for a purpose that the person will read."""
    fact = PostAuthorLookedAt(subject_id=post.discussion_id, post_id=post.id)
    said = purposes.Purpose(
        word=purpose, kinds=KINDS, ground=GROUND, request_id=request_id, reason=reason, fact=fact
    )
    subject = subject_of(post)
    purposes.look(uow, purposes.Opened(part=PART, object_id=post.id, subject=subject), said)


def subject_of(post: ForumPost) -> Subject:
    """Whose data stand in a post."""
    return Subject(person_id=post.person_id, email=post.email or "", phone=post.phone or "")


def restricted(uow: UnitOfWork, post: ForumPost) -> DataRestricted | None:
    """Why staff may not use it further: the author's restriction, accepted after it was sent."""
    return restriction_refusal(uow, lambda: subject_of(post), since=post.sent_at)


def sees_author(uow: UnitOfWork, post: ForumPost) -> bool:
    """Said a purpose in this sitting."""
    return purposes.is_looking(uow, PART, post.id)


def looks_at(uow: UnitOfWork, post: ForumPost) -> Sequence[RecordedLook]:
    """Who looked at the author, the newest first. One query."""
    return uow.session.scalars(purposes.looks_at_objects(PART, (post.id,))).all()


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The posts among these ids, as their authors know them. One query."""
    known = load_only(ForumPost.sent_at, ForumPost.person_id)
    rows = uow.session.scalars(select(ForumPost).where(ForumPost.id.in_(ids)).options(known))
    return {
        row.id: LookedAt(
            gettext("Ваше мнение във форума"), f"/forum/post/{row.id}" if row.person_id else ""
        )
        for row in rows
    }
