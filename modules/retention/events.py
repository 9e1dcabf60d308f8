"""Domain events of retention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class RetentionCheckAsked(DomainEvent):
    name: ClassVar[str] = "retention:check.asked"
    label: ClassVar[LazyString] = lazy_gettext("поиска проверка какво ще бъде изтрито")


EVENTS = (RetentionCheckAsked,)
