"""What happens to short addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class AddressGiven(DomainEvent):
    """A published thing got the number by which its poster is found."""

    name: ClassVar[str] = "posters:address.given"
    label: ClassVar[LazyString] = lazy_gettext("Подготвен плакат с кратък адрес")

    subject_id: UUID  # the thing
    part: str


EVENTS = (AddressGiven,)
