"""Domain events of settlement profiles; `settlement` is the EKATTE code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent

_ = lazy_gettext


@dataclass(frozen=True, kw_only=True)
class SettlementChanged(DomainEvent):
    """The municipality says something else of it."""

    name: ClassVar[str] = "tenants:settlement.changed"
    label: ClassVar[LazyString] = _("промени сведенията за населено място")
    is_public: ClassVar[bool] = True
    settlement: str


@dataclass(frozen=True, kw_only=True)
class SettlementReverted(DomainEvent):
    """An earlier version stands again."""

    name: ClassVar[str] = "tenants:settlement.reverted"
    label: ClassVar[LazyString] = _("върна предишните сведения за населено място")
    is_public: ClassVar[bool] = True
    settlement: str


@dataclass(frozen=True, kw_only=True)
class SettlementPictured(DomainEvent):
    """It has another picture, or none any more."""

    name: ClassVar[str] = "tenants:settlement.pictured"
    label: ClassVar[LazyString] = _("смени снимката на населено място")
    is_public: ClassVar[bool] = True
    settlement: str
