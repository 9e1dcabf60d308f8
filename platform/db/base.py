"""The two kinds of table: of the region (schema shared), and of one municipality (a token)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, LargeBinary, MetaData, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase
from uuid_utils.compat import uuid7

TENANT = "tenant"
# In a table's `info`: columns that this release neither reads nor writes. The one before it still
# serves while a release rolls out, so a migration of the next one drops them.
RETIRED = "retired"
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
# One meaning for each Python type in every table: a moment knows its zone, text has no length.
COLUMN_TYPES: dict[Any, Any] = {
    str: Text(),
    bytes: LargeBinary(),
    datetime: DateTime(timezone=True),
    date: Date(),
    list[str]: ARRAY(Text()),
    list[dict[str, Any]]: JSONB(),
    dict[str, Any]: JSONB(),
    dict[str, str]: JSONB(),
}


class SharedModel(DeclarativeBase):
    """A table of the region, in the schema `shared`."""

    metadata = MetaData(schema="shared", naming_convention=NAMES)


class TenantModel(DeclarativeBase):
    """A table that every municipality has in its own schema.

    `tenant` is a token that the session translates. No such schema exists, so a statement that
    nobody translated fails.
    """

    metadata = MetaData(schema=TENANT, naming_convention=NAMES)


# Not as a class attribute: Flask-SQLAlchemy derives a class of its own, which may not have one.
SharedModel.registry.update_type_annotation_map(COLUMN_TYPES)
TenantModel.registry.update_type_annotation_map(COLUMN_TYPES)


def new_id() -> UUID:
    """A primary key, made here and never by the database: UUIDv7, so that rows lie in time order.

    Not for a vote or anything else whose time must not be told: uuid4 there.
    """
    return uuid7()
