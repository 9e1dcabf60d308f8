"""What happens to pages. Names and keys are fixed: others react to them."""

from __future__ import annotations

from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.editorial.events import TextFact


class PageWritten(TextFact):
    """A draft was begun."""

    name: ClassVar[str] = "pages:page.written"
    label: ClassVar[LazyString] = lazy_gettext("Написана чернова на страница")


class PageEdited(TextFact):
    """A draft was changed."""

    name: ClassVar[str] = "pages:page.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена чернова на страница")


class PageChanged(TextFact):
    """A page that was published was changed."""

    name: ClassVar[str] = "pages:page.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променена страница")
    is_public: ClassVar[bool] = True


class PageTranslated(TextFact):
    name: ClassVar[str] = "pages:page.translated"
    label: ClassVar[LazyString] = lazy_gettext("Преведена страница")
    is_public: ClassVar[bool] = True


class PagePublished(TextFact):
    """It shows, or will from an hour that was set."""

    name: ClassVar[str] = "pages:page.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувана страница")
    is_public: ClassVar[bool] = True


class PageHidden(TextFact):
    name: ClassVar[str] = "pages:page.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрита страница")
    is_public: ClassVar[bool] = True


class PageReverted(TextFact):
    """An earlier text stands again."""

    name: ClassVar[str] = "pages:page.reverted"
    label: ClassVar[LazyString] = lazy_gettext("Върната по-ранна версия на страница")
    is_public: ClassVar[bool] = True


class PageDeleted(TextFact):
    name: ClassVar[str] = "pages:page.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита страница")
    is_public: ClassVar[bool] = True


class PageRestored(TextFact):
    name: ClassVar[str] = "pages:page.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върната страница")
    is_public: ClassVar[bool] = True


class FileAdded(TextFact):
    """`subject_id` is the page, `title` what the file is called there."""

    name: ClassVar[str] = "pages:file.added"
    label: ClassVar[LazyString] = lazy_gettext("Прикачен файл към страница")
    is_public: ClassVar[bool] = True


class FileDescribed(TextFact):
    name: ClassVar[str] = "pages:file.described"
    label: ClassVar[LazyString] = lazy_gettext("Променено описание на файл")
    is_public: ClassVar[bool] = True


class FileMoved(TextFact):
    """It stands before or after others now; the first picture stands for the text."""

    name: ClassVar[str] = "pages:file.moved"
    label: ClassVar[LazyString] = lazy_gettext("Преместен файл")
    is_public: ClassVar[bool] = True


class FileRemoved(TextFact):
    name: ClassVar[str] = "pages:file.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махнат файл от страница")
    is_public: ClassVar[bool] = True


class AnswerRead(TextFact):
    """Somebody of the staff read what a reader found unclear. `subject_id` is the page."""

    name: ClassVar[str] = "pages:answer.read"
    label: ClassVar[LazyString] = lazy_gettext("Прочетено мнение за страница")


DRAFTS = (PageWritten, PageEdited)
EVENTS = (
    *DRAFTS,
    PageChanged,
    PageTranslated,
    PagePublished,
    PageHidden,
    PageReverted,
    PageDeleted,
    PageRestored,
    FileAdded,
    FileDescribed,
    FileMoved,
    FileRemoved,
    AnswerRead,
)
