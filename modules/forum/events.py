"""Domain events of the forum. Names and keys are fixed; no fact says who the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class DiscussionFact(DomainEvent):
    """The discussion it is about: what the index of the search follows."""

    subject_id: UUID


@dataclass(frozen=True, kw_only=True)
class PostFact(DiscussionFact):
    """One post of the discussion."""

    post_id: UUID


class DiscussionStarted(PostFact):
    name: ClassVar[str] = "forum:discussion.started"
    label: ClassVar[LazyString] = lazy_gettext("Започнат разговор")
    is_public: ClassVar[bool] = True


class PostPublished(PostFact):
    name: ClassVar[str] = "forum:post.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано мнение")
    is_public: ClassVar[bool] = True


class PostAwaits(PostFact):
    name: ClassVar[str] = "forum:post.awaits"
    label: ClassVar[LazyString] = lazy_gettext("Мнение, което чака потвърждение")


class PostHeld(PostFact):
    name: ClassVar[str] = "forum:post.held"
    label: ClassVar[LazyString] = lazy_gettext("Мнение с връзки, което чака преглед")


class PostFlagged(PostFact):
    name: ClassVar[str] = "forum:post.flagged"
    label: ClassVar[LazyString] = lazy_gettext("Докладвано мнение")


class PostHidden(PostFact):
    name: ClassVar[str] = "forum:post.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрито мнение")
    is_public: ClassVar[bool] = True


class PostRestored(PostFact):
    name: ClassVar[str] = "forum:post.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върнато мнение")
    is_public: ClassVar[bool] = True


class PostUpheld(PostFact):
    name: ClassVar[str] = "forum:post.upheld"
    label: ClassVar[LazyString] = lazy_gettext("Мнение, което остава скрито")


class PostReleased(PostFact):
    name: ClassVar[str] = "forum:post.released"
    label: ClassVar[LazyString] = lazy_gettext("Прегледано мнение")


class DiscussionAnswered(PostFact):
    name: ClassVar[str] = "forum:discussion.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговор на общината в разговор")
    is_public: ClassVar[bool] = True


class DiscussionDecided(DiscussionFact):
    name: ClassVar[str] = "forum:discussion.decided"
    label: ClassVar[LazyString] = lazy_gettext("Записано какво е решено в разговор")
    is_public: ClassVar[bool] = True


class DiscussionShut(DiscussionFact):
    name: ClassVar[str] = "forum:discussion.closed"
    label: ClassVar[LazyString] = lazy_gettext("Затворен разговор")
    is_public: ClassVar[bool] = True


class DiscussionReopened(DiscussionFact):
    name: ClassVar[str] = "forum:discussion.reopened"
    label: ClassVar[LazyString] = lazy_gettext("Отворен отново разговор")
    is_public: ClassVar[bool] = True


class DiscussionHandedOver(DiscussionFact):
    name: ClassVar[str] = "forum:discussion.handed-over"
    label: ClassVar[LazyString] = lazy_gettext("Предаден на друг отдел разговор")


class DiscussionSettled(DiscussionFact):
    name: ClassVar[str] = "forum:discussion.settled"
    label: ClassVar[LazyString] = lazy_gettext("Разговор, който не чака отговор")


class DiscussionTransferred(DiscussionFact):
    name: ClassVar[str] = "forum:discussion.transferred"
    label: ClassVar[LazyString] = lazy_gettext("Разговор, който стана предложение или сигнал")
    is_public: ClassVar[bool] = True


class DiscussionNews(DiscussionFact):
    """Once a day for those who follow it, where something was said."""

    name: ClassVar[str] = "forum:discussion.news"
    label: ClassVar[LazyString] = lazy_gettext("Новини в разговор")


class PostAuthorLookedAt(PostFact):
    name: ClassVar[str] = "forum:author.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на автора на мнение")


class PostAuthorTold(PostFact):
    name: ClassVar[str] = "forum:author.told"
    label: ClassVar[LazyString] = lazy_gettext("Съобщено по телефона на автор на мнение")


EVENTS = (
    *(DiscussionStarted, PostPublished, PostAwaits, PostHeld, PostFlagged, PostHidden),
    *(PostRestored, PostUpheld, PostReleased, DiscussionAnswered, DiscussionDecided),
    *(DiscussionShut, DiscussionReopened, DiscussionHandedOver, DiscussionSettled),
    *(DiscussionTransferred, DiscussionNews, PostAuthorLookedAt, PostAuthorTold),
)
