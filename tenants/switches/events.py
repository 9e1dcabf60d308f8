"""What happens to switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ModuleSwitchedOn(DomainEvent):
    name: ClassVar[str] = "tenants:module.switched-on"
    label: ClassVar[LazyString] = lazy_gettext("Включен модул")

    municipality: str
    module: str


@dataclass(frozen=True, kw_only=True)
class ModuleSwitchedOff(DomainEvent):
    name: ClassVar[str] = "tenants:module.switched-off"
    label: ClassVar[LazyString] = lazy_gettext("Изключен модул")

    municipality: str
    module: str


@dataclass(frozen=True, kw_only=True)
class MunicipalityJoined(DomainEvent):
    """Written by the migrator, who creates it."""

    name: ClassVar[str] = "tenants:municipality.joined"
    label: ClassVar[LazyString] = lazy_gettext("Общината се присъедини")


@dataclass(frozen=True, kw_only=True)
class MunicipalityLeft(DomainEvent):
    """Written by the migrator, who removes it."""

    name: ClassVar[str] = "tenants:municipality.left"
    label: ClassVar[LazyString] = lazy_gettext("Общината напусна")
