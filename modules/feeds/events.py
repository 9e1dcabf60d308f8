"""What happens to posts, channels and sources. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class FeedsFact(DomainEvent):
    """Its subject and what that is called."""

    subject_id: UUID
    title: str


class PostWritten(FeedsFact):
    name: ClassVar[str] = "feeds:post.written"
    label: ClassVar[LazyString] = _("Написана публикация")


class PostEdited(FeedsFact):
    """What has left is corrected where that can be done."""

    name: ClassVar[str] = "feeds:post.edited"
    label: ClassVar[LazyString] = _("Променена публикация")
    is_public: ClassVar[bool] = True


class PostSubmitted(FeedsFact):
    """Somebody else is to look at it."""

    name: ClassVar[str] = "feeds:post.submitted"
    label: ClassVar[LazyString] = _("Публикация, дадена за одобрение")


class PostApproved(FeedsFact):
    """It leaves at its time."""

    name: ClassVar[str] = "feeds:post.approved"
    label: ClassVar[LazyString] = _("Одобрена публикация")
    is_public: ClassVar[bool] = True


class PostReturned(FeedsFact):
    """The second pair of eyes gave it back."""

    name: ClassVar[str] = "feeds:post.returned"
    label: ClassVar[LazyString] = _("Върната за поправка публикация")


class PostWithdrawn(FeedsFact):
    name: ClassVar[str] = "feeds:post.withdrawn"
    label: ClassVar[LazyString] = _("Оттеглена публикация")
    is_public: ClassVar[bool] = True


class PostDelivered(FeedsFact):
    """A channel shows it, shows it anew or shows it no more."""

    name: ClassVar[str] = "feeds:post.delivered"
    label: ClassVar[LazyString] = _("Публикация, стигнала до канал")
    is_public: ClassVar[bool] = True


class ChannelConnected(FeedsFact):
    name: ClassVar[str] = "feeds:channel.connected"
    label: ClassVar[LazyString] = _("Свързан профил в социална мрежа")


class ChannelBroken(FeedsFact):
    """The network does not let us in any more."""

    name: ClassVar[str] = "feeds:channel.broken"
    label: ClassVar[LazyString] = _("Прекъсната връзка с профил в социална мрежа")


class ChannelExpiring(FeedsFact):
    """Its token ends within weeks."""

    name: ClassVar[str] = "feeds:channel.expiring"
    label: ClassVar[LazyString] = _("Код за достъп до социална мрежа, който скоро изтича")


class ChannelRemoved(FeedsFact):
    name: ClassVar[str] = "feeds:channel.removed"
    label: ClassVar[LazyString] = _("Премахнат профил в социална мрежа")


class VillageChosen(FeedsFact):
    """Its news go to the profile of the province from now on, or no more."""

    name: ClassVar[str] = "feeds:village.chosen"
    label: ClassVar[LazyString] = _("Решено е дали новото от селото излиза в профила на областта")


class VillageMayorNamed(FeedsFact):
    """Somebody chooses for this town or village alone, or nobody does any more."""

    name: ClassVar[str] = "feeds:village.mayor-named"
    label: ClassVar[LazyString] = _("Определено е кой решава за едно населено място")


class SourceAdded(FeedsFact):
    name: ClassVar[str] = "feeds:source.added"
    label: ClassVar[LazyString] = _("Добавен източник на публикации")
    is_public: ClassVar[bool] = True


class SourceRemoved(FeedsFact):
    name: ClassVar[str] = "feeds:source.removed"
    label: ClassVar[LazyString] = _("Премахнат източник на публикации")
    is_public: ClassVar[bool] = True


class SourceRead(FeedsFact):
    """There was something new."""

    name: ClassVar[str] = "feeds:source.read"
    label: ClassVar[LazyString] = _("Ново от източник на публикации")
    is_public: ClassVar[bool] = True


EVENTS = (
    PostWritten,
    PostEdited,
    PostSubmitted,
    PostApproved,
    PostReturned,
    PostWithdrawn,
    PostDelivered,
    ChannelConnected,
    ChannelBroken,
    ChannelExpiring,
    ChannelRemoved,
    VillageChosen,
    VillageMayorNamed,
    SourceAdded,
    SourceRemoved,
    SourceRead,
)
