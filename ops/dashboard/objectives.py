"""What we promise each municipality, what is left of it, and when it is spent too fast.

Availability 99.95 % over 30 days; 95 of 100 pages within 200 ms. The figures of 30 days are
readings that each municipality's own job takes; the board and the page of the state only look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, text

from obshto.ops.models import Reading
from obshto.ops.telemetry.percentile import BOUNDS
from obshto.platform.unit_of_work import UnitOfWork

AVAILABLE, QUICK, QUICK_MS = 0.9995, 0.95, 200
WINDOW = timedelta(days=30)
REQUESTS, ERRORS, SLOW = "slo.requests", "slo.errors", "slo.slow"
# At this share of a month's budget within an hour somebody is woken (Google's SRE workbook, 5.4).
BURNT_IN_AN_HOUR = 0.10
FEWEST = 1000  # requests in 30 days, below which a share says nothing
FIRST_SLOW = sum(bound <= QUICK_MS for bound in BOUNDS) + 1  # PostgreSQL counts from one
SUMS = text(f"""
    SELECT coalesce(sum(requests), 0)::bigint, coalesce(sum(errors), 0)::bigint,
           coalesce(sum((SELECT sum(b) FROM unnest(buckets[{FIRST_SLOW}:]) b)), 0)::bigint
    FROM shared.request_minute WHERE municipality = :place AND minute >= :since
""")


@dataclass(frozen=True, slots=True)
class Objective:
    """Of 30 days: requests, how many failed, how many were slow. `errors_of_hour` failed lately."""

    requests: int
    errors: int
    slow: int
    errors_of_hour: int = 0

    @property
    def is_known(self) -> bool:
        return self.requests >= FEWEST

    @property
    def availability(self) -> float:
        return 1 - self.errors / self.requests if self.requests else 1.0

    @property
    def quick(self) -> float:
        return 1 - self.slow / self.requests if self.requests else 1.0

    @property
    def budget(self) -> float:
        """How many requests may fail in 30 days."""
        return self.requests * (1 - AVAILABLE)

    @property
    def left(self) -> float:
        """The share of the budget that is left, from 1 down to 0."""
        return max(0.0, 1 - self.errors / self.budget) if self.budget else 1.0

    @property
    def burns(self) -> bool:
        """Whether the last hour took more than a tenth of the month's budget."""
        return self.is_known and self.errors_of_hour > BURNT_IN_AN_HOUR * self.budget


def objective_of(readings: Mapping[str, int], errors_of_hour: int = 0) -> Objective:
    """Out of a municipality's own last words."""
    return Objective(
        readings.get(REQUESTS, 0), readings.get(ERRORS, 0), readings.get(SLOW, 0), errors_of_hour
    )


def count_objective(region: UnitOfWork, slug: str) -> Mapping[str, int]:
    """The sums of 30 days for the readings. One query, over the minutes of one municipality."""
    asked = {"place": slug, "since": region.now - WINDOW}
    requests, errors, slow = region.session.execute(SUMS, asked).one()
    return {REQUESTS: requests, ERRORS: errors, SLOW: slow}


def availability_told(region: UnitOfWork, slug: str) -> float | None:
    """The share of 30 days for the public page; None while too little was asked. One query."""
    last = (
        select(Reading.word, Reading.number)
        .where(Reading.municipality == slug, Reading.word.in_((REQUESTS, ERRORS)))
        .order_by(Reading.day)
    )
    it = objective_of({word: number for word, number in region.session.execute(last)})
    return it.availability if it.is_known else None
