"""Domain events of moderation. What was hidden is the part's own event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ModerationFact(DomainEvent):
    """The decision and whose thing it is about."""

    subject_id: UUID
    part: str


class AppealFiled(ModerationFact):
    name: ClassVar[str] = "moderation:appeal.filed"
    label: ClassVar[LazyString] = lazy_gettext("Възражение срещу скриване")


class AppealDecided(ModerationFact):
    name: ClassVar[str] = "moderation:appeal.decided"
    label: ClassVar[LazyString] = lazy_gettext("Решено възражение срещу скриване")
    is_public: ClassVar[bool] = True


EVENTS = (AppealFiled, AppealDecided)
