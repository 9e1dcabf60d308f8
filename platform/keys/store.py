"""Where the ring finds its wrapped keys: the region's table."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.platform.keys.key_cache import KeyCache
from obshto.platform.keys.models import TenantKey


def load_keys(slug: str) -> Mapping[int, bytes]:
    """What `KeyCache` asks for: all keys of a slug, in a transaction of its own.

    Retired ones too: what was sealed under them must still open.
    """
    with shared_session() as shared:
        rows = shared.execute(select(TenantKey.kid, TenantKey.wrapped).filter_by(slug=slug))
        return {row.kid: row.wrapped for row in rows}


def give_key(connection: Connection, ring: KeyCache, slug: str) -> None:
    """The first data key of a municipality that joins, written by the migrator."""
    kid, wrapped = ring.create(slug)
    row = {"slug": slug, "kid": kid, "wrapped": wrapped, "created_at": now()}
    connection.execute(insert(TenantKey).values(**row))
