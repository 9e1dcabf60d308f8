"""Domain events of OParl. Names and keys are fixed: others react to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class OparlObjectsChanged(DomainEvent):
    """Programs are told something else from now on; numbers of objects."""

    name: ClassVar[str] = "oparl:objects.changed"
    label: ClassVar[LazyString] = lazy_gettext("Обновени данни за съвета")
    is_public: ClassVar[bool] = True

    changed: int
    deleted: int


EVENTS = (OparlObjectsChanged,)
