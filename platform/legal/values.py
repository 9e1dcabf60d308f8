"""Values of law for the whole region: entered once with a source, read by each municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.platform.db.session import shared_session
from obshto.platform.errors import Conflict
from obshto.platform.legal.events import LegalValueEntered
from obshto.platform.legal.models import LegalValue
from obshto.platform.unit_of_work import UnitOfWork

# Interest for late payment of taxes and fees, in percent a year, by half-years.
LATE_INTEREST = "late_interest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What holds from a day on, where it was read, who entered it."""

    hundredths: int
    source: str
    entered_by: str
    version: int


def values_of(name: str) -> Mapping[date, Value]:
    """All that were entered, by the day from which each holds.

    Read as the region: the role of a municipality sees no table of the region.
    """
    with shared_session() as shared:
        rows = shared.scalars(select(LegalValue).where(LegalValue.name == name))
        return {
            row.from_on: Value(
                hundredths=row.hundredths,
                source=row.source,
                entered_by=row.entered_by,
                version=row.version,
            )
            for row in rows
        }


def enter_value(
    region: UnitOfWork,
    name: str,
    from_on: date,
    hundredths: int,
    *,
    source: str,
    expected_version: int,
) -> LegalValue:
    """From that day on it holds everywhere. The same again changes nothing. Raises Conflict."""
    wanted = select(LegalValue).where(LegalValue.name == name, LegalValue.from_on == from_on)
    row = region.session.scalar(wanted.with_for_update())
    if row and (row.hundredths, row.source) == (hundredths, source):
        return row
    if (row.version if row else 0) != expected_version:
        raise Conflict
    row = row or LegalValue(name=name, from_on=from_on)
    row.hundredths, row.source = hundredths, source
    row.entered_by, row.entered_at = region.principal.name, region.now
    try:
        with region.session.begin_nested():
            region.session.add(row)
            region.session.flush()
    except IntegrityError:  # a colleague entered the first one in the same instant
        raise Conflict from None
    region.emit(
        LegalValueEntered(subject_id=row.id, value=name, from_on=from_on, hundredths=hundredths)
    )
    return row
