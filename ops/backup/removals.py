"""Removals outside the municipalities' tables: written down by the keeper, read by the calendar.

Copies, what a restore replaced, measures of the server: each run leaves how much went, a hash of
the names of it, and, of copies, which are left. No name is of a person.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from obshto.ops.backup.store import Kept, to_keep
from obshto.ops.models import Beside, RemovalRun, Restoration
from obshto.platform.db.base import new_id
from obshto.platform.db.session import shared_session
from obshto.platform.modularity.retention_rules import OutsideRun

MOST = 50  # runs that are told
EVERYWHERE = ""  # of the server as a whole
NIGHT = timedelta(minutes=30)  # after midnight (UTC), when copies are taken


class Removed(StrEnum):
    """What was removed."""

    BACKUPS = "backups"
    REPLACED = "replaced"
    MEASURES = "measures"


def note_removal(
    connection: Connection,
    kind: Removed,
    names: Iterable[str],
    *,
    at: datetime,
    took: int | None = None,
    municipality: str = EVERYWHERE,
    kept: Sequence[datetime] = (),
) -> None:
    """Write a run down, also one that removed nothing: that it ran is asked for, too."""
    lines = sorted(names)
    row = {
        "id": new_id(),
        "at": at,
        "municipality": municipality,
        "kind": kind,
        "took": len(lines) if took is None else took,
        "digest": hashlib.sha256("\n".join(lines).encode()).digest() if lines else None,
        "kept": list(kept),
    }
    connection.execute(insert(RemovalRun).values(row))


def note_swept(
    connection: Connection, before: Sequence[Kept], after: Sequence[Kept], *, at: datetime
) -> None:
    """One run for each municipality whose copies were looked at."""
    left = {one.path for one in after}
    for slug in sorted({one.slug for one in before}):
        gone = [one for one in before if one.slug == slug and one.path not in left]
        names = (f"{slug}/{one.path.name}" for one in gone)
        kept = [one.taken_at for one in after if one.slug == slug]
        note_removal(connection, Removed.BACKUPS, names, at=at, municipality=slug, kept=kept)


@dataclass(frozen=True, slots=True)
class RecordedKeeper:
    """Port `OutsideKeeper`: what the keeper wrote down of one kind."""

    kind: Removed

    def runs(self, slug: str) -> Sequence[OutsideRun]:
        """Of this municipality and of the server as a whole, the newest first."""
        own = RemovalRun.kind == self.kind, RemovalRun.municipality.in_((slug, EVERYWHERE))
        rows = select(RemovalRun).where(*own).order_by(RemovalRun.at.desc(), RemovalRun.id)
        with shared_session() as shared:
            return [
                OutsideRun(at=row.at, took=row.took, digest=row.digest.hex() if row.digest else "")
                for row in shared.scalars(rows.limit(MOST))
            ]

    def due(self, slug: str, now: datetime) -> int | None:
        """How many go at the next run; None where that is not known before."""
        if self.kind == Removed.REPLACED:
            return _replaced_due(slug, now)
        return _copies_due(slug, now) if self.kind == Removed.BACKUPS else None


def _copies_due(slug: str, now: datetime) -> int | None:
    last = select(RemovalRun.kept).where(
        RemovalRun.kind == Removed.BACKUPS, RemovalRun.municipality == slug
    )
    with shared_session() as shared:
        kept = shared.scalar(last.order_by(RemovalRun.at.desc()).limit(1))
    if kept is None:
        return None
    tonight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + NIGHT
    tonight += timedelta(days=1) if tonight <= now else timedelta()
    return len(set(kept) - to_keep([*kept, tonight]))


def _replaced_due(slug: str, now: datetime) -> int:
    rows = select(func.count()).where(
        Restoration.municipality == slug,
        Restoration.kept.is_not(None),
        Restoration.state != Beside.GONE,
        Restoration.keep_until < now + timedelta(days=1),
    )
    with shared_session() as shared:
        return shared.scalar(rows) or 0
