"""Write facts into the log, read it, prove its chain."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text

from obshto.platform.audit.models import AuditEntry, RegionalEntry
from obshto.platform.db.session import shared_session
from obshto.platform.work import Work

PAGE = 20

# The same words as in the trigger of the migration that made the table.
BROKEN = text("""
    SELECT min(seq) FROM (
        SELECT seq, hash, previous,
               lag(hash, 1, '\\x00'::bytea) OVER (ORDER BY seq) AS before,
               lag(seq, 1, 0::bigint) OVER (ORDER BY seq) AS seq_before,
               sha256(previous || convert_to(concat_ws('|', seq, id,
                   to_char(at AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                   coalesce(person_id::text, ''), person_name, act,
                   coalesce(subject_id::text, ''), detail::text), 'UTF8')) AS computed
        FROM audit_entry
    ) AS chain
    WHERE hash <> computed OR previous <> before OR seq <> seq_before + 1
""")


def write_audit(work: Work) -> None:
    """Closer: every fact of the work becomes a row, in the same transaction."""
    who = work.principal
    for fact in work.facts:
        common = {
            "at": work.now,
            "person_id": who.person_id,
            "person_name": who.name,
            "act": fact.name,
            "detail": fact.payload(),
        }
        if work.scope:
            work.session.add(AuditEntry(subject_id=fact.subject_id, **common))
        else:
            municipality = getattr(fact, "municipality", None)
            work.session.add(RegionalEntry(municipality=municipality, **common))
    work.session.flush()


def entries_before(
    work: Work, *, moment: datetime | None, size: int = PAGE
) -> list[AuditEntry | RegionalEntry]:
    """The newest `size` entries older than `moment`: the municipality's, with the region's acts.

    The region's are read first and in a session of their own: a municipality's transaction never
    sees `shared`.
    """
    assert work.scope
    regional = select(RegionalEntry).where(RegionalEntry.municipality == work.scope.slug)
    own = select(AuditEntry)
    if moment:
        regional = regional.where(RegionalEntry.at < moment)
        own = own.where(AuditEntry.at < moment)
    with shared_session() as shared:
        found: list[AuditEntry | RegionalEntry] = list(
            shared.scalars(regional.order_by(RegionalEntry.at.desc()).limit(size))
        )
    found += work.session.scalars(own.order_by(AuditEntry.at.desc()).limit(size))
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:size]


def acts_upon(work: Work, subject_id: UUID) -> list[AuditEntry]:
    """Everything that was done to one thing, newest first."""
    rows = select(AuditEntry).where(AuditEntry.subject_id == subject_id)
    return list(work.session.scalars(rows.order_by(AuditEntry.seq.desc())))


def first_broken_link(work: Work) -> int | None:
    """The number of the first entry that was changed, or that follows a missing one; None = whole.

    A cut tail can't be seen from inside: the head is reported to the region for that.
    """
    assert work.scope
    broken: int | None = work.session.scalar(
        text(BROKEN.text.replace("FROM audit_entry", f'FROM "{work.scope.schema}".audit_entry'))
    )
    return broken
