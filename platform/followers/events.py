"""Domain event of followers: by its name the outbox says why a letter was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class FollowAsked(DomainEvent):
    """An address is asked whether it wants letters about a thing."""

    name: ClassVar[str] = "followers:follower.asked"
    label: ClassVar[LazyString] = lazy_gettext("Поискано проследяване с писма")
