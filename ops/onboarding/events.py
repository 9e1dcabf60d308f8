"""Who let a municipality in; it stands in the region's log, and in the municipality's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent

_ = lazy_gettext


@dataclass(frozen=True, kw_only=True)
class WelcomeAsked(DomainEvent):
    """A portal for a new municipality was asked for."""

    name: ClassVar[str] = "onboarding:welcome.asked"
    label: ClassVar[LazyString] = _("поиска портал за общината")
    municipality: str
    reason: str
