"""Port of buses: a part that knows timetables answers, a part that offers hours asks.

Where no such part is switched on nobody is asked, and pages leave the line out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTrip:
    """There and back by bus: aware moments. Back may be the next thing after the visit ends."""

    departs_at: datetime
    arrives_at: datetime
    returns_at: datetime
    home_at: datetime
    lines: tuple[str, ...] = ()  # the buses of the way there


class BusRoutes(Protocol):
    """Settlements are EKATTE codes. Statements must not grow with `visits`."""

    def origins(self, uow: UnitOfWork, destination: str) -> Sequence[str]:
        """Settlements from which some bus goes to `destination`; empty where nothing is known."""
        ...

    def round_trips(
        self,
        uow: UnitOfWork,
        *,
        origin: str,
        destination: str,
        visits: Sequence[tuple[datetime, datetime]],
    ) -> Sequence[RoundTrip | None]:
        """For each visit (from, until) the bus that arrives last before it and the first home after
        it, on the same day; None where there is no such pair.
        """
        ...
