"""What is public about the land and the people of the municipalities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from obshto.platform.db.session import shared_session
from obshto.tenants.municipalities.models import Settlement, Tenant


@dataclass(frozen=True, slots=True)
class Territory:
    """One municipality: census, area and so on, with its towns and villages."""

    facts: Mapping[str, Any]
    settlements: Sequence[Settlement]

    @property
    def census_day(self) -> date:
        """The day whose residents were counted."""
        return date.fromisoformat(self.facts["census"]["reference_date"])


def about(slug: str) -> Territory:
    """Two reads of the region's tables, apart from the municipality's own transaction."""
    with shared_session() as shared:
        facts = shared.scalars(select(Tenant.facts).where(Tenant.slug == slug)).one()
        settlements = select(Settlement).where(Settlement.municipality == slug)
        order = settlements.order_by(Settlement.is_seat.desc(), Settlement.sort_key)
        return Territory(facts, shared.scalars(order).all())


def municipalities() -> list[Tenant]:
    """All of the region, by name."""
    with shared_session() as shared:
        return list(shared.scalars(select(Tenant).order_by(Tenant.sort_key)))
