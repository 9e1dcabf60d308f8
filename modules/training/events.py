"""What happens to training. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class LessonOpened(DomainEvent):
    """Citizens see it from now on."""

    name: ClassVar[str] = "training:lesson.opened"
    label: ClassVar[LazyString] = lazy_gettext("Публикуван запис")
    is_public: ClassVar[bool] = True

    subject_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class LessonClosed(DomainEvent):
    """Citizens see it no more."""

    name: ClassVar[str] = "training:lesson.closed"
    label: ClassVar[LazyString] = lazy_gettext("Приключен запис")
    is_public: ClassVar[bool] = True

    subject_id: UUID
    title: str


EVENTS = (LessonOpened, LessonClosed)
