"""What was measured of requests, read back: of all municipalities at once, or of one over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import text

from obshto.ops.telemetry.percentile import SIZE, percentile
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork

TAIL = 0.95
FEWEST = 5  # below so many requests a page is not called slow

# One pass over the rows; what comes back is bounded by the groups alone.
BUCKETS = ", ".join(f"sum(buckets[{n}])::int" for n in range(1, SIZE + 1))
SUMS = f"""
SELECT {{group}}, municipality, sum(requests)::int, sum(errors)::int, ARRAY[{BUCKETS}]
FROM shared.{{table}}
WHERE {{moment}} >= :since AND (CAST(:place AS text) IS NULL OR municipality = :place)
GROUP BY 1, 2 ORDER BY 1, 2
"""
NOW = text(SUMS.format(group="1", table="request_minute", moment="minute"))
PAGES = text(SUMS.format(group="endpoint", table="request_hour", moment="hour"))
OVER_TIME = text(
    SUMS.format(
        group="date_trunc(:step, hour, 'Europe/Sofia')", table="request_hour", moment="hour"
    )
)


class Period(StrEnum):
    """How far back one looks."""

    DAY = "day"
    MONTH = "month"

    @property
    def length(self) -> timedelta:
        return timedelta(hours=23) if self is Period.DAY else timedelta(days=29)

    @property
    def step(self) -> str:
        return "hour" if self is Period.DAY else "day"


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests that the application answered, with how many failed and how they took."""

    requests: int = 0
    errors: int = 0
    buckets: tuple[int, ...] = (0,) * SIZE

    @property
    def p50(self) -> float | None:
        return percentile(self.buckets, 0.5)

    @property
    def p95(self) -> float | None:
        return percentile(self.buckets, TAIL)


def last_hour(region: UnitOfWork, place: str | None = None) -> dict[str, Measured]:
    """Of each municipality that was asked anything, or of that one."""
    rows = _read(region, NOW, since=region.now - timedelta(hours=1), place=place)
    return {place: measured for _, place, measured in rows}


def slowest_pages(region: UnitOfWork, place: str | None = None) -> dict[str, tuple[str, Measured]]:
    """The slowest page of each in the last day, among those asked for often enough."""
    found: dict[str, tuple[str, Measured]] = {}
    rows = _read(region, PAGES, since=region.now - timedelta(days=1), place=place)
    for endpoint, slug, measured in rows:
        before = found[slug][1].p95 if slug in found else None
        is_known = measured.requests >= FEWEST and endpoint
        if is_known and (measured.p95 or 0) > (before or -1):
            found[slug] = endpoint, measured
    return found


def pages_of(region: UnitOfWork, place: str, period: Period) -> list[tuple[str, Measured]]:
    """The ten slowest pages of one municipality."""
    rows = _read(region, PAGES, since=region.now - period.length, place=place)
    pages = [(endpoint, measured) for endpoint, _, measured in rows if endpoint]
    return sorted(pages, key=lambda page: page[1].p95 or 0, reverse=True)[:10]


def over_time(region: UnitOfWork, place: str, period: Period) -> list[tuple[datetime, Measured]]:
    """One municipality, an hour or a day at a time; those in which nobody came are there, empty."""
    since = _begin(region.now - period.length, period)
    rows = _read(region, OVER_TIME, since=since, place=place, step=period.step)
    found = {moment: measured for moment, _, measured in rows}
    known = {_begin(moment, period): measured for moment, measured in found.items()}
    steps = 24 if period is Period.DAY else 30
    moments = [_begin(since + n * _step(period), period) for n in range(steps)]
    return [(moment, known.get(moment, Measured())) for moment in moments]


def _step(period: Period) -> timedelta:
    return timedelta(hours=1) if period is Period.DAY else timedelta(days=1)


def _begin(moment: datetime, period: Period) -> datetime:
    local = moment.astimezone(SOFIA).replace(minute=0, second=0, microsecond=0)
    return local if period is Period.DAY else local.replace(hour=0)


def _read(region: UnitOfWork, statement: Any, **asked: Any) -> list[tuple[Any, str, Measured]]:
    return [
        (group, place, Measured(requests, errors, tuple(buckets)))
        for group, place, requests, errors, buckets in region.session.execute(statement, asked)
    ]
