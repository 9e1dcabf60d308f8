"""Bus to a section in another settlement: the last one before noon on the day of the vote."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from obshto.modules.polling.models import PollingSection
from obshto.platform.bus_trips import trips_to
from obshto.platform.clock import SOFIA
from obshto.platform.modularity.bus_routes import RoundTrip
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.unit_of_work import UnitOfWork

NOON, STAY = time(12), timedelta(minutes=30)


def bus_to(
    uow: UnitOfWork, section: PollingSection, origin: str, vote: CalledVote | None
) -> RoundTrip | None:
    """There and back by bus; None where one need not ride, nobody knows buses, or none goes."""
    if not vote or origin == section.settlement:
        return None
    starts_at = datetime.combine(vote.vote_on, NOON, SOFIA)
    visits = [(starts_at, starts_at + STAY)]
    [trip] = trips_to(uow, section.settlement, visits, origin) or [None]
    return trip
