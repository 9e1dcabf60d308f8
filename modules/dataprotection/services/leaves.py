"""Leaves of staff: dated facts that who heads the office enters; no system of personnel is behind.

Why somebody is away is neither asked nor kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.dataprotection.errors import (
    NoSuchLeave,
    NotOfStaff,
    OwnLeave,
    StaleProtectionRow,
)
from obshto.modules.dataprotection.events import LeaveChanged
from obshto.modules.dataprotection.models import StaffLeave
from obshto.modules.dataprotection.services.detection import examine_leave
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import holders_of_roles, people_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveWords:
    """Who is away, from and to which day; both count."""

    person_id: UUID
    starts_on: date
    ends_on: date


def queue(uow: UnitOfWork, list_name: str) -> Select[StaffLeave]:
    """Those that last or come, the nearest first; those that are over, the newest first."""
    rows, today = select(StaffLeave).where(StaffLeave.removed_at.is_(None)), day_of(uow.now)
    if list_name == "over":
        over = rows.where(StaffLeave.ends_on < today)
        return over.order_by(StaffLeave.ends_on.desc(), StaffLeave.id)
    return rows.where(StaffLeave.ends_on >= today).order_by(StaffLeave.starts_on, StaffLeave.id)


def staff_names(uow: UnitOfWork) -> Mapping[UUID, str]:
    """Who works here and is not the one who asks, by id, in the order of names."""
    people = people_of(set(holders_of_roles(uow)) - {uow.principal.person_id}).values()
    return {one.id: one.name for one in sorted(people, key=lambda one: (one.name, one.id))}


def leave_of(uow: UnitOfWork, leave_id: UUID) -> StaffLeave:
    """One of them, locked. Raises NoSuchLeave."""
    row = select(StaffLeave).where(StaffLeave.id == leave_id, StaffLeave.removed_at.is_(None))
    locked = row.with_for_update().execution_options(populate_existing=True)
    found = uow.session.scalar(locked)
    if found is None:
        raise NoSuchLeave
    return found


def enter_leave(uow: UnitOfWork, words: LeaveWords, *, request_id: UUID) -> StaffLeave:
    """Write it down; the same form twice is one. Looks of days that passed are examined at once.

    Raises OwnLeave, NotOfStaff.
    """
    _check_not_own(uow, words.person_id)
    name = staff_names(uow).get(words.person_id)
    if name is None:
        raise NotOfStaff
    row = StaffLeave(
        request_id=request_id,
        person_name=name,
        entered_by_id=uow.principal.person_id,
        entered_by=uow.principal.name,
        **asdict(words),
    )
    if (first := create_once(uow, row)) is not row:
        return first
    examine_leave(uow, row)
    uow.emit(LeaveChanged(subject_id=row.id))
    return row


def change_leave(
    uow: UnitOfWork, row: StaffLeave, words: LeaveWords, *, expected_version: int
) -> None:
    """Other days, of the same person. Raises OwnLeave, StaleProtectionRow."""
    _check_not_own(uow, row.person_id)
    if (row.starts_on, row.ends_on) == (words.starts_on, words.ends_on):
        return
    expect_version(row, expected_version, StaleProtectionRow)
    row.starts_on, row.ends_on = words.starts_on, words.ends_on
    uow.session.flush()
    examine_leave(uow, row)
    uow.emit(LeaveChanged(subject_id=row.id))


def remove_leave(uow: UnitOfWork, row: StaffLeave, *, expected_version: int) -> None:
    """It was a mistake. What was found meanwhile stays. Raises OwnLeave, StaleProtectionRow."""
    _check_not_own(uow, row.person_id)
    expect_version(row, expected_version, StaleProtectionRow)
    row.removed_at = uow.now
    uow.emit(LeaveChanged(subject_id=row.id))


def _check_not_own(uow: UnitOfWork, person_id: UUID) -> None:
    if person_id == uow.principal.person_id:
        raise OwnLeave
