"""Funding of projects: programmes, shares, payments; sums that add up or say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.projects.errors import (
    NoSuchProgramme,
    NoTotal,
    ProgrammeChanged,
    ProgrammeTaken,
    StaleVersion,
    SumsDiffer,
)
from obshto.modules.projects.events import ProgrammeSaved
from obshto.modules.projects.models import FundingShare, Programme, Project, ProjectPayment
from obshto.modules.projects.services.amounts import EUR, Amount
from obshto.modules.projects.services.edits import tell_change
from obshto.platform.editorial.revisions import sign
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import euro


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """The total of a project and its parts by programme. `note` says why they differ."""

    total: Amount | None
    shares: tuple[tuple[UUID, Amount], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundedBy:
    """A programme with its part, and what of it was paid. In euro cents."""

    programme: Programme
    share: Amount | None
    paid: int


def key_of(name: str) -> str:
    """Name of a programme as it is compared."""
    return " ".join(name.casefold().split())


def programmes() -> Select[Programme]:
    """Programmes by name."""
    return select(Programme).order_by(Programme.name_key)


def programme_of(uow: UnitOfWork, programme_id: UUID, *, to_change: bool = False) -> Programme:
    """Raises NoSuchProgramme."""
    found = uow.session.get(Programme, programme_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchProgramme
    return found


def add_programme(uow: UnitOfWork, *, name: str, source: str, request_id: UUID) -> Programme:
    """The same `request_id` again answers the first one. Raises ProgrammeTaken."""
    again = select(Programme).where(Programme.request_id == request_id)
    if first := uow.session.scalar(again):
        return first
    row = Programme(request_id=request_id, name=name, name_key=key_of(name), source=source)
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:
        first = uow.session.scalar(again)
        if first is None:
            raise ProgrammeTaken from None
        return first
    uow.emit(ProgrammeSaved(subject_id=row.id, title=row.name))
    return row


def edit_programme(
    uow: UnitOfWork, row: Programme, *, name: str, source: str, expected_version: int
) -> None:
    """Raises ProgrammeChanged, ProgrammeTaken."""
    if (row.name, row.source) == (name, source):
        return
    expect_version(row, expected_version, ProgrammeChanged)
    try:
        with uow.session.begin_nested():
            row.name, row.name_key, row.source = name, key_of(name), source
            uow.session.flush()
    except IntegrityError:
        raise ProgrammeTaken from None
    uow.emit(ProgrammeSaved(subject_id=row.id, title=row.name))


def total_of(project: Project) -> Amount | None:
    """The total as it was agreed."""
    given = project.total_given
    return None if given is None else Amount(given, project.total_currency)


def funding_of(uow: UnitOfWork, project: Project) -> Funding:
    """Total and shares as they stand. One query."""
    rows = select(FundingShare).where(FundingShare.project_id == project.id)
    shares = uow.session.scalars(rows.order_by(FundingShare.programme_id))
    return Funding(
        total=total_of(project),
        shares=tuple((row.programme_id, Amount(row.given, row.currency)) for row in shares),
        note=project.sum_note,
    )


def set_funding(
    uow: UnitOfWork, project: Project, funding: Funding, *, expected_version: int
) -> None:
    """Total and shares; the project must be locked.

    Raises StaleVersion, NoTotal, NoSuchProgramme, SumsDiffer.
    """
    kept = Funding(total=funding.total, shares=tuple(sorted(funding.shares)), note=funding.note)
    if funding_of(uow, project) == kept:
        return
    expect_version(project, expected_version, StaleVersion, who=project.changed_by)
    _check(uow, kept)
    total = kept.total
    project.total_given = total.given if total else None
    project.total_cents = total.cents if total else None
    project.total_currency = total.currency if total else EUR
    project.sum_note = kept.note
    uow.session.execute(delete(FundingShare).where(FundingShare.project_id == project.id))
    uow.session.add_all(
        FundingShare(
            project_id=project.id,
            programme_id=programme_id,
            cents=part.cents,
            given=part.given,
            currency=part.currency,
        )
        for programme_id, part in kept.shares
    )
    sign(uow, project)
    uow.session.flush()
    tell_change(uow, project)


def _check(uow: UnitOfWork, funding: Funding) -> None:
    ids = [programme_id for programme_id, _ in funding.shares]
    known = select(func.count()).where(Programme.id.in_(ids))
    if ids and uow.session.scalar(known) != len(ids):
        raise NoSuchProgramme
    if ids and funding.total is None:
        raise NoTotal
    parts = _sum(funding)
    total = funding.total.cents if funding.total else 0
    if ids and parts != total and not funding.note:
        raise SumsDiffer(parts=euro(parts), total=euro(total))


def _sum(funding: Funding) -> int:
    """In the currency of all of them, so that rounding each part makes no cent of difference."""
    given = [part for _, part in funding.shares]
    total = funding.total
    if total and all(part.currency == total.currency for part in given):
        return Amount(sum(part.given for part in given), total.currency).cents
    return sum(part.cents for part in given)


def difference_of(funding: Funding) -> int:
    """Parts less the total, in euro cents."""
    if funding.total is None or not funding.shares:
        return 0
    return _sum(funding) - funding.total.cents


def funded_by(uow: UnitOfWork, project: Project) -> Sequence[FundedBy]:
    """Who pays: programmes with a share or a payment, the largest share first. Three queries."""
    shares = {
        row.programme_id: Amount(row.given, row.currency)
        for row in uow.session.scalars(
            select(FundingShare).where(FundingShare.project_id == project.id)
        )
    }
    own = ProjectPayment.project_id == project.id
    paid = select(ProjectPayment.programme_id, func.sum(ProjectPayment.cents)).where(own)
    sums = {
        key: int(cents)
        for key, cents in uow.session.execute(paid.group_by(ProjectPayment.programme_id))
    }
    rows = select(Programme).where(Programme.id.in_([*shares, *sums])).order_by(Programme.name_key)
    found = [
        FundedBy(programme=row, share=shares.get(row.id), paid=sums.get(row.id, 0))
        for row in uow.session.scalars(rows)
    ]
    return sorted(found, key=lambda one: -(one.share.cents if one.share else 0))
