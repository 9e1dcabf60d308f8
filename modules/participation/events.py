"""Domain events of reports on participation. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ParticipationFact(DomainEvent):
    """A report and its year."""

    subject_id: UUID
    year: int


class ReportCounted(ParticipationFact):
    """The figures of a draft, for the first time or anew."""

    name: ClassVar[str] = "participation:report.counted"
    label: ClassVar[LazyString] = lazy_gettext("Преброен годишен отчет кой беше чут")


class ReportForeworded(ParticipationFact):
    is_public: ClassVar[bool] = True
    name: ClassVar[str] = "participation:report.foreworded"
    label: ClassVar[LazyString] = lazy_gettext("Променен предговор на отчета кой беше чут")


class ReportPublished(ParticipationFact):
    is_public: ClassVar[bool] = True
    name: ClassVar[str] = "participation:report.published"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван отчет кой беше чут")


EVENTS = (ReportCounted, ReportForeworded, ReportPublished)
