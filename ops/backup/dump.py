"""Read tables out of one snapshot, as a stream whose hash tells whether two are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

CHUNK = 256 * 1024  # bytes at a time, whatever the size of the table
# What decides how values are spelled: the same row must give the same bytes everywhere.
SPELLING = {
    "DateStyle": "ISO, YMD",
    "TimeZone": "UTC",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "client_encoding": "UTF8",
}
TABLES = """
SELECT c.relname,
       array_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.attgenerated = ''),
       coalesce((SELECT array_agg(k.attname ORDER BY array_position(i.indkey::int2[], k.attnum))
                 FROM pg_index i
                 JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY(i.indkey)
                 WHERE i.indrelid = c.oid AND i.indisprimary), '{}')
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND c.relname <> 'alembic_version'
GROUP BY c.oid, c.relname ORDER BY c.relname
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = %s"

Rows = psycopg.Connection[Any]
Piece = tuple[int, bytes]  # how many rows, the rows


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the catalogue has it; columns that compute themselves are left out."""

    schema: str
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def as_csv(self, columns: Sequence[str] = ()) -> sql.Composed:
        """COPY of all rows in the order of their key, with a line of names first."""
        chosen = tuple(columns) or self.columns
        rows = sql.SQL("SELECT {} FROM {}.{} ORDER BY {}").format(
            listed(chosen),
            *map(sql.Identifier, (self.schema, self.name)),
            listed(self.key or chosen),
        )
        return sql.SQL("COPY ({}) TO STDOUT (FORMAT csv, HEADER)").format(rows)


@contextmanager
def snapshot(conninfo: str) -> Iterator[Rows]:
    """One moment for everything read inside: repeatable read, read only. Nobody is held up."""
    with psycopg.connect(conninfo) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.transaction():
            spell_alike(connection)
            yield connection


def spell_alike(connection: Rows) -> None:
    """Until the end of the transaction values are spelled as in every backup."""
    for name, value in SPELLING.items():
        connection.execute(
            sql.SQL("SET LOCAL {} = {}").format(sql.Identifier(name), sql.Literal(value))
        )


def tables_of(connection: Rows, schema: str) -> list[Table]:
    """All tables of a schema by name, without the list of migrations that have run."""
    found = connection.execute(TABLES, (f'"{schema}"',)).fetchall()
    return [Table(schema, name, tuple(columns), tuple(key)) for name, columns, key in found]


def sequences_of(connection: Rows, schema: str) -> dict[str, int]:
    """The last value of each sequence that was used."""
    found = connection.execute(SEQUENCES, (schema,)).fetchall()
    return {name: last for name, last in found if last is not None}


def revisions_of(connection: Rows, schema: str) -> tuple[str, ...]:
    """The heads of the migrations that have run in a schema."""
    asked = sql.SQL("SELECT version_num FROM {}.alembic_version ORDER BY 1")
    found = connection.execute(asked.format(sql.Identifier(schema))).fetchall()
    return tuple(head for (head,) in found)


def csv_of(connection: Rows, table: Table, columns: Sequence[str] = ()) -> Iterator[Piece]:
    """The table as CSV (RFC 4180; an empty value is NULL, a quoted empty one is text)."""
    with connection.cursor() as cursor, cursor.copy(table.as_csv(columns)) as copy:
        # The server sends each row in a message of its own, the line of names before them.
        yield from in_chunks((bytes(line) for line in copy), begin=-1)


def json_of(
    connection: Rows, table: Table, where: sql.Composable, values: Sequence[Any]
) -> Iterator[Piece]:
    """Rows of a table of the region, one JSON object a line, in the order of their key."""
    asked = sql.SQL("SELECT to_jsonb(t)::text FROM {}.{} t WHERE {} ORDER BY {}").format(
        *map(sql.Identifier, (table.schema, table.name)), where, listed(table.key or table.columns)
    )
    with connection.cursor(name="lines") as cursor:
        cursor.itersize = 500
        cursor.execute(asked, values)
        yield from in_chunks(line.encode() + b"\n" for (line,) in cursor)


def listed(names: Sequence[str]) -> sql.Composed:
    """Names with commas."""
    return sql.SQL(", ").join(map(sql.Identifier, names))


def in_chunks(lines: Iterable[bytes], *, begin: int = 0) -> Iterator[Piece]:
    """The same bytes in fewer pieces: a row is too small to be handed around alone."""
    waiting: list[bytes] = []
    rows, size = begin, 0
    for line in lines:
        waiting.append(line)
        rows += 1
        size += len(line)
        if size >= CHUNK:
            yield rows, b"".join(waiting)
            waiting, rows, size = [], 0, 0
    if waiting:
        yield rows, b"".join(waiting)
