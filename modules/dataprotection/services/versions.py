"""Versions of the register: the officer proposes, the mayor approves or returns, all are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.dataprotection.errors import (
    NoSuchRegister,
    OwnProposal,
    RegisterDecided,
    RegisterUnchanged,
    StaleProtectionRow,
    WaitsAlready,
)
from obshto.modules.dataprotection.events import (
    RegisterApproved,
    RegisterProposed,
    RegisterReturned,
)
from obshto.modules.dataprotection.models import RegisterVersion
from obshto.modules.dataprotection.services.activities import COLUMNS, current_entries
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

Frozen = Mapping[str, Any]
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChange:
    """What happened to an activity; `columns` those that read otherwise: name, before, now."""

    kind: str
    title: str
    columns: tuple[tuple[str, str, str], ...] = ()


def approved_versions(uow: UnitOfWork) -> Sequence[RegisterVersion]:
    """Those that were in force, the newest first."""
    rows = select(RegisterVersion).where(RegisterVersion.number.is_not(None))
    return uow.session.scalars(rows.order_by(RegisterVersion.number.desc())).all()


def version_in_force(uow: UnitOfWork) -> RegisterVersion | None:
    """The last one that was approved."""
    rows = select(RegisterVersion).where(RegisterVersion.number.is_not(None))
    return uow.session.scalar(rows.order_by(RegisterVersion.number.desc()).limit(1))


def approved_version(uow: UnitOfWork, number: int) -> RegisterVersion:
    """One of them. Raises NoSuchRegister."""
    row = select(RegisterVersion).where(RegisterVersion.number == number)
    found = uow.session.scalar(row)
    if found is None:
        raise NoSuchRegister
    return found


def waiting_version(uow: UnitOfWork) -> RegisterVersion | None:
    """The one that waits for the mayor."""
    return uow.session.scalar(select(RegisterVersion).where(RegisterVersion.is_waiting.is_(True)))


def last_returned(uow: UnitOfWork) -> RegisterVersion | None:
    """The one that the mayor returned, as long as no later one was proposed."""
    rows = select(RegisterVersion).order_by(RegisterVersion.proposed_at.desc()).limit(1)
    last = uow.session.scalar(rows)
    return last if last and last.returned_at else None


def version_of(uow: UnitOfWork, version_id: UUID, *, to_change: bool = False) -> RegisterVersion:
    """One in whatever state; `to_change` makes others wait. Raises NoSuchRegister."""
    row = select(RegisterVersion).where(RegisterVersion.id == version_id)
    if to_change:
        row = row.with_for_update().execution_options(populate_existing=True)
    found = uow.session.scalar(row)
    if found is None:
        raise NoSuchRegister
    return found


def previous_to(uow: UnitOfWork, row: RegisterVersion) -> RegisterVersion | None:
    """The one that was in force before it."""
    rows = select(RegisterVersion).where(RegisterVersion.number.is_not(None))
    if row.number is not None:
        rows = rows.where(RegisterVersion.number < row.number)
    return uow.session.scalar(rows.order_by(RegisterVersion.number.desc()).limit(1))


def changes_between(before: Sequence[Frozen], now: Sequence[Frozen]) -> list[RegisterChange]:
    """What was added, changed and removed, in the order of the register."""
    old = {entry["key"]: entry for entry in before}
    found = []
    for entry in now:
        was = old.pop(entry["key"], None)
        if was is None:
            found.append(RegisterChange(kind=ADDED, title=entry["title"]))
            continue
        columns = tuple(
            (name, str(was.get(name, "")), str(entry[name]))
            for name in COLUMNS
            if was.get(name, "") != entry[name]
        )
        if columns:
            found.append(RegisterChange(kind=CHANGED, title=entry["title"], columns=columns))
    return found + [RegisterChange(kind=REMOVED, title=entry["title"]) for entry in old.values()]


def changes_since_approval(uow: UnitOfWork) -> list[RegisterChange]:
    """What the register says now and the version in force does not."""
    last = version_in_force(uow)
    now = [entry.frozen() for entry in current_entries(uow)]
    return changes_between(last.entries if last else (), now)


def propose_register(uow: UnitOfWork, words: str, *, request_id: UUID) -> RegisterVersion:
    """Freeze the register for the mayor; `words` is what the municipality adds to its policy.

    The same form twice is one. Raises WaitsAlready, RegisterUnchanged.
    """
    same = select(RegisterVersion).where(RegisterVersion.request_id == request_id)
    if found := uow.session.scalar(same):
        return found
    if waiting_version(uow):
        raise WaitsAlready
    last = version_in_force(uow)
    if last and last.words == words and not changes_since_approval(uow):
        raise RegisterUnchanged
    row = RegisterVersion(
        request_id=request_id,
        is_waiting=True,
        entries=[entry.frozen() for entry in current_entries(uow)],
        words=words,
        proposed_at=uow.now,
        proposed_by_id=uow.principal.person_id,
        proposed_by=uow.principal.name,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:  # another form in the same instant
        found = uow.session.scalar(same)
        if found is None:
            raise WaitsAlready from None
        return found
    uow.emit(RegisterProposed(subject_id=row.id))
    return row


def approve_register(uow: UnitOfWork, row: RegisterVersion, *, expected_version: int) -> None:
    """In force and public from now on; the row must be locked, so two at once are one.

    Raises OwnProposal, RegisterDecided, StaleProtectionRow.
    """
    if row.approved_at:
        return
    if row.returned_at:
        raise RegisterDecided
    if row.proposed_by_id and row.proposed_by_id == uow.principal.person_id:
        raise OwnProposal
    expect_version(row, expected_version, StaleProtectionRow)
    row.number = (uow.session.scalar(select(func.max(RegisterVersion.number))) or 0) + 1
    row.is_waiting = None
    row.approved_at, row.approved_by_id = uow.now, uow.principal.person_id
    row.approved_by = uow.principal.name
    uow.emit(RegisterApproved(subject_id=row.id))


def return_register(
    uow: UnitOfWork, row: RegisterVersion, why: str, *, expected_version: int
) -> None:
    """Back to the officer with a reason. Raises RegisterDecided, StaleProtectionRow."""
    if row.returned_at and row.returned_why == why:
        return
    if row.returned_at or row.approved_at:
        raise RegisterDecided
    expect_version(row, expected_version, StaleProtectionRow)
    row.is_waiting, row.returned_at, row.returned_why = None, uow.now, why
    uow.emit(RegisterReturned(subject_id=row.id))
