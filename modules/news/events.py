"""What happens to news. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.facts import Fact


@dataclass(frozen=True, kw_only=True)
class NewsFact(Fact):
    """The item and its title, both public words."""

    subject_id: UUID
    title: str


class NewsWritten(NewsFact):
    """A draft was begun."""

    name: ClassVar[str] = "news:item.written"
    label: ClassVar[LazyString] = lazy_gettext("Написана чернова на новина")


class NewsEdited(NewsFact):
    """A draft was changed."""

    name: ClassVar[str] = "news:item.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена чернова на новина")


class NewsPublished(NewsFact):
    name: ClassVar[str] = "news:item.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувана новина")
    is_public: ClassVar[bool] = True


class NewsScheduled(NewsFact):
    """Its hours were set: from when it shows, or until when."""

    name: ClassVar[str] = "news:item.scheduled"
    label: ClassVar[LazyString] = lazy_gettext("Определено кога да се вижда новина")
    is_public: ClassVar[bool] = True


class NewsMovedIn(NewsFact):
    """It was published on an old site and stands here now; nobody needs to hear of it."""

    name: ClassVar[str] = "news:item.moved-in"
    label: ClassVar[LazyString] = lazy_gettext("Пренесена новина от стария сайт")
    is_public: ClassVar[bool] = True


class NewsCorrected(NewsFact):
    """A published item was changed, with a note to readers or without."""

    name: ClassVar[str] = "news:item.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправена новина")
    is_public: ClassVar[bool] = True


class NewsTranslated(NewsFact):
    name: ClassVar[str] = "news:item.translated"
    label: ClassVar[LazyString] = lazy_gettext("Преведена новина")
    is_public: ClassVar[bool] = True


class NewsHidden(NewsFact):
    name: ClassVar[str] = "news:item.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрита новина")
    is_public: ClassVar[bool] = True


class NewsDeleted(NewsFact):
    name: ClassVar[str] = "news:item.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита новина")
    is_public: ClassVar[bool] = True


class NewsRestored(NewsFact):
    name: ClassVar[str] = "news:item.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върната новина")
    is_public: ClassVar[bool] = True


EVENTS = (
    NewsWritten,
    NewsEdited,
    NewsPublished,
    NewsScheduled,
    NewsMovedIn,
    NewsCorrected,
    NewsTranslated,
    NewsHidden,
    NewsDeleted,
    NewsRestored,
)
