"""Kinds of income: data of each municipality."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from obshto.billing.charges.models import Kind
from obshto.billing.errors import ChangedMeanwhile, KindTaken, NoSuchKind
from obshto.billing.events import KindChanged
from obshto.platform.work import Work


def kinds(*, active: bool = False) -> Select[Kind]:
    """In the order of their codes; `active` ones are those that can be charged."""
    rows = select(Kind).order_by(Kind.code)
    return rows.where(Kind.is_active) if active else rows


def kind_of(work: Work, kind_id: UUID) -> Kind:
    """Raises NoSuchKind."""
    found = work.session.get(Kind, kind_id)
    if found is None:
        raise NoSuchKind
    return found


def kind_with_code(work: Work, code: str) -> Kind:
    """Raises NoSuchKind, for one that is no longer used, too."""
    found = work.session.scalar(select(Kind).where(Kind.code == code, Kind.is_active))
    if found is None:
        raise NoSuchKind
    return found


def add_kind(work: Work, *, code: str, title: str, request_id: UUID) -> Kind:
    """The same `request_id` again answers the first. Raises KindTaken."""
    if found := work.session.scalar(select(Kind).where(Kind.request_id == request_id)):
        return found
    kind = Kind(request_id=request_id, code=code, title=title, is_active=True)
    try:
        with work.session.begin_nested():
            work.session.add(kind)
            work.session.flush()
    except IntegrityError:
        return _added_before(work, request_id)
    work.record(KindChanged(subject_id=kind.id))
    return kind


def change_kind(work: Work, kind: Kind, *, title: str, is_active: bool, seen: int) -> None:
    """The code stays: charges were made under it. Raises ChangedMeanwhile."""
    if (kind.title, kind.is_active) == (title, is_active):
        return
    if kind.version != seen:
        raise ChangedMeanwhile
    kind.title, kind.is_active = title, is_active
    work.record(KindChanged(subject_id=kind.id))


def _added_before(work: Work, request_id: UUID) -> Kind:
    found = work.session.scalar(select(Kind).where(Kind.request_id == request_id))
    if found is None:
        raise KindTaken
    return found
