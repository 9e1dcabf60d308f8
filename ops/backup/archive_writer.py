"""Write one backup: a zip of tables, a manifest of what is in it, a seal over the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from psycopg import sql

from obshto.ops.backup.dump import (
    Piece,
    Rows,
    Table,
    csv_of,
    json_of,
    revisions_of,
    sequences_of,
    tables_of,
)
from obshto.ops.backup.manifest import NAME, OWN, REGION, SEAL, SHARED, ArchiveEntry, Manifest
from obshto.platform.keys.master import MasterKeys
from obshto.platform.scope import schema_of

LEVEL = 1  # of zlib: three times quicker than the usual 6, a tenth larger
EPOCH = (1980, 1, 1, 0, 0, 0)  # the zip of the same content is the same
# Nobody is signed in or stepped in after a restore; what is measured is measured anew.
NOT_KEPT = frozenset(
    (
        "session",
        "step_in",
        "sso_attempt",
        "sso_hand_off",
        "reading",
        "request_minute",
        "request_hour",
    )
)

IDS = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'uuid'::regtype
"""

Rewrap = Callable[[Iterable[Piece]], Iterable[Piece]]


def write_municipality(
    connection: Rows,
    file: BinaryIO,
    slug: str,
    *,
    taken_at: datetime,
    keys: MasterKeys,
    salt: str | None = None,
    rewrap: Rewrap = iter,
) -> Manifest:
    """Everything of one municipality out of the snapshot of `connection`, in bounded memory.

    Its schema, its row and places, the people that its rows name, its wrapped data keys. With
    `salt`, `rewrap` has put the keys under `keys`, which come of a passphrase.
    """
    schema = schema_of(slug)
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        entries = [
            _put(archive, OWN, table, csv_of(connection, table))
            for table in tables_of(connection, schema)
        ]
        for table, where, values in _rows_about(connection, slug):
            lines = json_of(connection, table, where, values)
            made = rewrap(lines) if table.name == "tenant_key" else lines
            entries.append(_put(archive, SHARED, table, made))
        manifest = Manifest(
            slug=slug,
            taken_at=taken_at,
            revisions=revisions_of(connection, schema),
            entries=tuple(entries),
            sequences=sequences_of(connection, schema),
            salt=salt,
        )
        _seal(archive, manifest, keys)
    return manifest


def write_region(
    connection: Rows, file: BinaryIO, *, taken_at: datetime, keys: MasterKeys
) -> Manifest:
    """The region's own tables: municipalities, people, keys, the list of acts; no sessions."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        entries = [
            _put(archive, SHARED, table, json_of(connection, table, sql.SQL("true"), ()))
            for table in tables_of(connection, "shared")
            if table.name not in NOT_KEPT
        ]
        manifest = Manifest(
            slug=REGION,
            taken_at=taken_at,
            revisions=revisions_of(connection, "shared"),
            entries=tuple(entries),
            sequences=sequences_of(connection, "shared"),
        )
        _seal(archive, manifest, keys)
    return manifest


def _rows_about(
    connection: Rows, slug: str
) -> Iterator[tuple[Table, sql.Composable, tuple[object, ...]]]:
    """The region's rows that a municipality takes along."""
    shared = {table.name: table for table in tables_of(connection, "shared")}
    yield shared["tenant"], sql.SQL("slug = %s"), (slug,)
    yield shared["settlement"], sql.SQL("municipality = %s"), (slug,)
    yield shared["emblem"], sql.SQL("municipality = %s"), (slug,)
    yield shared["person"], sql.SQL("id = ANY(%s)"), (list(_people(connection, slug)),)
    yield shared["tenant_key"], sql.SQL("slug = %s"), (slug,)


def _people(connection: Rows, slug: str) -> set[object]:
    """Whom the rows of a municipality name, in whatever column: no two things share an id."""
    found: set[object] = set()
    schema = schema_of(slug)
    for table, column in connection.execute(IDS, (f'"{schema}"',)).fetchall():
        asked = sql.SQL("SELECT id FROM shared.person WHERE id IN (SELECT {} FROM {}.{})").format(
            *map(sql.Identifier, (column, schema, table))
        )
        found |= {person for (person,) in connection.execute(asked)}
    return found


def _put(archive: ZipFile, folder: str, table: Table, pieces: Iterable[Piece]) -> ArchiveEntry:
    suffix = "csv" if folder == OWN else "jsonl"
    path = f"{folder}/{table.name}.{suffix}"
    digest, size, rows = hashlib.sha256(), 0, 0
    with archive.open(_named(path), "w", force_zip64=True) as file:
        for more, piece in pieces:
            digest.update(piece)
            size += len(piece)
            rows += more
            file.write(piece)
    return ArchiveEntry(
        path=path, columns=table.columns, rows=rows, size=size, sha256=digest.hexdigest()
    )


def _seal(archive: ZipFile, manifest: Manifest, keys: MasterKeys) -> None:
    written = manifest.written()
    archive.writestr(_named(NAME), written)
    archive.writestr(_named(SEAL), keys.sign(written))


def _named(path: str) -> ZipInfo:
    info = ZipInfo(path, EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info
