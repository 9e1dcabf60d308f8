"""Who ordered what of the keeper, with the reason; in the region's log and the municipality's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.ops.backup_requests.models import What
from obshto.platform.domain_events import DomainEvent

_ = lazy_gettext


@dataclass(frozen=True, kw_only=True)
class _Ordered(DomainEvent):
    municipality: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class BackupOrdered(_Ordered):
    """A backup of the municipality, now."""

    name: ClassVar[str] = "orders:backup.ordered"
    label: ClassVar[LazyString] = _("поръча резервно копие на общината")


@dataclass(frozen=True, kw_only=True)
class RestoreOrdered(_Ordered):
    """The municipality as it was at `moment` (ISO 8601), beside the living one."""

    name: ClassVar[str] = "orders:restore.ordered"
    label: ClassVar[LazyString] = _("поръча възстановяване на общината настрани")
    moment: str


@dataclass(frozen=True, kw_only=True)
class SwapOrdered(_Ordered):
    """What waits beside takes the place of the living municipality."""

    name: ClassVar[str] = "orders:swap.ordered"
    label: ClassVar[LazyString] = _("поръча общината да стане като възстановеното копие")


@dataclass(frozen=True, kw_only=True)
class UndoOrdered(_Ordered):
    """The municipality as it was before the last swap."""

    name: ClassVar[str] = "orders:undo.ordered"
    label: ClassVar[LazyString] = _("поръча общината да стане, както беше преди смяната")


@dataclass(frozen=True, kw_only=True)
class DiscardOrdered(_Ordered):
    """What waits beside goes."""

    name: ClassVar[str] = "orders:discard.ordered"
    label: ClassVar[LazyString] = _("поръча да се махне възстановеното копие")


@dataclass(frozen=True, kw_only=True)
class OrderWithdrawn(DomainEvent):
    """Nothing was done; it was not begun."""

    name: ClassVar[str] = "orders:order.withdrawn"
    label: ClassVar[LazyString] = _("оттегли поръчка за резервно копие")
    municipality: str
    what: str


ORDERED: dict[What, type[_Ordered]] = {
    What.TAKE: BackupOrdered,
    What.SWAP: SwapOrdered,
    What.UNDO: UndoOrdered,
    What.DISCARD: DiscardOrdered,
}
EVENTS = (*ORDERED.values(), RestoreOrdered, OrderWithdrawn)
