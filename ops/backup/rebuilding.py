"""The whole region out of its backups, into a database that has nothing but tables."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from obshto.ops.backup.dumping import tables_of
from obshto.ops.backup.errors import BackupRefused
from obshto.ops.backup.keys import check_keys
from obshto.ops.backup.leaving import settle
from obshto.ops.backup.loading import check_known, driver_of, in_order, put_rows, set_sequences
from obshto.ops.backup.manifest import REGION
from obshto.ops.backup.reading import opened
from obshto.ops.backup.rehearsal import Stage
from obshto.ops.backup.store import Kept, kept
from obshto.ops.backup.swapping import renew
from obshto.platform.db.migrations import Chain
from obshto.tenants.municipalities.provision import bring_up_to_date


def rebuild_region(stage: Stage, shared: Chain, folder: Path) -> list[str]:
    """The newest backup of the region, then the newest of each municipality that it names.

    People must sign in anew. Each municipality is a transaction of its own; one that fails is
    named by the error and can be taken in again. Raises BackupRefused.
    """
    newest = {one.slug: one for one in sorted(kept(folder))}
    if REGION not in newest:
        raise BackupRefused(f"There is no backup of the region in {folder}: set BACKUP_DIR.")
    _put_region(stage, shared, newest[REGION])
    with stage.engine.connect() as connection:
        slugs = list(connection.scalars(text("SELECT slug FROM shared.tenant ORDER BY 1")))
    missing = [slug for slug in slugs if slug not in newest]
    for slug in slugs:
        if slug in newest:
            _settle(stage, newest[slug])
    if missing:
        raise BackupRefused(f"There is no backup of {', '.join(missing)}; the others are back.")
    return slugs


def _put_region(stage: Stage, shared: Chain, backup: Kept) -> None:
    with opened(backup.path) as archive, stage.engine.begin() as connection:
        archive.check_seal(stage.keys)
        check_known(archive.manifest, shared)
        rows = driver_of(connection)
        if connection.scalar(text("SELECT count(*) FROM shared.tenant")):
            raise BackupRefused(
                "There are municipalities here already: a region is rebuilt in an empty database"
                " (`obshto db prepare`, `obshto migrate`)."
            )
        here = {table.name for table in tables_of(rows, "shared")}
        for entry in in_order(rows, "shared", archive.manifest.entries):
            if entry.table in here:
                put_rows(rows, archive, entry.path)
        set_sequences(rows, "shared", archive.manifest)


def _settle(stage: Stage, backup: Kept) -> None:
    with opened(backup.path) as archive, stage.engine.begin() as connection:
        archive.check_seal(stage.keys)
        check_keys(archive, stage.keys)
        settle(stage, connection, archive)
        bring_up_to_date(connection, backup.slug, stage.chain)
        renew(connection, backup.slug)
