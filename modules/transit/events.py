"""Domain events of transit. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class TransitFact(DomainEvent):
    """`subject_id` is the row, `title` its name for the log."""

    subject_id: UUID
    title: str


class LineWritten(TransitFact):
    """A draft of a line was begun."""

    name: ClassVar[str] = "transit:line.written"
    label: ClassVar[LazyString] = lazy_gettext("Написана чернова на автобусна линия")


class LineEdited(TransitFact):
    """The draft of a line was changed."""

    name: ClassVar[str] = "transit:line.edited"
    label: ClassVar[LazyString] = lazy_gettext("Променена чернова на автобусна линия")


class LinePublished(TransitFact):
    """Citizens see this timetable from now on."""

    name: ClassVar[str] = "transit:line.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано разписание")
    is_public: ClassVar[bool] = True


class LineHidden(TransitFact):
    """Back to the drafts."""

    name: ClassVar[str] = "transit:line.hidden"
    label: ClassVar[LazyString] = lazy_gettext("Скрита автобусна линия")
    is_public: ClassVar[bool] = True


class LineDeleted(TransitFact):
    """Gone for citizens, for thirty days."""

    name: ClassVar[str] = "transit:line.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита автобусна линия")
    is_public: ClassVar[bool] = True


class LineRestored(TransitFact):
    """A deletion was undone."""

    name: ClassVar[str] = "transit:line.restored"
    label: ClassVar[LazyString] = lazy_gettext("Върната автобусна линия")
    is_public: ClassVar[bool] = True


class StopSaved(TransitFact):
    """A stop is new, or was changed."""

    name: ClassVar[str] = "transit:stop.saved"
    label: ClassVar[LazyString] = lazy_gettext("Записана спирка")
    is_public: ClassVar[bool] = True


class StopDeleted(TransitFact):
    """A stop is gone."""

    name: ClassVar[str] = "transit:stop.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрита спирка")
    is_public: ClassVar[bool] = True


class CalendarSaved(TransitFact):
    """Days of service are new, or were changed."""

    name: ClassVar[str] = "transit:calendar.saved"
    label: ClassVar[LazyString] = lazy_gettext("Записани дни на курсове")
    is_public: ClassVar[bool] = True


class CalendarDeleted(TransitFact):
    """Days of service are gone."""

    name: ClassVar[str] = "transit:calendar.deleted"
    label: ClassVar[LazyString] = lazy_gettext("Изтрити дни на курсове")
    is_public: ClassVar[bool] = True


class AlertPublished(TransitFact):
    """A line runs otherwise, or not, on some days."""

    name: ClassVar[str] = "transit:alert.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикувано съобщение за линия")
    is_public: ClassVar[bool] = True


class AlertWithdrawn(TransitFact):
    """It does not hold any more."""

    name: ClassVar[str] = "transit:alert.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Свалено съобщение за линия")
    is_public: ClassVar[bool] = True


DRAFTS = (LineWritten, LineEdited)
LINES = (LinePublished, LineHidden, LineDeleted, LineRestored)
STOPS = (StopSaved, StopDeleted)
ALERTS = (AlertPublished, AlertWithdrawn)
PUBLIC = (*LINES, *STOPS, CalendarSaved, CalendarDeleted, *ALERTS)
EVENTS = (*DRAFTS, *PUBLIC)
