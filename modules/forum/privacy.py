"""Personal data of the forum: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.forum.models import ForumPost
from obshto.modules.forum.services.queries import PART, discussions_by, posts_by
from obshto.modules.forum.services.retention import forget_person
from obshto.platform.moderation.privacy import export_decisions
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The person's posts, hidden ones too, and what was decided on those."""
    posts = uow.session.scalars(posts_by(person_id)).all()
    titles = discussions_by(uow, [post.discussion_id for post in posts])
    return {
        "posts": [_post(post, titles[post.discussion_id].title) for post in posts],
        "decisions": export_decisions(uow, PART, [post.id for post in posts]),
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """What was said stays public, nobody stands beside it."""
    forget_person(uow, person_id)


def _post(post: ForumPost, title: str) -> dict[str, Any]:
    return {
        "discussion": title,
        "sent_at": post.sent_at.isoformat(),
        "number": post.number,
        "words": post.words or post.hidden_words or "",
        "name": post.author,
        "shows_name": post.shows_name,
        "email": post.email,
        "phone": post.phone,
    }
