"""What happens to the texts of an old site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ExportFact(DomainEvent):
    """The export and the name of its file."""

    subject_id: UUID
    title: str


class ExportBrought(ExportFact):
    name: ClassVar[str] = "moving:export.brought"
    label: ClassVar[LazyString] = lazy_gettext("Прикачен файл от стария сайт")


class MovingBegun(ExportFact):
    name: ClassVar[str] = "moving:export.begun"
    label: ClassVar[LazyString] = lazy_gettext("Започнато пренасяне от стария сайт")


class MovingFinished(ExportFact):
    name: ClassVar[str] = "moving:export.finished"
    label: ClassVar[LazyString] = lazy_gettext("Завършено пренасяне от стария сайт")


class ExportDropped(ExportFact):
    name: ClassVar[str] = "moving:export.dropped"
    label: ClassVar[LazyString] = lazy_gettext("Отказано пренасяне от стария сайт")


EVENTS = (ExportBrought, MovingBegun, MovingFinished, ExportDropped)
