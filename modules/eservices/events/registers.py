"""Domain event of open registers: it names the service alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class RegisterChanged(DomainEvent):
    """What anybody may read of issued documents has changed."""

    name: ClassVar[str] = "eservices:register.changed"
    label: ClassVar[LazyString] = lazy_gettext("Променен публичен регистър на издадени документи")
    is_public: ClassVar[bool] = True  # or kept pages go on showing what was corrected
    subject_id: UUID
    service: str
