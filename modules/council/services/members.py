"""Councillors and committees with their terms: entered, changed, never deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from obshto.modules.council.errors import (
    NoSuchCommittee,
    NoSuchCouncillor,
    StaleCouncil,
    TermEndsTooEarly,
)
from obshto.modules.council.events import CommitteeSaved, CouncillorSaved
from obshto.modules.council.models import Committee, CommitteeSeat, Councillor
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncillorDetails:
    """A councillor as typed."""

    name: str
    begins_on: date
    party: str = ""
    contact: str = ""
    is_chair: bool = False
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeDetails:
    """A committee as typed: who sits in it from today on, and who leads it."""

    title: str
    about: str = ""
    members: frozenset[UUID] = frozenset()
    chair: UUID | None = None


NAMES = tuple(field.name for field in fields(CouncillorDetails))


def add_councillor(uow: UnitOfWork, told: CouncillorDetails, *, request_id: UUID) -> Councillor:
    """Once for the same `request_id`. Raises TermEndsTooEarly."""
    _check(told)
    row = Councillor(request_id=request_id, **{name: getattr(told, name) for name in NAMES})
    if (first := create_once(uow, row)) is not row:
        return first
    uow.emit(CouncillorSaved(subject_id=row.id))
    return row


def edit_councillor(
    uow: UnitOfWork, row: Councillor, told: CouncillorDetails, *, expected_version: int
) -> None:
    """Save it. Raises StaleCouncil, TermEndsTooEarly."""
    _check(told)
    if all(getattr(row, name) == getattr(told, name) for name in NAMES):
        return
    expect_version(row, expected_version, StaleCouncil)
    for name in NAMES:
        setattr(row, name, getattr(told, name))
    uow.emit(CouncillorSaved(subject_id=row.id))


def councillors(uow: UnitOfWork) -> Sequence[Councillor]:
    """All that were ever entered, by name. One query; a council has at most 61."""
    return uow.session.scalars(select(Councillor).order_by(Councillor.name, Councillor.id)).all()


def sitting(uow: UnitOfWork, day: date) -> list[Councillor]:
    """Those with a term on a day, the chair first."""
    found = [one for one in councillors(uow) if one.sits_on(day)]
    return sorted(found, key=lambda one: not one.is_chair)


def councillor_of(uow: UnitOfWork, councillor_id: UUID, *, to_change: bool = False) -> Councillor:
    """Raises NoSuchCouncillor."""
    found = uow.session.get(Councillor, councillor_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchCouncillor
    return found


def add_committee(uow: UnitOfWork, told: CommitteeDetails, *, request_id: UUID) -> Committee:
    """Once for the same `request_id`."""
    row = Committee(request_id=request_id, title=told.title, about=told.about)
    if (first := create_once(uow, row)) is not row:
        return first
    _seat(uow, row, told)
    uow.emit(CommitteeSaved(subject_id=row.id))
    return row


def edit_committee(
    uow: UnitOfWork, row: Committee, told: CommitteeDetails, *, expected_version: int
) -> None:
    """Save it; the row is locked. Seats that end stay with their last day. Raises StaleCouncil."""
    running = seats_of(uow, [row.id], is_running=True)[row.id]
    stood = CommitteeDetails(
        title=row.title,
        about=row.about,
        members=frozenset(seat.councillor_id for seat in running),
        chair=next((seat.councillor_id for seat in running if seat.is_chair), None),
    )
    if stood == told:
        return
    expect_version(row, expected_version, StaleCouncil)
    row.title, row.about = told.title, told.about
    flag_modified(row, "title")  # other members alone make another version, too
    _seat(uow, row, told)
    uow.session.flush()
    uow.emit(CommitteeSaved(subject_id=row.id))


def committees(uow: UnitOfWork) -> Sequence[Committee]:
    """By title. One query."""
    return uow.session.scalars(select(Committee).order_by(Committee.title, Committee.id)).all()


def committee_of(uow: UnitOfWork, committee_id: UUID, *, to_change: bool = False) -> Committee:
    """Raises NoSuchCommittee."""
    found = uow.session.get(Committee, committee_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchCommittee
    return found


def seats_of(
    uow: UnitOfWork, committee_ids: Collection[UUID], *, is_running: bool
) -> Mapping[UUID, list[CommitteeSeat]]:
    """Seats by committee, the chair's first. One query."""
    rows = select(CommitteeSeat).where(CommitteeSeat.committee_id.in_(committee_ids))
    if is_running:
        rows = rows.where(CommitteeSeat.ends_on.is_(None))
    found: dict[UUID, list[CommitteeSeat]] = {one: [] for one in committee_ids}
    for seat in uow.session.scalars(rows.order_by(CommitteeSeat.is_chair.desc(), CommitteeSeat.id)):
        found[seat.committee_id].append(seat)
    return found


def seats_held(uow: UnitOfWork, councillor_id: UUID) -> list[tuple[CommitteeSeat, Committee]]:
    """A councillor's seats, the running ones first. One query."""
    rows = (
        select(CommitteeSeat, Committee)
        .join(Committee, Committee.id == CommitteeSeat.committee_id)
        .where(CommitteeSeat.councillor_id == councillor_id)
        .order_by(CommitteeSeat.ends_on.desc().nulls_first(), CommitteeSeat.id)
    )
    return [(seat, committee) for seat, committee in uow.session.execute(rows)]


def _seat(uow: UnitOfWork, row: Committee, told: CommitteeDetails) -> None:
    """Seats begin and end today; whoever becomes chair or ceases to be one begins a new seat."""
    today, wanted = day_of(uow.now), told.members | ({told.chair} if told.chair else set())
    for seat in seats_of(uow, [row.id], is_running=True)[row.id]:
        if seat.councillor_id in wanted and seat.is_chair == (seat.councillor_id == told.chair):
            wanted = wanted - {seat.councillor_id}
        else:
            seat.ends_on = today
    uow.session.flush()
    for councillor_id in sorted(wanted):
        new = {"committee_id": row.id, "councillor_id": councillor_id, "begins_on": today}
        uow.session.add(CommitteeSeat(**new, is_chair=councillor_id == told.chair))
    uow.session.flush()


def _check(told: CouncillorDetails) -> None:
    if told.ends_on and told.ends_on < told.begins_on:
        raise TermEndsTooEarly
