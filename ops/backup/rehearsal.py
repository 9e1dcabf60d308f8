"""Prove a backup: restore it, compare every table's hash, bring it up to date, leave no trace."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, Engine

from obshto.ops.backup.archive import Archive, opened
from obshto.ops.backup.backup_run import Note, read_through, run_of
from obshto.ops.backup.dump import Rows, Table, csv_of, spell_alike, tables_of
from obshto.ops.backup.errors import TROUBLES, BadBackup, told
from obshto.ops.backup.keys import check_keys
from obshto.ops.backup.load import driver_of, fill
from obshto.ops.backup.manifest import REGION, Manifest
from obshto.ops.backup.store import Kept
from obshto.ops.models import Run
from obshto.platform.db.migrations import Chain, upgrade
from obshto.platform.keys.master import MasterKeys
from obshto.platform.scope import schema_of
from obshto.tenants.municipalities.provision import open_schema


@dataclass(frozen=True, slots=True)
class Stage:
    """Where restoring takes place: the owner's engine, the migrations, the master keys.

    `stays` are the tables whose rows a restore leaves as they are: the log, the money, the numbers
    that were given.
    """

    engine: Engine
    chain: Chain
    keys: MasterKeys
    stays: frozenset[str]


def rehearse(stage: Stage, path: Path) -> Manifest:
    """Restore into a scratch schema and compare, all in a transaction that is taken back.

    Even a kill -9 leaves nothing behind. The region's file is read to the end instead: its rows go
    into an empty database alone. Raises BadBackup, TooNew, BadMasterKeys.
    """
    with opened(path) as archive:
        archive.check_seal(stage.keys)
        if archive.manifest.slug == REGION:
            return read_through(path, stage.keys)
        check_keys(archive, stage.keys)
        with stage.engine.connect() as connection:
            transaction = connection.begin()
            try:
                _play(stage, connection, archive)
            finally:
                transaction.rollback()
        return archive.manifest


def rehearse_and_note(stage: Stage, backup: Kept, note: Note) -> bool:
    """The same for the board: what came of it stands there, good or not."""
    began, manifest, trouble = time.monotonic(), None, ""
    try:
        manifest = rehearse(stage, backup.path)
    except TROUBLES as error:
        trouble = told(error)
    taken_at = backup.taken_at
    note(run_of(Run.REHEARSED, backup.slug, taken_at, manifest, began=began, trouble=trouble))
    return not trouble


def hash_of(rows: Rows, table: Table, columns: tuple[str, ...] = ()) -> tuple[int, str]:
    """How many rows a table has, and the hash of them all."""
    digest, number = hashlib.sha256(), 0
    for more, piece in csv_of(rows, table, columns):
        digest.update(piece)
        number += more
    return number, digest.hexdigest()


def _play(stage: Stage, connection: Connection, archive: Archive) -> None:
    manifest = archive.manifest
    schema = f"r_{schema_of(manifest.slug)[2:]}_{token_hex(4)}"
    open_schema(connection, schema)
    fill(connection, schema, archive, stage.chain)
    rows = driver_of(connection)
    spell_alike(rows)
    restored = {table.name: table for table in tables_of(rows, schema)}
    for entry in manifest.own:
        found = hash_of(rows, restored[entry.table], entry.columns)
        if found != (entry.rows, entry.sha256):
            raise BadBackup(f"{entry.table} is not the same once restored from {archive.path}.")
    upgrade(connection, schema, stage.chain)
