"""Exemptions: the municipality's list of who pays less, and of the paper that proves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select

from obshto.modules.courses.errors import NoSuchExemption, StaleExemption
from obshto.modules.courses.events import CourseExemptionChanged
from obshto.modules.courses.models import CourseExemption
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionEntry:
    """An exemption as typed: per cent or cents off, the other is 0."""

    name: str
    proof: str
    percent: int = 0
    cents: int = 0
    is_active: bool = True


def exemptions(uow: UnitOfWork, *, active: bool = False) -> Sequence[CourseExemption]:
    """By name; `active` ones are those that people can choose. One query."""
    rows = select(CourseExemption).order_by(CourseExemption.name, CourseExemption.id)
    if active:
        rows = rows.where(CourseExemption.is_active)
    return uow.session.scalars(rows.limit(50)).all()


def exemption_of(
    uow: UnitOfWork, exemption_id: UUID, *, to_change: bool = False
) -> CourseExemption:
    """For staff; `to_change` makes others wait. Raises NoSuchExemption."""
    wanted = select(CourseExemption).where(CourseExemption.id == exemption_id)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchExemption
    return found


def write_exemption(uow: UnitOfWork, entry: ExemptionEntry, *, request_id: UUID) -> CourseExemption:
    """A new one. Sent twice it is one."""
    row = CourseExemption(request_id=request_id, **asdict(entry))
    if (first := create_once(uow, row)) is not row:
        return first
    uow.emit(CourseExemptionChanged(subject_id=row.id))
    return row


def change_exemption(
    uow: UnitOfWork, row: CourseExemption, entry: ExemptionEntry, *, expected_version: int
) -> None:
    """For who enrols from now on; fees that were asked stay. Raises StaleExemption."""
    told = asdict(entry)
    if all(getattr(row, name) == value for name, value in told.items()):
        return
    expect_version(row, expected_version, StaleExemption)
    for name, value in told.items():
        setattr(row, name, value)
    uow.emit(CourseExemptionChanged(subject_id=row.id))


def reduced(price_cents: int, exemption: CourseExemption | None) -> int:
    """The price after the exemption, in cents: a half cent is rounded down, for who pays."""
    if exemption is None:
        return price_cents
    left = price_cents * (100 - exemption.percent) // 100 - exemption.cents
    return max(left, 0)
