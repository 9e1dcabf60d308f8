"""Domain events of legal values that the region's team enters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class LegalValueEntered(DomainEvent):
    """From a day on a value of law is another one, in hundredths."""

    name: ClassVar[str] = "legal:value.entered"
    label: ClassVar[LazyString] = lazy_gettext("въведе стойност по закон за цялата област")
    value: str
    from_on: date
    hundredths: int
