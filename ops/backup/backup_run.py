"""Take backups: of all municipalities and the region in one moment, each a file that is whole."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from obshto.ops.backup.archive import opened
from obshto.ops.backup.archive_writer import write_municipality, write_region
from obshto.ops.backup.dump import Rows, snapshot
from obshto.ops.backup.errors import TROUBLES, BackupRefused, told
from obshto.ops.backup.manifest import REGION, Manifest
from obshto.ops.backup.store import check_room, place_of, written_whole
from obshto.ops.models import BackupRun, Run
from obshto.platform.clock import now
from obshto.platform.keys.master import MasterKeys
from obshto.platform.scope import schema_of

SIZE = """
SELECT coalesce(sum(pg_table_size(oid)), 0)::bigint FROM pg_class
WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p')
"""
logger = logging.getLogger(__name__)

Note = Callable[[BackupRun], None]


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where backups are taken from, where they go, and what seals them."""

    conninfo: str  # of the login that only reads
    folder: Path
    keys: MasterKeys
    note: Note  # tells the board


def take_all(keeping: Keeping, slugs: Iterable[str] = ()) -> list[Path]:
    """Each municipality that is named, or all of them and the region, out of one snapshot.

    One that cannot be had is noted and passed over, so that the others have their backup; the last
    trouble is raised at the end.
    """
    taken, trouble = [], None
    wanted = set(slugs)
    taken_at = now().replace(microsecond=0)  # nothing of a later moment is missed
    with snapshot(keeping.conninfo) as connection:
        known = [
            slug for (slug,) in connection.execute("SELECT slug FROM shared.tenant ORDER BY 1")
        ]
        if unknown := wanted - set(known):
            raise BackupRefused(f"There is no municipality {sorted(unknown)[0]}.")
        for slug in [one for one in known if one in wanted or not wanted] + [REGION] * (not wanted):
            try:
                taken.append(_take(keeping, connection, slug, taken_at))
            except TROUBLES as error:
                trouble = error
    if trouble:
        raise BackupRefused(f"Not every backup was taken: {told(trouble)}") from trouble
    return taken


def _take(keeping: Keeping, connection: Rows, slug: str, taken_at: datetime) -> Path:
    began = time.monotonic()
    path = place_of(keeping.folder, slug, taken_at)
    manifest, trouble = None, ""
    try:
        with connection.transaction():  # a savepoint: the snapshot outlives what fails inside
            _check_room(keeping, connection, slug)
            with written_whole(path) as file:
                if slug == REGION:
                    manifest = write_region(connection, file, taken_at=taken_at, keys=keeping.keys)
                else:
                    manifest = write_municipality(
                        connection, file, slug, taken_at=taken_at, keys=keeping.keys
                    )
        read_through(path, keeping.keys)
    except TROUBLES as error:
        trouble = told(error)
        raise
    finally:
        said = trouble or _unsaid(manifest)
        keeping.note(run_of(Run.TAKEN, slug, taken_at, manifest, began=began, trouble=said))
    return path


def _check_room(keeping: Keeping, connection: Rows, slug: str) -> None:
    schema = "shared" if slug == REGION else schema_of(slug)
    [(size,)] = connection.execute(SIZE, (f'"{schema}"',))
    check_room(keeping.folder, int(size))


def read_through(path: Path, keys: MasterKeys) -> Manifest:
    """What was written can be read again, to the last byte. Raises BadBackup."""
    with opened(path) as archive:
        archive.check_seal(keys)
        for entry in archive.manifest.entries:
            for _ in archive.pieces(entry):
                pass
        return archive.manifest


def run_of(
    kind: Run,
    slug: str,
    taken_at: datetime,
    manifest: Manifest | None,
    *,
    began: float,
    trouble: str,
) -> BackupRun:
    """The row for the board; `began` is a reading of the monotonic clock."""
    return BackupRun(
        at=now(),
        municipality=slug,
        kind=kind,
        taken_at=taken_at,
        is_good=not trouble,
        trouble=trouble[:500],
        rows=manifest.rows if manifest else 0,
        size=manifest.size if manifest else 0,
        ms=round((time.monotonic() - began) * 1000),
    )


def _unsaid(manifest: Manifest | None) -> str:
    """An error of another kind went by; its text may hold a value, so it is not repeated."""
    return "" if manifest else "interrupted"
