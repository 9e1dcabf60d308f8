"""Regional rows: what a municipality tells of its own things in a table of the region.

The table's key is the municipality and the thing's id. A municipality writes and deletes its own
rows alone; they are read together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, all_, bindparam, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from obshto.platform.db.base import SharedModel

MUNICIPALITY = "municipality"
Rows = Sequence[Mapping[str, Any]]


def put_rows(session: Session, model: type[SharedModel], rows: Rows) -> None:
    """Each as it is now, whether it was there before or not. One statement."""
    if rows:
        put = insert(model)
        keys = [column.name for column in model.__table__.primary_key]
        changed = {name: put.excluded[name] for name in rows[0] if name not in keys}
        told = put.on_conflict_do_update(index_elements=keys, set_=changed)
        session.execute(told, [dict(row) for row in rows])


def replace_rows(
    session: Session, model: type[SharedModel], municipality: str, batches: Iterable[Rows]
) -> None:
    """These and no others of that municipality, however many: memory holds a batch and all ids."""
    [key] = [column for column in model.__table__.primary_key if column.name != MUNICIPALITY]
    kept: list[UUID] = []
    for rows in batches:
        put_rows(session, model, rows)
        kept += [row[key.name] for row in rows]
    # One parameter, however long: a statement has room for some 65,000.
    others = key != all_(bindparam("kept", kept, ARRAY(Uuid)))
    own = model.__table__.c[MUNICIPALITY] == municipality
    session.execute(delete(model).where(own, others))
