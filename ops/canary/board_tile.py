"""The tile of the board: how many leaks in how many probes, how long ago, and what is not seen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from obshto.ops.canary.models import Look
from obshto.platform.unit_of_work import UnitOfWork

OLD = timedelta(hours=3)  # three times the interval of looks


@dataclass(frozen=True, slots=True)
class Tile:
    """Of all municipalities together; `unseen` are parts that could leak unnoticed somewhere."""

    leaks: tuple[tuple[str, str], ...]  # where it was found, at which address
    probes: int
    minutes: int | None  # since the oldest of the last looks; None before the first
    unseen: tuple[str, ...]
    silent: tuple[str, ...]  # municipalities without a look of late

    @property
    def colour(self) -> str:
        if self.leaks:
            return "red"
        return "yellow" if self.unseen or self.silent or not self.probes else "green"


def tile(region: UnitOfWork, everyone: Collection[str]) -> Tile:
    """Out of one read."""
    rows = [row for row in region.session.scalars(select(Look)) if row.municipality in everyone]
    oldest: datetime | None = min((row.at for row in rows), default=None)
    fresh = {row.municipality for row in rows if region.now - row.at < OLD}
    return Tile(
        leaks=tuple((row.municipality, leak["address"]) for row in rows for leak in row.leaks),
        probes=sum(row.probes for row in rows),
        minutes=int((region.now - oldest).total_seconds()) // 60 if oldest else None,
        unseen=tuple(sorted({part for row in rows for part in (*row.blind, *row.unplanted)})),
        silent=tuple(slug for slug in everyone if slug not in fresh),
    )
