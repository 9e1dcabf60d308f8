"""Domain events of the calendar. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent
from obshto.platform.editorial.events import TextFact


class EventWritten(TextFact):
    """A draft was begun."""

    name: ClassVar[str] = "events:event.written"
    label: ClassVar[LazyString] = lazy_gettext("Написана чернова на събитие")


class EventEdited(TextFact):
    """A draft was changed."""

    name: ClassVar[str] = "events:event.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена чернова на събитие")


class EventPublished(TextFact):
    """Citizens see it from now on."""

    name: ClassVar[str] = "events:event.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано събитие")
    is_public: ClassVar[bool] = True


class EventScheduled(TextFact):
    """Its hours of publication were set."""

    name: ClassVar[str] = "events:event.scheduled"
    label: ClassVar[LazyString] = lazy_gettext("Определено кога да се вижда събитие")
    is_public: ClassVar[bool] = True


class EventCorrected(TextFact):
    """A published event was changed."""

    name: ClassVar[str] = "events:event.corrected"
    label: ClassVar[LazyString] = lazy_gettext("Поправено събитие")
    is_public: ClassVar[bool] = True


class EventTranslated(TextFact):
    """It stands in another language."""

    name: ClassVar[str] = "events:event.translated"
    label: ClassVar[LazyString] = lazy_gettext("Преведено събитие")
    is_public: ClassVar[bool] = True


class EventCancelled(TextFact):
    """It does not take place, or not on one of its days."""

    name: ClassVar[str] = "events:event.cancelled"
    label: ClassVar[LazyString] = lazy_gettext("Отменено събитие")
    is_public: ClassVar[bool] = True


class EventMoved(TextFact):
    """It takes place at another time, or one of its days does."""

    name: ClassVar[str] = "events:event.moved"
    label: ClassVar[LazyString] = lazy_gettext("Преместено събитие")
    is_public: ClassVar[bool] = True


class EventReinstated(TextFact):
    """It was called off by mistake, or goes ahead after all."""

    name: ClassVar[str] = "events:event.reinstated"
    label: ClassVar[LazyString] = lazy_gettext("Събитие пак ще се състои")
    is_public: ClassVar[bool] = True


class EventHidden(TextFact):
    """Back to the drafts."""

    name: ClassVar[str] = "events:event.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрито събитие")
    is_public: ClassVar[bool] = True


class EventDeleted(TextFact):
    """Gone for citizens, for thirty days."""

    name: ClassVar[str] = "events:event.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрито събитие")
    is_public: ClassVar[bool] = True


class EventRestored(TextFact):
    """A deletion was undone."""

    name: ClassVar[str] = "events:event.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върнато събитие")
    is_public: ClassVar[bool] = True


class EventReverted(TextFact):
    """An earlier text stands again."""

    name: ClassVar[str] = "events:event.reverted"
    label: ClassVar[LazyString] = lazy_gettext("Върната по-ранна версия на събитие")
    is_public: ClassVar[bool] = True


class FileAdded(TextFact):
    """`subject_id` is the event, `title` what the file is called there."""

    name: ClassVar[str] = "events:file.added"
    label: ClassVar[LazyString] = lazy_gettext("Прикачен файл към събитие")
    is_public: ClassVar[bool] = True


class FileDescribed(TextFact):
    """The words of a file were changed."""

    name: ClassVar[str] = "events:file.described"
    label: ClassVar[LazyString] = lazy_gettext("Променено описание на файл")
    is_public: ClassVar[bool] = True


class FileMoved(TextFact):
    """It stands before or after others now."""

    name: ClassVar[str] = "events:file.moved"
    label: ClassVar[LazyString] = lazy_gettext("Преместен файл")
    is_public: ClassVar[bool] = True


class FileRemoved(TextFact):
    """A file is gone for good."""

    name: ClassVar[str] = "events:file.removed"
    label: ClassVar[LazyString] = lazy_gettext("Махнат файл от събитие")
    is_public: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class SuggestionFact(DomainEvent):
    """A suggestion by its id alone: its words are not public."""

    subject_id: UUID


class SuggestionSent(SuggestionFact):
    """Somebody suggested an event."""

    name: ClassVar[str] = "events:suggestion.sent"
    label: ClassVar[LazyString] = lazy_gettext("Предложено събитие")


class SuggestionAccepted(SuggestionFact):
    """It became a draft."""

    name: ClassVar[str] = "events:suggestion.accepted"
    label: ClassVar[LazyString] = lazy_gettext("Прието предложение за събитие")


class SuggestionPublished(SuggestionFact):
    """A suggested event stands in the calendar."""

    name: ClassVar[str] = "events:suggestion.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано предложено събитие")


class SuggestionDeclined(SuggestionFact):
    """It was not taken, with a reason."""

    name: ClassVar[str] = "events:suggestion.declined"
    label: ClassVar[LazyString] = lazy_gettext("Отказано предложение за събитие")


@dataclass(frozen=True, kw_only=True)
class EventDue(DomainEvent):
    """One of its times begins within a day, and somebody asked to be reminded."""

    name: ClassVar[str] = "events:event.due"
    label: ClassVar[LazyString] = lazy_gettext("Напомнено за събитие")

    subject_id: UUID


DRAFTS = (EventWritten, EventEdited)
SUGGESTIONS = (SuggestionSent, SuggestionAccepted, SuggestionPublished, SuggestionDeclined)
FILES = (FileAdded, FileDescribed, FileMoved, FileRemoved)
PUBLIC = (
    EventPublished,
    EventScheduled,
    EventCorrected,
    EventTranslated,
    EventCancelled,
    EventMoved,
    EventReinstated,
    EventHidden,
    EventDeleted,
    EventRestored,
    EventReverted,
)
EVENTS = (*DRAFTS, *PUBLIC, *FILES, *SUGGESTIONS, EventDue)
