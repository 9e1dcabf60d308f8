"""What happens to barriers. Nobody's words and no way to reach them stand in a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class BarrierTold(DomainEvent):
    """Somebody could not use something."""

    name: ClassVar[str] = "accessibility:barrier.told"
    label: ClassVar[LazyString] = lazy_gettext("Съобщена трудност с портала")

    subject_id: UUID


@dataclass(frozen=True, kw_only=True)
class BarrierAnswered(DomainEvent):
    name: ClassVar[str] = "accessibility:barrier.answered"
    label: ClassVar[LazyString] = lazy_gettext("Отметнат отговор за трудност с портала")

    subject_id: UUID


EVENTS = (BarrierTold, BarrierAnswered)
