"""Kinds of income: data of each municipality."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from obshto.billing.charges.models import Kind
from obshto.billing.errors import KindTaken, NoSuchKind, StaleVersion
from obshto.billing.events import KindChanged
from obshto.platform.entity import expect_version, of_request
from obshto.platform.unit_of_work import UnitOfWork


def kinds(*, active: bool = False) -> Select[Kind]:
    """In the order of their codes; `active` ones are those that can be charged."""
    rows = select(Kind).order_by(Kind.code)
    return rows.where(Kind.is_active) if active else rows


def kind_of(uow: UnitOfWork, kind_id: UUID) -> Kind:
    """Raises NoSuchKind."""
    found = uow.session.get(Kind, kind_id)
    if found is None:
        raise NoSuchKind
    return found


def kind_with_code(uow: UnitOfWork, code: str) -> Kind:
    """Raises NoSuchKind, for one that is no longer used, too."""
    found = uow.session.scalar(select(Kind).where(Kind.code == code, Kind.is_active))
    if found is None:
        raise NoSuchKind
    return found


def add_kind(uow: UnitOfWork, *, code: str, title: str, request_id: UUID) -> Kind:
    """The same `request_id` again answers the first. Raises KindTaken."""
    if found := of_request(uow, Kind, request_id):
        return found
    kind = Kind(request_id=request_id, code=code, title=title, is_active=True)
    try:
        with uow.session.begin_nested():
            uow.session.add(kind)
            uow.session.flush()
    except IntegrityError:
        return _added_before(uow, request_id)
    uow.emit(KindChanged(subject_id=kind.id))
    return kind


def change_kind(
    uow: UnitOfWork, kind: Kind, *, title: str, is_active: bool, expected_version: int
) -> None:
    """The code stays: charges were made under it. Raises StaleVersion."""
    if (kind.title, kind.is_active) == (title, is_active):
        return
    expect_version(kind, expected_version, StaleVersion)
    kind.title, kind.is_active = title, is_active
    uow.emit(KindChanged(subject_id=kind.id))


def _added_before(uow: UnitOfWork, request_id: UUID) -> Kind:
    found = of_request(uow, Kind, request_id)
    if found is None:
        raise KindTaken
    return found
