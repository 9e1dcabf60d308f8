"""What happens to the account of the shared service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class OutlayBooked(DomainEvent):
    """Money was spent on the service or came by a programme; less than nothing: taken back."""

    name: ClassVar[str] = "billing:outlay.booked"
    label: ClassVar[LazyString] = _("Вписани пари по програма или разход за портала")

    cents: int
    programme: str


@dataclass(frozen=True, kw_only=True)
class YearPublished(DomainEvent):
    name: ClassVar[str] = "billing:year.published"
    label: ClassVar[LazyString] = _("Публикуван годишен отчет за портала")

    year: int


EVENTS = (OutlayBooked, YearPublished)
