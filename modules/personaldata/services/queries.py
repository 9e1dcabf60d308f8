"""Queries of requests: the person's own, by code, the queue of the officer, numbers alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import defer, load_only

from obshto.modules.personaldata.errors import NoSuchRequest, WhoseRequest
from obshto.modules.personaldata.models import DataCopy, DataRequest, RequestLine
from obshto.modules.personaldata.services.codes import index_of, proof_of
from obshto.modules.personaldata.services.states import (
    DONE,
    IDENTITY,
    IN_WORK,
    LAPSED,
    OPEN,
    RECEIVED,
    UNCONFIRMED,
)
from obshto.platform.cases.codes import digits
from obshto.platform.cases.references import is_number_of, numbered, opened_by
from obshto.platform.modularity.manifest import LookedAt
from obshto.platform.unit_of_work import UnitOfWork

NEWEST = (DataRequest.sent_at.desc(), DataRequest.id.desc())
LISTS = ("new", "mine", "work", "identity", "late", "done")
SOON = timedelta(days=3)
# What no list shows is not decrypted for one.
UNSHOWN = tuple(
    defer(column)
    for column in (
        *(DataRequest.applicant, DataRequest.words, DataRequest.email, DataRequest.phone),
        *(DataRequest.address, DataRequest.answer),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A list of the queue, narrowed by kind and number."""

    list: str = "new"
    kind: str = ""
    number: str = ""


def request_of(uow: UnitOfWork, case_id: UUID, *, to_change: bool = False) -> DataRequest:
    """Any request here, for staff and letters. Raises NoSuchRequest."""
    wanted = select(DataRequest).where(DataRequest.id == case_id)
    return _one(uow, wanted.with_for_update() if to_change else wanted)


def request_at(uow: UnitOfWork, ref: str, *, to_change: bool = False) -> DataRequest:
    """By its code, or by its id in the account of who is signed in.

    Raises NoSuchRequest, WhoseRequest.
    """
    wanted = select(DataRequest).where(_opened_by(uow, ref))
    return _one(uow, wanted.with_for_update() if to_change else wanted)


def request_by_number(uow: UnitOfWork, number: str, code: str) -> DataRequest:
    """By number and code together, as they stand on the slip. Raises NoSuchRequest."""
    row = request_at(uow, digits(code))
    if not is_number_of(row, number):
        raise NoSuchRequest
    return row


def request_by_proof(
    uow: UnitOfWork, case_id: UUID, proof: str, *, to_change: bool = False
) -> DataRequest:
    """By what stands in the letter to the e-mail of who sent it. Raises NoSuchRequest."""
    row = request_of(uow, case_id, to_change=to_change)
    if row.person_id or row.state == LAPSED or proof_of(row.request_id) != digits(proof):
        raise NoSuchRequest
    return row


def requests_of(person_id: UUID) -> Select[DataRequest]:
    """Those of an account, the newest first."""
    return select(DataRequest).where(DataRequest.person_id == person_id).order_by(*NEWEST)


