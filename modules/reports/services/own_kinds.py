"""Own kinds of a municipality: made, changed, retired, removed while no report is of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, exists, func, select

from obshto.modules.reports.errors import (
    InspectorsAlone,
    KindAtWork,
    KindNameTaken,
    NoSuchKind,
    StaleKind,
)
from obshto.modules.reports.events import KindChanged, KindMade, KindRemoved, KindRetired
from obshto.modules.reports.models import OwnReportKind, Report
from obshto.modules.reports.services.kinds import INSPECTED, KINDS, Kind, own_kind
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

CHOSEN = func.coalesce(cast(Report.own_kind_id, Text), Report.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindEntry:
    """An own kind as typed; `kind` is the common one, which stays once it is made."""

    kind: str
    names: Mapping[str, str]
    icon: str
    days: int
    needs_account: bool = False
    team_id: UUID | None = None


def own_kinds(uow: UnitOfWork) -> Sequence[OwnReportKind]:
    """All of them, retired ones last, by name. One query."""
    rows = select(OwnReportKind).order_by(OwnReportKind.retired_at.is_not(None))
    name = OwnReportKind.names[SOURCE].astext
    return uow.session.scalars(rows.order_by(name, OwnReportKind.id)).all()


def kinds_here(rows: Sequence[OwnReportKind]) -> Mapping[str, Kind]:
    """What reports may be called here: the common kinds by word, own ones by their id."""
    return {**KINDS, **{str(row.id): own_kind(row) for row in rows}}


def choice_of(report: Report) -> str:
    """The key of its kind among `kinds_here`."""
    return str(report.own_kind_id or report.kind)


def is_of_kind(choice: str) -> ColumnElement[bool]:
    """Reports of a kind of `kinds_here`; a common one has those of its own kinds, too."""
    return Report.kind == choice if choice in KINDS else cast(Report.own_kind_id, Text) == choice


def own_kind_of(uow: UnitOfWork, kind_id: UUID, *, to_change: bool = False) -> OwnReportKind:
    """Raises NoSuchKind."""
    found = uow.session.get(OwnReportKind, kind_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchKind
    return found


def common_of(uow: UnitOfWork, choice: str) -> tuple[str, OwnReportKind | None]:
    """A kind of `kinds_here` as its common word, with the own row where it is one.

    Raises NoSuchKind.
    """
    if choice in KINDS:
        return choice, None
    row = own_kind_of(uow, UUID(choice))
    return row.kind, row


def make_kind(uow: UnitOfWork, told: KindEntry, *, request_id: UUID) -> None:
    """A new one; sent twice it is one. Raises KindNameTaken, InspectorsAlone."""
    again = select(OwnReportKind).where(OwnReportKind.request_id == request_id)
    if uow.session.scalar(again):
        return
    _check(uow, told, None)
    row = OwnReportKind(request_id=request_id, kind=told.kind)
    _put(row, told)
    if create_once(uow, row) is not row:
        return
    uow.emit(KindMade(subject_id=row.id, title=told.names[SOURCE]))


def change_kind(
    uow: UnitOfWork, row: OwnReportKind, told: KindEntry, *, expected_version: int
) -> None:
    """Its names, emblem, term, team. The same form sent twice changes nothing.

    Raises StaleKind, KindNameTaken, InspectorsAlone.
    """
    if _said_by(row) == told:
        return
    expect_version(row, expected_version, StaleKind)
    _check(uow, told, row.id)
    _put(row, told)
    uow.emit(KindChanged(subject_id=row.id, title=told.names[SOURCE]))


def retire_kind(
    uow: UnitOfWork, row: OwnReportKind, *, is_retired: bool, expected_version: int
) -> None:
    """Nothing new is taken of it, or is taken again; its reports stay. Raises StaleKind."""
    if (row.retired_at is not None) == is_retired:
        return
    expect_version(row, expected_version, StaleKind)
    row.retired_at = uow.now if is_retired else None
    uow.emit(KindRetired(subject_id=row.id, title=row.names[SOURCE]))


def remove_kind(uow: UnitOfWork, row: OwnReportKind, *, expected_version: int) -> None:
    """Gone, as if it had never been. Raises StaleKind, KindAtWork where reports are of it."""
    expect_version(row, expected_version, StaleKind)
    if uow.session.scalar(select(exists().where(Report.own_kind_id == row.id))):
        raise KindAtWork
    uow.emit(KindRemoved(subject_id=row.id, title=row.names[SOURCE]))
    uow.session.delete(row)


def _said_by(row: OwnReportKind) -> KindEntry:
    return KindEntry(**{name: getattr(row, name) for name in KindEntry.__slots__})


def _put(row: OwnReportKind, told: KindEntry) -> None:
    row.names, row.icon, row.days = dict(told.names), told.icon, told.days
    row.needs_account, row.team_id = told.needs_account, told.team_id


def _check(uow: UnitOfWork, told: KindEntry, kind_id: UUID | None) -> None:
    if told.team_id and told.kind in INSPECTED:
        raise InspectorsAlone
    taken = {row.names[SOURCE].casefold() for row in own_kinds(uow) if row.id != kind_id}
    if told.names[SOURCE].casefold() in taken:
        raise KindNameTaken
