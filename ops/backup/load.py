"""Fill an empty schema from a backup, at the revisions that it was taken at, then bring it up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import Connection

from obshto.ops.backup.archive import BROKEN, Archive
from obshto.ops.backup.dump import Rows, Table, listed, tables_of
from obshto.ops.backup.errors import BadBackup, TooNew
from obshto.ops.backup.manifest import ArchiveEntry, Manifest
from obshto.ops.backup.steps import Step, Tell, quietly
from obshto.platform.db.migrations import Chain, upgrade

# A table after those that its foreign keys point at; a key to its own table is checked at the end.
POINTS_AT = """
SELECT c.relname, f.relname FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
WHERE k.contype = 'f' AND k.connamespace = %s::regnamespace AND c.oid <> f.oid
"""


def fill(
    connection: Connection, schema: str, archive: Archive, chain: Chain, tell: Tell = quietly
) -> None:
    """Make the tables as they were and put the rows in, in the caller's transaction.

    The schema is there and empty. Raises TooNew, BadBackup: then the caller rolls back.
    """
    check_known(archive.manifest, chain)
    for revision in archive.manifest.revisions:
        upgrade(connection, schema, chain, to=revision)
    rows = driver_of(connection)
    rows.execute("SET LOCAL statement_timeout = 0")  # of migrations; a large table takes longer
    tables = {table.name: table for table in tables_of(rows, schema)}
    if strange := {entry.table for entry in archive.manifest.own} ^ set(tables):
        raise BadBackup(f"The backup and its migrations disagree about {sorted(strange)[0]!r}.")
    with triggers_off(rows, list(tables.values())):
        truncate(rows, list(tables.values()))  # what a migration wrote is in the backup, too
        whole, done = sum(entry.size for entry in archive.manifest.own), 0
        for entry in in_order(rows, schema, archive.manifest.own):
            for size in _copied_in(rows, tables[entry.table], entry, archive):
                done += size
                tell(Step.FILL, done, whole)
    set_sequences(rows, schema, archive.manifest)


def set_sequences(rows: Rows, schema: str, manifest: Manifest) -> None:
    """Each sequence goes on where it was."""
    for name, last in manifest.sequences.items():
        whole = sql.Identifier(schema, name).as_string(rows)
        rows.execute("SELECT setval(%s::regclass, %s)", (whole, last))


def check_known(manifest: Manifest, chain: Chain) -> None:
    """Raises TooNew when a migration of the backup is not one of ours."""
    ours = {script.revision for script in chain.scripts.walk_revisions()}
    if unknown := sorted(set(manifest.revisions) - ours):
        raise TooNew(
            f"The backup knows the migration {unknown[0][:80]!r}, which this release does not have:"
            " install the release that wrote it, or a later one."
        )


def driver_of(connection: Connection) -> Rows:
    """The driver's own connection below SQLAlchemy's, in the same transaction."""
    driver: Any = connection.connection.driver_connection
    return driver  # type: ignore[no-any-return]  # a pool may hold any driver


def put_rows(
    rows: Rows,
    archive: Archive,
    path: str,
    *,
    of: tuple[str | None, str] = (None, ""),
    change: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> int:
    """Insert the region's rows of an entry, each through `change`; how many came.

    Rows that are there already stay. Columns that this release does not know are left out, those
    that it added get their defaults. `of` names a column and the one value that it may have.
    Raises BadBackup for another's row.
    """
    entry = archive.manifest.of(path)
    if entry is None:
        return 0
    insert = _insert(rows, entry)
    column, owner = of
    came = 0
    for row in archive.rows(entry):
        if column and row.get(column) != owner:
            raise BadBackup(f"{archive.path} brings rows of another municipality.")
        came += rows.execute(insert, (Jsonb(change(row)),)).rowcount
    return came


def _insert(rows: Rows, entry: ArchiveEntry) -> sql.Composed:
    [table] = [one for one in tables_of(rows, "shared") if one.name == entry.table]
    columns = [column for column in table.columns if column in entry.columns]
    return sql.SQL(
        "INSERT INTO {0} ({1}) OVERRIDING SYSTEM VALUE"
        " SELECT {1} FROM jsonb_populate_record(NULL::{0}, %s)"
        " ON CONFLICT DO NOTHING"
    ).format(_name(table), listed(columns))


def _copied_in(rows: Rows, table: Table, entry: ArchiveEntry, archive: Archive) -> Iterator[int]:
    """Bytes, as they go."""
    order = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, HEADER match)")
    try:
        with rows.cursor() as cursor:
            with cursor.copy(order.format(_name(table), listed(entry.columns))) as copy:
                for piece in archive.pieces(entry):
                    copy.write(piece)
                    yield len(piece)
            came = cursor.rowcount
    except (psycopg.DataError, psycopg.errors.UndefinedColumn, psycopg.IntegrityError) as error:
        raise BadBackup(f"{BROKEN.format(path=archive.path)} ({entry.table})") from error
    if came != entry.rows:
        raise BadBackup(BROKEN.format(path=archive.path))


def in_order(rows: Rows, schema: str, entries: Sequence[ArchiveEntry]) -> list[ArchiveEntry]:
    """The tables after those that their foreign keys point at."""
    by_name = {entry.table: entry for entry in entries}
    return [by_name[name] for name in names_in_order(rows, schema, list(by_name))]


def names_in_order(rows: Rows, schema: str, names: Sequence[str]) -> list[str]:
    """The same of their names."""
    points_at: dict[str, set[str]] = {}
    for table, other in rows.execute(POINTS_AT, (f'"{schema}"',)):
        points_at.setdefault(table, set()).add(other)
    ordered: list[str] = []
    waiting = list(names)
    while waiting:
        ready = [name for name in waiting if not points_at.get(name, set()) & set(waiting)]
        ordered += ready or waiting  # tables that point at each other: their keys must be deferred
        waiting = [name for name in waiting if name not in ordered]
    return ordered


@contextmanager
def triggers_off(rows: Rows, tables: Sequence[Table]) -> Iterator[None]:
    """Triggers have done their work when the rows were first written: the log keeps its chain."""
    alter = sql.SQL("ALTER TABLE {} {} TRIGGER USER")
    for table in tables:
        rows.execute(alter.format(_name(table), sql.SQL("DISABLE")))
    yield
    for table in tables:
        rows.execute(alter.format(_name(table), sql.SQL("ENABLE")))


def truncate(rows: Rows, tables: Sequence[Table]) -> None:
    """All of them at once, because some point at each other."""
    names = sql.SQL(", ").join(map(_name, tables))
    rows.execute(sql.SQL("TRUNCATE {}").format(names))


def _name(table: Table) -> sql.Identifier:
    return sql.Identifier(table.schema, table.name)