def asked_about(uow: UnitOfWork, person_id: UUID, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    """By look: the question that the person asked about it. One query."""
    asked = select(DataRequest.about_id, DataRequest.id).where(
        DataRequest.person_id == person_id, DataRequest.about_id.in_(ids)
    )
    return {look_id: case_id for look_id, case_id in uow.session.execute(asked) if look_id}


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The requests among these ids, as their people know them. One query."""
    known = load_only(DataRequest.year, DataRequest.sequence, DataRequest.person_id)
    rows = uow.session.scalars(select(DataRequest).where(DataRequest.id.in_(ids)).options(known))
    return {
        row.id: LookedAt(
            gettext("Искане %(number)s", number=row.number),
            f"/personaldata/case/{row.id}" if row.person_id else "",
        )
        for row in rows
    }


def lines_of(uow: UnitOfWork, row: DataRequest) -> Sequence[RequestLine]:
    """What happened to it, in order."""
    wanted = select(RequestLine).where(RequestLine.case_id == row.id)
    return uow.session.scalars(wanted.order_by(RequestLine.at, RequestLine.id)).all()


def copy_of_request(uow: UnitOfWork, row: DataRequest) -> DataCopy | None:
    """The copy put together for it, while it is kept."""
    wanted = select(DataCopy).where(DataCopy.case_id == row.id, DataCopy.until > uow.now)
    return uow.session.scalar(wanted)


def has_copy(uow: UnitOfWork, row: DataRequest) -> bool:
    """A copy is there, without reading it."""
    wanted = select(DataCopy.case_id).where(DataCopy.case_id == row.id, DataCopy.until > uow.now)
    return uow.session.scalar(wanted) is not None


def queue(uow: UnitOfWork, wanted: Wanted, *, today: date) -> Select[DataRequest]:
    """A list of the officer, what is due first on top."""
    rows = select(DataRequest).where(_listed(uow, wanted.list, today), *_narrowed(wanted))
    rows = rows.options(*UNSHOWN)
    if wanted.list == "done":
        return rows.order_by(DataRequest.ended_at.desc().nulls_last(), DataRequest.id.desc())
    return rows.order_by(DataRequest.due_on.nulls_last(), DataRequest.id)


def counts(uow: UnitOfWork, wanted: Wanted, *, today: date) -> Select[*tuple[int, ...]]:
    """One row: how many stand in each list."""
    numbers = [
        func.count().filter(_listed(uow, name, today)).label(name) for name in (*LISTS, "all")
    ]
    return select(*numbers).where(*_narrowed(wanted))


def numbers_by_kind(uow: UnitOfWork, *, today: date) -> Sequence[tuple[str, int, int, int]]:
    """Kind, how many are open, how many of them late, how many ended this year. One query."""
    rows = select(
        DataRequest.kind,
        func.count().filter(DataRequest.state.in_(OPEN)),
        func.count().filter(overdue(today)),
        func.count().filter(DataRequest.state.in_(DONE), DataRequest.year == today.year),
    )
    found = rows.group_by(DataRequest.kind).order_by(DataRequest.kind)
    return [(row[0], row[1], row[2], row[3]) for row in uow.session.execute(found)]


def overdue(today: date) -> ColumnElement[bool]:
    """Open after its last day."""
    return and_(DataRequest.state.in_(OPEN), DataRequest.due_on < today)


def due_soon(today: date) -> ColumnElement[bool]:
    """Open, with three days left or fewer."""
    soon = DataRequest.due_on.between(today, today + SOON)
    return and_(DataRequest.state.in_(OPEN), soon)


def _listed(uow: UnitOfWork, name: str, today: date) -> ColumnElement[bool]:
    mine = DataRequest.assignee_id == uow.principal.person_id
    conditions: dict[str, ColumnElement[bool]] = {
        "new": DataRequest.state == RECEIVED,
        "mine": and_(mine, DataRequest.state.in_(OPEN)),
        "work": DataRequest.state == IN_WORK,
        "identity": DataRequest.state == IDENTITY,
        "late": overdue(today),
        "done": DataRequest.state.in_(DONE),
        "all": true(),
    }
    return conditions[name]


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    narrow: list[ColumnElement[bool]] = [DataRequest.state.not_in((UNCONFIRMED, LAPSED))]
    if wanted.kind:
        narrow.append(DataRequest.kind == wanted.kind)
    if wanted.number:
        narrow.append(numbered(DataRequest, wanted.number))
    return narrow


def _opened_by(uow: UnitOfWork, ref: str) -> ColumnElement[bool]:
    return opened_by(uow, DataRequest, ref, index_of, missing=NoSuchRequest, whose=WhoseRequest)


def _one(uow: UnitOfWork, wanted: Select[DataRequest]) -> DataRequest:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchRequest
    return found
