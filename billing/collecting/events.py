"""What happens to collecting; each stands in the log of its municipality, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class CollectionChosen(DomainEvent):
    """`by` is a word of `By`, `since` the first month that is collected so."""

    name: ClassVar[str] = "billing:collection.chosen"
    label: ClassVar[LazyString] = _("Избрано как се събират фактурите за портала")

    municipality: str
    by: str
    since: str


@dataclass(frozen=True, kw_only=True)
class CollectionAligned(DomainEvent):
    """The agreement at the collector differed from the formula and was put right."""

    name: ClassVar[str] = "billing:collection.aligned"
    label: ClassVar[LazyString] = _("Договорът в Stripe е изравнен с формулата")

    municipality: str
    lines: int


EVENTS = (CollectionChosen, CollectionAligned)
