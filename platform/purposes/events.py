"""Domain event of a look, for parts that have none of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PersonLookedAt(DomainEvent):
    """Somebody of the staff opened data of a person; the subject is the thing that was opened."""

    name: ClassVar[str] = "purposes:person.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("отвори лични данни с посочена причина")
    part: str
