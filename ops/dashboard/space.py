"""Disk space as a trend: what is free now, and in how many days it is used up at this pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import select

from obshto.ops.backup.manifest import REGION
from obshto.ops.disks import FREE, SIZE
from obshto.ops.models import Reading
from obshto.platform.unit_of_work import UnitOfWork

_ = lazy_gettext
TREND = timedelta(days=14)
SHORTEST = 3  # days between the first and the last reading, below which no pace is told
STALE = timedelta(days=1)
NAMES = {"database": _("База данни"), "media": _("Видеа"), "backups": _("Резервни копия")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Bytes; `days_left` is None while it does not fill, or while that is not known yet."""

    name: str
    free: int
    size: int
    days_left: int | None

    @property
    def title(self) -> str:
        return str(NAMES.get(self.name, self.name))

    @property
    def share(self) -> float:
        return self.free / self.size if self.size else 1.0


def disks_read(region: UnitOfWork) -> list[Disk]:
    """Those that were read within a day, in one read of the readings of two weeks."""
    asked = (
        select(Reading)
        .where(Reading.municipality == REGION, Reading.word.startswith("disk."))
        .where(Reading.day >= (region.now - TREND).date())
        .order_by(Reading.day)
    )
    rows: dict[str, list[Reading]] = {}
    for row in region.session.scalars(asked):
        rows.setdefault(row.word, []).append(row)
    return [
        Disk(
            name=word.removeprefix(FREE),
            free=read[-1].number,
            size=rows[word.replace(FREE, SIZE, 1)][-1].number,
            days_left=_days_left(read),
        )
        for word, read in rows.items()
        if word.startswith(FREE) and region.now - read[-1].at < STALE
    ]


def _days_left(read: list[Reading]) -> int | None:
    days = (read[-1].day - read[0].day).days
    used = read[0].number - read[-1].number
    if days < SHORTEST or used <= 0:
        return None
    return read[-1].number * days // used
