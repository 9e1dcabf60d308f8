"""Where a post is on its way, and how it stands on a channel."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from obshto.modules.feeds.models import Post


class State(StrEnum):
    """Where a post is on its way."""

    DRAFT = "draft"
    WAITING = "waiting"  # for the second pair of eyes
    PLANNED = "planned"
    SENT = "sent"
    CHANGED = "changed"  # sent, and what was changed since waits for the second pair of eyes
    WITHDRAWN = "withdrawn"


class Stand(StrEnum):
    """How a post stands on a channel."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    AGAIN = "again"  # it is tried again
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    BY_HAND = "by_hand"  # somebody has to put it there, correct it or remove it, and say so
    UNKNOWN = "unknown"  # the network was asked and nobody knows whether it took it
    STAYS = "stays"  # the profile was removed: nobody reaches it any more


def state_of(post: Post, now: datetime) -> State:
    """The state at this moment."""
    if post.withdrawn_at:
        return State.WITHDRAWN
    if post.submitted_at is None:
        return State.DRAFT
    if post.approved_edition != post.edition:
        return State.WAITING if post.approved_edition is None else State.CHANGED
    return State.PLANNED if post.sent_at and post.sent_at > now else State.SENT
