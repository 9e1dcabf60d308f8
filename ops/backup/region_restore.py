"""The whole region out of its backups, into a database that has nothing but tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from psycopg import sql
from sqlalchemy import inspect, text

from obshto.ops.backup.archive import opened
from obshto.ops.backup.dump import Rows, Table, tables_of
from obshto.ops.backup.errors import TROUBLES, BackupRefused, told
from obshto.ops.backup.keys import check_keys
from obshto.ops.backup.load import (
    check_known,
    driver_of,
    in_order,
    put_rows,
    set_sequences,
    triggers_off,
)
from obshto.ops.backup.manifest import REGION
from obshto.ops.backup.rehearsal import Stage
from obshto.ops.backup.store import Kept, kept
from obshto.ops.backup.transfer import settle
from obshto.platform.db.migrations import Chain
from obshto.platform.scope import schema_of
from obshto.platform.search.services import ask_to_renew
from obshto.tenants.municipalities.provision import bring_up_to_date

LOG = "audit_entry"  # each of its rows is linked to the one before


def rebuild_region(stage: Stage, shared: Chain, folder: Path) -> list[str]:
    """The newest backup of the region, then the newest of each municipality that it names.

    Gives the slugs that came. People must sign in anew. Each municipality is a transaction of its
    own; one that fails is passed over, all troubles are raised at the end, and a second run takes
    only what is not there yet. Raises BackupRefused.
    """
    newest = {one.slug: one for one in sorted(kept(folder))}
    if REGION not in newest:
        raise BackupRefused(f"There is no backup of the region in {folder}: set BACKUP_DIR.")
    waiting = _waiting(stage)
    if waiting is None:
        _put_region(stage, shared, newest[REGION])
        waiting = _waiting(stage) or []
    elif not waiting:
        raise BackupRefused(
            "There are municipalities here already, each with its tables: nothing was changed. A"
            " region is rebuilt in an empty database (`obshto db prepare`, `obshto migrate`)."
        )
    troubles = []
    for slug in waiting:
        try:
            _settle(stage, _of(newest, slug, folder))
        except TROUBLES as error:
            troubles.append(f"{slug}: {told(error)}")
    if troubles:
        raise BackupRefused(
            f"{len(waiting) - len(troubles)} of {len(waiting)} are back. Move the files of the"
            " others away, so that those before them are taken, and repeat the command.\n"
            + "\n".join(troubles)
        )
    return waiting


def _waiting(stage: Stage) -> list[str] | None:
    """Municipalities of the region whose tables are not there; None where there is no region."""
    with stage.engine.connect() as connection:
        slugs = connection.scalars(text("SELECT slug FROM shared.tenant ORDER BY 1")).all()
        there = set(inspect(connection).get_schema_names())
    return [slug for slug in slugs if schema_of(slug) not in there] if slugs else None


def _of(newest: Mapping[str, Kept], slug: str, folder: Path) -> Kept:
    if slug not in newest:
        raise BackupRefused(f"there is no backup of it in {folder}")
    return newest[slug]


def _put_region(stage: Stage, shared: Chain, backup: Kept) -> None:
    with opened(backup.path) as archive, stage.engine.begin() as connection:
        archive.check_seal(stage.keys)
        check_known(archive.manifest, shared)
        rows = driver_of(connection)
        here = {table.name: table for table in tables_of(rows, "shared")}
        entries = in_order(rows, "shared", archive.manifest.entries)
        known = [entry for entry in entries if entry.table in here]
        # An older backup lacks columns that only a trigger can fill; where there is a log already,
        # what comes is linked to it anew.
        whole = [
            here[it.table]
            for it in known
            if set(here[it.table].columns) <= set(it.columns)
            and not (it.table == LOG and _has_rows(rows, here[it.table]))
        ]
        with triggers_off(rows, whole):
            for entry in known:
                put_rows(rows, archive, entry.path)
        set_sequences(rows, "shared", archive.manifest)


def _has_rows(rows: Rows, table: Table) -> bool:
    name = sql.Identifier(table.schema, table.name)
    return rows.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(name)).fetchone() is not None


def _settle(stage: Stage, backup: Kept) -> None:
    with opened(backup.path) as archive, stage.engine.begin() as connection:
        archive.check_seal(stage.keys)
        check_keys(archive, stage.keys)
        settle(stage, connection, archive)
        bring_up_to_date(connection, backup.slug, stage.chain)
        ask_to_renew(connection, backup.slug)
