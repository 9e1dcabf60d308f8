"""Versions of the formula: write, change while nobody pays by it, find the one in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from obshto.billing.sharing.errors import InForceAlready, MonthIsPast, MonthIsTaken, PlanIsUsed
from obshto.billing.sharing.events import TariffChanged, TariffWritten
from obshto.billing.sharing.models import Membership, Tariff
from obshto.billing.sharing.tariff_terms import Terms
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict, NotFound
from obshto.platform.unit_of_work import UnitOfWork


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def tariffs(region: UnitOfWork) -> Sequence[Tariff]:
    """All versions, the last one first."""
    return region.session.scalars(select(Tariff).order_by(Tariff.in_force_on.desc())).all()


def in_force(versions: Sequence[Tariff], month: date) -> Tariff | None:
    """Of versions with the last one first, the one by which that month is paid."""
    return next((one for one in versions if one.in_force_on <= month), None)


def tariff_in_force(region: UnitOfWork, month: date) -> Tariff | None:
    """The one by which that month is paid."""
    rows = select(Tariff).where(Tariff.in_force_on <= month)
    return region.session.scalar(rows.order_by(Tariff.in_force_on.desc()).limit(1))


def tariff_of(region: UnitOfWork, tariff_id: UUID, *, to_change: bool = False) -> Tariff:
    """Raises NotFound."""
    row = select(Tariff).where(Tariff.id == tariff_id)
    found = region.session.scalar(row.with_for_update() if to_change else row)
    if found is None:
        raise NotFound
    return found


def is_open(region: UnitOfWork, tariff: Tariff) -> bool:
    """Whether it may still be changed: nobody has paid by it yet."""
    return tariff.in_force_on > day_of(region.now)


def write_tariff(
    region: UnitOfWork, terms: Terms, *, in_force_on: date, reason: str, request_id: UUID
) -> Tariff:
    """A new version. The very first may hold at once; others hold from a month to come.

    Raises MonthIsPast, MonthIsTaken, PlanIsUsed.
    """
    found = region.session.scalar(select(Tariff).where(Tariff.request_id == request_id))
    if found:
        return found
    is_first = region.session.scalar(select(Tariff.id).limit(1)) is None
    if not is_first:
        _check_month(region, in_force_on)
    _check_plans(region, terms)
    tariff = Tariff(
        request_id=request_id,
        in_force_on=in_force_on,
        terms=terms.row,
        reason=reason,
        made_at=region.now,
        made_by=region.principal.name,
    )
    region.session.add(tariff)
    region.session.flush()
    region.invalidate_region_pages()
    region.emit(TariffWritten(subject_id=tariff.id, in_force_on=in_force_on.isoformat()))
    return tariff


def change_tariff(
    region: UnitOfWork,
    tariff: Tariff,
    terms: Terms,
    *,
    in_force_on: date,
    reason: str,
    expected_version: int,
) -> None:
    """Locked by the caller. Raises InForceAlready, Conflict, and what `write_tariff` raises."""
    told = {"terms": terms.row, "in_force_on": in_force_on, "reason": reason}
    if {name: getattr(tariff, name) for name in told} == told:
        return
    if not is_open(region, tariff):
        raise InForceAlready
    expect_version(tariff, expected_version, Conflict)
    if in_force_on != tariff.in_force_on:
        _check_month(region, in_force_on)
    _check_plans(region, terms)
    tariff.terms, tariff.in_force_on, tariff.reason = terms.row, in_force_on, reason
    region.session.flush()
    region.invalidate_region_pages()
    region.emit(TariffChanged(subject_id=tariff.id, in_force_on=in_force_on.isoformat()))


def _check_month(region: UnitOfWork, month: date) -> None:
    if month <= day_of(region.now):
        raise MonthIsPast
    if region.session.scalar(select(Tariff.id).where(Tariff.in_force_on == month)):
        raise MonthIsTaken


def _check_plans(region: UnitOfWork, terms: Terms) -> None:
    """No plan by which somebody shares may disappear."""
    latest = (
        select(Membership.plan)
        .ext(distinct_on(Membership.municipality))
        .order_by(Membership.municipality, Membership.since.desc(), Membership.id.desc())
    )
    for code in set(region.session.scalars(latest)):
        if terms.plan(code) is None:
            raise PlanIsUsed(plan=code)
