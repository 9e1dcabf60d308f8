"""What happens to news. Names and keys are fixed: others react to them."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.editorial.events import TextFact


class NewsWritten(TextFact):
    """A draft was begun."""

    name: ClassVar[str] = "news:item.written"
    label: ClassVar[LazyString] = lazy_gettext("Написана чернова на новина")


class NewsEdited(TextFact):
    """A draft was changed."""

    name: ClassVar[str] = "news:item.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена чернова на новина")


class NewsPublished(TextFact):
    name: ClassVar[str] = "news:item.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувана новина")
    is_public: ClassVar[bool] = True


class NewsScheduled(TextFact):
    """Its hours were set: from when it shows, or until when."""

    name: ClassVar[str] = "news:item.scheduled"
    label: ClassVar[LazyString] = lazy_gettext("Определено кога да се вижда новина")
    is_public: ClassVar[bool] = True


class NewsMovedIn(TextFact):
    """It was published on an old site and stands here now; nobody needs to hear of it."""

    name: ClassVar[str] = "news:item.moved-in"
    label: ClassVar[LazyString] = lazy_gettext("Пренесена новина от стария сайт")
    is_public: ClassVar[bool] = True


class NewsCorrected(TextFact):
    """A published item was changed, with a note to readers or without."""

    name: ClassVar[str] = "news:item.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправена новина")
    is_public: ClassVar[bool] = True


class NewsTranslated(TextFact):
    name: ClassVar[str] = "news:item.translated"
    label: ClassVar[LazyString] = lazy_gettext("Преведена новина")
    is_public: ClassVar[bool] = True


class NewsHidden(TextFact):
    name: ClassVar[str] = "news:item.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрита новина")
    is_public: ClassVar[bool] = True


class NewsDeleted(TextFact):
    name: ClassVar[str] = "news:item.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита новина")
    is_public: ClassVar[bool] = True


class NewsRestored(TextFact):
    name: ClassVar[str] = "news:item.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върната новина")
    is_public: ClassVar[bool] = True


class NewsReverted(TextFact):
    """An earlier text stands again."""

    name: ClassVar[str] = "news:item.reverted"
    label: ClassVar[LazyString] = lazy_gettext("Върната по-ранна версия на новина")
    is_public: ClassVar[bool] = True


class FileAdded(TextFact):
    """`subject_id` is the item, `title` what the file is called there."""

    name: ClassVar[str] = "news:file.added"
    label: ClassVar[LazyString] = lazy_gettext("Прикачен файл към новина")
    is_public: ClassVar[bool] = True


class FileDescribed(TextFact):
    name: ClassVar[str] = "news:file.described"
    label: ClassVar[LazyString] = lazy_gettext("Променено описание на файл")
    is_public: ClassVar[bool] = True


class FileMoved(TextFact):
    """It stands before or after others now; the first picture stands for the text."""

    name: ClassVar[str] = "news:file.moved"
    label: ClassVar[LazyString] = lazy_gettext("Преместен файл")
    is_public: ClassVar[bool] = True


class FileRemoved(TextFact):
    name: ClassVar[str] = "news:file.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махнат файл от новина")
    is_public: ClassVar[bool] = True


DRAFTS = (NewsWritten, NewsEdited)
EVENTS = (
    *DRAFTS,
    NewsPublished,
    NewsScheduled,
    NewsMovedIn,
    NewsCorrected,
    NewsTranslated,
    NewsHidden,
    NewsDeleted,
    NewsRestored,
    NewsReverted,
    FileAdded,
    FileDescribed,
    FileMoved,
    FileRemoved,
)
