"""What the log says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent

_ = lazy_gettext


@dataclass(frozen=True, kw_only=True)
class ControlNoted(DomainEvent):
    """`title` is a number that stands in this municipality's log and must be read nowhere else."""

    name: ClassVar[str] = "audit:control.noted"
    label: ClassVar[LazyString] = _("остави контролен запис, с който се търсят чужди данни")
    title: str


@dataclass(frozen=True, kw_only=True)
class LogExported(DomainEvent):
    """So many entries were taken as a table; `part` and `act` are what was asked for, or empty."""

    name: ClassVar[str] = "audit:log.exported"
    label: ClassVar[LazyString] = _("изтегли дневника като таблица")
    entries: int
    part: str = ""
    act: str = ""
