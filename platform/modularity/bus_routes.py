"""Port of buses: a part that knows timetables answers, a part that offers hours asks.

Where no such part is switched on nobody is asked, and pages leave the line out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestStop:
    """A stop of some published timetable, so many kilometres away as the crow flies."""

    name: str
    path: str  # its page, below the host
    kilometres: float


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

    def round_trips_from(
        self,
        uow: UnitOfWork,
        *,
        origins: Collection[str],
        destination: str,
        visit: tuple[datetime, datetime],
    ) -> Mapping[str, RoundTrip | None]:
        """One visit from each of these settlements. Statements must not grow with them."""
        ...

    def nearest_stop(self, uow: UnitOfWork, point: tuple[float, float]) -> NearestStop | None:
        """The nearest one whose place is known, within a walk; None where there is none.

        `point` is latitude and longitude in WGS 84.
        """
        ...
