"""What a look at the site records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ReportFound(DomainEvent):
    """So many things are to mend that were not at the look before."""

    name: ClassVar[str] = "selfcheck:report.found"
    label: ClassVar[LazyString] = lazy_gettext("Ново за поправяне в портала")

    number: int


EVENTS = (ReportFound,)
