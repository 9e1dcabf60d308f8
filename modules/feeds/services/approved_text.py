"""What of a post has been approved: this and nothing else is told to anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from obshto.modules.feeds.models import Post


class Said(Protocol):
    """The words of a post: as they are being written, or as they were approved."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def path(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The words, the picture and the channels of the approved edition."""

    title: str
    summary: str
    place: str
    until: datetime | None
    path: str
    picture_id: UUID | None
    picture_alt: str
    targets: tuple[str, ...]


PLAIN = ("title", "summary", "place", "picture_alt")


def shown_of(post: Post) -> Shown:
    """Only for a post that was approved."""
    told, until, picture = post.shown, post.shown["until"], post.shown["picture_id"]
    return Shown(
        until=datetime.fromisoformat(until) if until else None,
        path=post.path,
        picture_id=UUID(picture) if picture else None,
        targets=tuple(told["targets"]),
        **{name: told[name] for name in PLAIN},
    )


def is_wanted(post: Post, target: str) -> bool:
    """Whether a channel is to show the approved edition, or nothing."""
    is_out = post.withdrawn_at is None and post.approved_edition is not None
    return is_out and target in shown_of(post).targets


def as_shown(post: Post) -> dict[str, Any]:
    """What is kept of a post at the moment when it is approved."""
    return {
        **{name: getattr(post, name) for name in PLAIN},
        "until": post.until.isoformat() if post.until else None,
        "picture_id": str(post.picture_id) if post.picture_id else None,
        "targets": list(post.targets),
    }
