"""Domain events of open data. Names and keys are fixed; no fact says who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class DatasetFact(DomainEvent):
    """A data set; the subject is made of part and slug, or is the id of one brought by hand."""

    is_public: ClassVar[bool] = True

    subject_id: UUID
    part: str
    dataset: str


class EditionMade(DatasetFact):
    name: ClassVar[str] = "opendata:edition.made"
    label: ClassVar[LazyString] = lazy_gettext("Ново издание на набор от данни")


class EditionFileWritten(DatasetFact):
    """One of the files of a large edition; the last one makes it."""

    name: ClassVar[str] = "opendata:edition.file-written"
    label: ClassVar[LazyString] = lazy_gettext("Записан файл от ново издание")


class SetPublished(DatasetFact):
    name: ClassVar[str] = "opendata:set.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван набор от данни")


class SetWithdrawn(DatasetFact):
    name: ClassVar[str] = "opendata:set.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Спрян набор от данни")


@dataclass(frozen=True, kw_only=True)
class SetDrafted(DomainEvent):
    name: ClassVar[str] = "opendata:set.drafted"
    label: ClassVar[LazyString] = lazy_gettext("Качен файл с данни")

    subject_id: UUID


@dataclass(frozen=True, kw_only=True)
class InformationFact(DomainEvent):
    """The request, its number, its kind: words that may stand in a log."""

    subject_id: UUID
    number: str
    kind: str


class AccessAsked(InformationFact):
    name: ClassVar[str] = "opendata:request.sent"
    label: ClassVar[LazyString] = lazy_gettext("Подадено искане за информация")


class InformationTaken(InformationFact):
    name: ClassVar[str] = "opendata:request.taken"
    label: ClassVar[LazyString] = lazy_gettext("Поето искане за информация")


class ClarificationAsked(InformationFact):
    name: ClassVar[str] = "opendata:request.unclear"
    label: ClassVar[LazyString] = lazy_gettext("Поискано уточнение на искане за информация")


class InformationClarified(InformationFact):
    name: ClassVar[str] = "opendata:request.clarified"
    label: ClassVar[LazyString] = lazy_gettext("Уточнено искане за информация")


class InformationExtended(InformationFact):
    name: ClassVar[str] = "opendata:request.extended"
    label: ClassVar[LazyString] = lazy_gettext("Удължен срок на искане за информация")


class AccessGiven(InformationFact):
    name: ClassVar[str] = "opendata:request.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отговор на искане за информация")
    is_public: ClassVar[bool] = True


class InformationRefused(InformationFact):
    name: ClassVar[str] = "opendata:request.refused"
    label: ClassVar[LazyString] = lazy_gettext("Отказ по искане за информация")
    is_public: ClassVar[bool] = True


class InformationForwarded(InformationFact):
    name: ClassVar[str] = "opendata:request.forwarded"
    label: ClassVar[LazyString] = lazy_gettext("Препратено искане за информация")
    is_public: ClassVar[bool] = True


class InformationWithdrawn(InformationFact):
    name: ClassVar[str] = "opendata:request.withdrawn"
    label: ClassVar[LazyString] = lazy_gettext("Оттеглено искане за информация")


class InformationLapsed(InformationFact):
    name: ClassVar[str] = "opendata:request.lapsed"
    label: ClassVar[LazyString] = lazy_gettext("Неуточнено искане за информация отпадна")


class InformationDueSoon(InformationFact):
    name: ClassVar[str] = "opendata:request.due-soon"
    label: ClassVar[LazyString] = lazy_gettext("Срокът на искане за информация изтича")


class InformationLate(InformationFact):
    name: ClassVar[str] = "opendata:request.late"
    label: ClassVar[LazyString] = lazy_gettext("Просрочено искане за информация")


EVENTS = (
    *(EditionMade, EditionFileWritten, SetPublished, SetWithdrawn, SetDrafted),
    *(AccessAsked, InformationTaken),
    *(ClarificationAsked, InformationClarified, InformationExtended, AccessGiven),
    *(InformationRefused, InformationForwarded, InformationWithdrawn, InformationLapsed),
    *(InformationDueSoon, InformationLate),
)
