"""The living municipality and a restored one, table by table: what a swap would bring and take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from obshto.ops.backup.dump import Rows, Table, spell_alike, tables_of
from obshto.ops.backup.load import driver_of
from obshto.ops.backup.rehearsal import Stage, hash_of
from obshto.platform.scope import schema_of

# The keys of one are read first: on a cluster the two may lie on different machines, and Citus
# joins no tables of two schemas.
ONLY = (
    "WITH b AS MATERIALIZED (SELECT {keys} FROM {other})"
    " SELECT count(*) FROM {table} a WHERE NOT EXISTS (SELECT FROM b WHERE {pairs})"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A table here (living) and there (restored): how many rows, None where it does not stand.

    `gone` rows stand in the restored one alone, `newer` ones in the living one alone: a swap brings
    the former back and takes the latter away. Both are 0 where only what stands in rows differs.
    """

    table: str
    here: int | None
    there: int | None
    is_same: bool
    stays: bool  # a swap leaves it as it is here
    gone: int = 0
    newer: int = 0


def compare(stage: Stage, slug: str, schema: str) -> list[Difference]:
    """Both municipalities in one snapshot."""
    with stage.engine.connect() as connection, connection.begin():
        rows = driver_of(connection)
        rows.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        spell_alike(rows)
        living, restored = (
            {table.name: table for table in tables_of(rows, where)}
            for where in (schema_of(slug), schema)
        )
        return [
            _difference(stage, rows, living.get(name), restored.get(name))
            for name in sorted(living.keys() | restored.keys())
        ]


def _difference(stage: Stage, rows: Rows, here: Table | None, there: Table | None) -> Difference:
    stands = here or there
    assert stands
    found: Mapping[str, tuple[int, Any]] = {
        side: hash_of(rows, table)
        for side, table in (("here", here), ("there", there))
        if table is not None
    }
    is_same = found.get("here") == found.get("there")
    gone, newer = (0, 0) if is_same or not (here and there) else _apart(rows, here, there)
    return Difference(
        table=stands.name,
        here=found["here"][0] if here else None,
        there=found["there"][0] if there else None,
        is_same=is_same,
        stays=stands.name in stage.stays,
        gone=gone,
        newer=newer,
    )


def _apart(rows: Rows, here: Table, there: Table) -> tuple[int, int]:
    """Rows of the restored one whose key the living one has not, then the other way."""
    if not here.key or here.key != there.key:
        return 0, 0
    names = [sql.Identifier(name) for name in here.key]
    pairs = sql.SQL(" AND ").join(sql.SQL("a.{0} = b.{0}").format(name) for name in names)
    counted = []
    for first, second in ((there, here), (here, there)):
        table, other = (sql.Identifier(one.schema, one.name) for one in (first, second))
        keys = sql.SQL(", ").join(names)
        asked = sql.SQL(ONLY).format(keys=keys, other=other, table=table, pairs=pairs)
        [(number,)] = rows.execute(asked)
        counted.append(number)
    return counted[0], counted[1]
