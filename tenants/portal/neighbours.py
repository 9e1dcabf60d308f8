"""What other municipalities published and one may take over: read from the region's register.

A file of theirs is read as any visitor of theirs would: see `visiting`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, any_, or_, select, true

from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.platform.search.models import PublicRow
from obshto.platform.unit_of_work import ANONYMOUS, UnitOfWork, open_uow
from obshto.platform.web.language import SOURCE
from obshto.tenants.municipalities.lookup import find_municipality
from obshto.tenants.municipalities.models import Tenant

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Offered:
    """A published thing of another municipality; `pattern` is as its part writes it."""

    municipality: str
    names: Mapping[str, str]  # of the municipality, by language
    object_id: UUID
    title: str
    published_at: datetime
    pattern: Mapping[str, Any]


def offered_by_neighbours(
    part: str, *, to: str, like: Mapping[str, Any] | None = None, with_ended: bool = False
) -> list[Offered]:
    """The newest that may be taken over, of municipalities where the part is on; `like` is what
    must stand in the pattern; also what is over, where that is asked for. One read."""
    with shared_session() as shared:
        wanted = _offered(part, to, with_ended=with_ended)
        if like:
            wanted = wanted.where(PublicRow.pattern.contains(like))
        newest = wanted.order_by(PublicRow.published_at.desc()).limit(SHOWN)
        return [_read(row) for row in shared.execute(newest)]


def offered_by_a_neighbour(part: str, object_id: UUID, *, to: str) -> Offered | None:
    """One of them; None for what is not, or no more, published there. One read."""
    wanted = _offered(part, to).where(PublicRow.object_id == object_id)
    with shared_session() as shared:
        row = shared.execute(wanted).first()
        return _read(row) if row else None


@contextmanager
def visiting(municipality: str) -> Iterator[UnitOfWork]:
    """A work of nobody known in another municipality: what it may read there, everybody may.

    Only to read what an offer names, and only through what answers visitors too. It takes a second
    connection, so it is for an act of staff, not for a page that many open.
    """
    found = find_municipality(municipality)
    assert found, f"{municipality} has left since its offer was read"
    with open_uow(found.scope(), ANONYMOUS) as theirs:
        yield theirs
        theirs.session.rollback()


def _offered(part: str, to: str, *, with_ended: bool = False) -> Select[PublicRow, dict[str, str]]:
    moment = now()
    rows = select(PublicRow, Tenant.names).join(Tenant, Tenant.slug == PublicRow.municipality)
    still = or_(PublicRow.until.is_(None), PublicRow.until > moment)
    return rows.where(
        PublicRow.part == part,
        PublicRow.language == SOURCE,
        PublicRow.municipality != to,
        PublicRow.pattern.is_not(None),
        PublicRow.published_at <= moment,
        true() if with_ended else still,
        PublicRow.part == any_(Tenant.modules),
    )


def _read(row: Any) -> Offered:
    entry, names = row
    return Offered(
        municipality=entry.municipality,
        names=names,
        object_id=entry.object_id,
        title=entry.title,
        published_at=entry.published_at,
        pattern=entry.pattern,
    )
