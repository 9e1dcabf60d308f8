"""To which moments a municipality can be taken back, as the runs of the keeper tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from obshto.ops.backup.store import place_of, to_keep
from obshto.ops.models import BackupRun, Run
from obshto.platform.unit_of_work import UnitOfWork

FOLDER = Path("$BACKUP_DIR")  # the web process does not see it: the shell of the server does


@dataclass(frozen=True, slots=True)
class RestorePoint:
    """A backup that the rule keeps, and the last time that it was restored to prove it."""

    taken: BackupRun
    rehearsed: BackupRun | None

    @property
    def command(self) -> str:
        """What restores it beside the living municipality."""
        slug = self.taken.municipality
        return f'obshto backup restore {slug} "{place_of(FOLDER, slug, self.taken.taken_at)}"'


def restore_points_of(region: UnitOfWork, slug: str) -> list[RestorePoint]:
    """The newest first; two reads. A file that was removed by hand is not known here."""
    of_one = select(BackupRun).where(BackupRun.municipality == slug)
    taken = of_one.where(BackupRun.kind == Run.TAKEN, BackupRun.is_good)
    by_moment = {run.taken_at: run for run in region.session.scalars(taken)}
    rehearsed = of_one.where(BackupRun.kind == Run.REHEARSED).order_by(BackupRun.at)
    proven: dict[datetime, BackupRun] = {
        run.taken_at: run for run in region.session.scalars(rehearsed)
    }
    kept = sorted(to_keep(by_moment), reverse=True)
    return [RestorePoint(by_moment[moment], proven.get(moment)) for moment in kept]
