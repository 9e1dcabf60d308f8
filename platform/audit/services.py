"""Write facts into the log, read it, prove its chain."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, func, insert, select, text

from obshto.platform.audit.filters import LogFilter, conditions
from obshto.platform.audit.models import AuditEntry, RegionalEntry
from obshto.platform.db.base import new_id
from obshto.platform.db.driver_statements import DriverStatement
from obshto.platform.db.session import shared_session
from obshto.platform.domain_events import DomainEvent
from obshto.platform.unit_of_work import UnitOfWork

PAGE = 20
ALL = LogFilter()
logger = logging.getLogger(__name__)
_NEW_ENTRY = insert(cast(Table, AuditEntry.__table__))
_GIVEN = ("id", "at", "person_id", "person_name", "act", "subject_id", "detail")
_ONE_NEW_ENTRY = DriverStatement(_NEW_ENTRY, *_GIVEN)
_NEW_REGIONAL_ENTRY = insert(cast(Table, RegionalEntry.__table__))

REGIONS = ("shared", "municipality")  # the schema of its log, what an act of it is about
RECENT = 500  # entries whose chain is proved whenever somebody reads the log

# The hash has the same words as in the triggers of the migrations that made the tables.
BROKEN = """
    WITH chain AS (
        SELECT seq, hash, previous, lag(hash) OVER (ORDER BY seq) AS before,
               lag(seq) OVER (ORDER BY seq) AS seq_before,
               sha256(previous || convert_to(concat_ws('|', seq, id,
                   to_char(at AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                   coalesce(person_id::text, ''), person_name, act,
                   coalesce({about}, ''), detail::text), 'UTF8')) AS computed
        FROM {table} WHERE seq > (SELECT coalesce(max(seq), 0) - :last FROM {table})
    )
    SELECT min(seq) FROM chain
    WHERE hash <> computed OR previous <> before OR seq <> seq_before + 1
       OR (before IS NULL AND seq <> 1 AND seq = (SELECT min(seq) FROM chain)
           AND :last > (SELECT max(seq) FROM chain))
"""


def write_audit(uow: UnitOfWork) -> None:
    """Closer: every fact of the work becomes a row, in the same transaction."""
    uow.session.flush()
    if not uow.facts:
        return
    who, under = uow.principal.actor or uow.principal, _mandate(uow)
    rows = [
        {
            "id": new_id(),
            "at": uow.now,
            "person_id": who.person_id,
            "person_name": who.name,
            "act": fact.name,
            "detail": {**fact.payload(), **under},
            **_about(uow, fact),
        }
        for fact in uow.facts
    ]
    # Past the mapper, and past the compiler where it is one: nobody reads these rows in this work,
    # and every act writes one.
    if uow.within and len(rows) == 1:
        one = {**rows[0], "detail": json.dumps(rows[0]["detail"])}
        _ONE_NEW_ENTRY.run(uow.session, uow.scope.schema, one)
        return
    new = _NEW_ENTRY if uow.within else _NEW_REGIONAL_ENTRY
    uow.session.execute(new, rows if len(rows) > 1 else rows[0])


def _about(uow: UnitOfWork, fact: DomainEvent) -> dict[str, object]:
    """What a fact is about: a thing of the municipality; of the region's act, a municipality."""
    if uow.within:
        return {"subject_id": fact.subject_id}
    return {"municipality": getattr(fact, "municipality", None)}


def _mandate(uow: UnitOfWork) -> dict[str, str]:
    """The mandate that was acted under; for whom, stands in the mandate itself."""
    actor = uow.principal.actor
    return {"mandate": actor.number} if actor else {}


def entries_before(
    uow: UnitOfWork, *, entry_id: UUID | None, size: int = PAGE, wanted: LogFilter = ALL
) -> list[AuditEntry | RegionalEntry]:
    """The newest `size` entries older than that one: the municipality's, with the region's acts.

    Ids are made in the order of time (UUIDv7), so they part what was done in the same moment. The
    region's are read first and in a session of their own: a municipality's transaction never sees
    `shared`.
    """
    regional = select(RegionalEntry).where(
        RegionalEntry.municipality == uow.scope.slug, *conditions(RegionalEntry, wanted)
    )
    own = select(AuditEntry).where(*conditions(AuditEntry, wanted))
    if entry_id:
        regional, own = (
            regional.where(RegionalEntry.id < entry_id),
            own.where(AuditEntry.id < entry_id),
        )
    with shared_session() as shared:
        found: list[AuditEntry | RegionalEntry] = list(
            shared.scalars(regional.order_by(RegionalEntry.id.desc()).limit(size))
        )
    found += uow.session.scalars(own.order_by(AuditEntry.id.desc()).limit(size))
    return sorted(found, key=lambda entry: entry.id, reverse=True)[:size]


def last_acts(
    uow: UnitOfWork, people: Collection[UUID], *, since: datetime
) -> Mapping[tuple[UUID, str], datetime]:
    """Last act of each of these people in each part, by person and slug. One query."""
    part = func.split_part(AuditEntry.act, ":", 1)
    found = (
        select(AuditEntry.person_id, part, func.max(AuditEntry.at))
        .where(AuditEntry.person_id.in_(people), AuditEntry.at >= since)
        .group_by(AuditEntry.person_id, part)
    )
    return {(person, slug): at for person, slug, at in uow.session.execute(found)}


def first_broken_link(uow: UnitOfWork, *, last: int | None = None) -> int | None:
    """The number of the first entry that was changed, or that follows a missing one; None = whole.

    Over the `last` entries, or over all of them: the municipality's, or without a scope the
    region's. A cut tail can't be seen from inside.
    """
    schema, about = (uow.scope.schema, "subject_id::text") if uow.within else REGIONS
    statement = text(BROKEN.format(table=f'"{schema}".audit_entry', about=about))
    broken: int | None = uow.session.scalar(statement, {"last": last or sys.maxsize})
    return broken


def verify_chain(uow: UnitOfWork) -> None:
    """Job and duty: prove the whole log; a broken one is an alarm for who watches the worker."""
    if broken := first_broken_link(uow):
        whose = uow.scope.slug if uow.within else "the region"
        logger.critical("the log of %s was changed at entry %s", whose, broken)
