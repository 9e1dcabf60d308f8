"""Objects and pages of lists as programs read them.

What a meeting or recording is that was hidden a moment ago is told no more, before the next
snapshot: each answer asks what is public now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from obshto.modules.oparl.errors import NoSuchOparlObject, NotAMoment, NotANumber
from obshto.modules.oparl.models import OparlObject
from obshto.modules.oparl.services.object_types import (
    INNER,
    ORGANIZATION,
    SYSTEM,
    THE_SYSTEM,
    Addresses,
)
from obshto.modules.oparl.services.snapshot import Content, moments
from obshto.platform.modularity.council_publication import MeetingPublication, RecordingPublication
from obshto.platform.modularity.ports import port_here
from obshto.platform.unit_of_work import UnitOfWork

MOST, DIGITS = 100, 6  # objects of a page; digits of a page's number
SINCE, UNTIL = ("created_since", "modified_since"), ("created_until", "modified_until")
EXAMPLE = "2026-11-28T10:00:00+02:00"
COLUMNS = {"created": OparlObject.created_at, "modified": OparlObject.modified_at}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What of a list is asked for; `asked` is the filter as the address says it, in one order."""

    moments: Mapping[str, datetime]
    limit: int
    page: int
    omits_inner: bool
    asked: tuple[tuple[str, str], ...]

    @property
    def tells_deleted(self) -> bool:
        """Who asks what changed is told also what went."""
        return "modified_since" in self.moments


def read_query(args: Mapping[str, str]) -> ListQuery:
    """Filters and page of an address. Raises NotAMoment, NotANumber."""
    found = {name: _moment(name, args[name]) for name in (*SINCE, *UNTIL) if args.get(name)}
    limit, omits = min(_number("limit", args, MOST), MOST), args.get("omit_internal") == "true"
    asked = [(name, moment.isoformat(timespec="seconds")) for name, moment in found.items()]
    asked += [("limit", str(limit))] if limit != MOST else []
    asked += [("omit_internal", "true")] if omits else []
    page = _number("page", args, 1)
    return ListQuery(
        moments=found, limit=limit, page=page, omits_inner=omits, asked=tuple(sorted(asked))
    )


def object_of(uow: UnitOfWork, kind: str, object_id: UUID) -> Content:
    """One object, deleted where it is not public any more. Raises NoSuchOparlObject."""
    row = uow.session.get(OparlObject, (kind, object_id))
    if row is None:
        raise NoSuchOparlObject
    is_shown = row.deleted_at is None and (row.owner_id is None or row.owner_id in _showing(uow))
    return _told(row, is_shown=is_shown)


def list_of(
    uow: UnitOfWork, kind: str, query: ListQuery, *, address: str, organization: UUID | None = None
) -> Content:
    """A page of all objects of a type, by their ids. Five queries for any number."""
    rows = _found(uow, kind, query, organization)
    total = uow.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    rows = rows.order_by(OparlObject.id).limit(query.limit)
    shown = uow.session.scalars(rows.offset((query.page - 1) * query.limit)).all()
    pages = max(1, -(-total // query.limit))
    return {
        "data": [_listed(row, query) for row in shown],
        "pagination": {
            "totalElements": total,
            "elementsPerPage": query.limit,
            "currentPage": query.page,
            "totalPages": pages,
        },
        "links": _links(query, pages, address),
    }


def counts_of(uow: UnitOfWork) -> Mapping[str, int]:
    """Number of objects of each type that were told last. One query."""
    rows = select(OparlObject.kind, func.count()).where(OparlObject.deleted_at.is_(None))
    return {kind: number for kind, number in uow.session.execute(rows.group_by(OparlObject.kind))}  # noqa: C416


def system_of(uow: UnitOfWork) -> Content:
    """The way in. Raises NoSuchOparlObject before the first snapshot."""
    return object_of(uow, SYSTEM, THE_SYSTEM)


def _found(
    uow: UnitOfWork, kind: str, query: ListQuery, organization: UUID | None
) -> Select[OparlObject]:
    owner, is_gone = OparlObject.owner_id, OparlObject.deleted_at.is_not(None)
    is_shown = or_(owner.is_(None), owner.in_(_showing(uow)))
    rows = select(OparlObject).where(OparlObject.kind == kind, or_(is_gone, is_shown))
    if not query.tells_deleted:
        rows = rows.where(~is_gone)
    for name, moment in query.moments.items():
        column = COLUMNS[name.partition("_")[0]]
        rows = rows.where(column >= moment if name in SINCE else column <= moment)
    if organization:
        mine = [Addresses(uow.scope.address).of(ORGANIZATION, organization)]
        rows = rows.where(OparlObject.content.contains({"organization": mine}))
    return rows


def _showing(uow: UnitOfWork) -> set[UUID]:
    """Meetings that are public now, and recordings of them. Two queries."""
    meetings, recordings = port_here(MeetingPublication), port_here(RecordingPublication)
    shown = set(meetings.showing(uow)) if meetings else set()
    of_meetings = recordings.recordings(uow) if recordings else {}
    files = (file for meeting_id in shown for file in of_meetings.get(meeting_id, ()))
    return shown | {file.id for file in files}


def _told(row: OparlObject, *, is_shown: bool) -> Content:
    ends = moments(row.created_at, row.modified_at)
    if is_shown:
        return {**row.content, **ends}
    names = {name: row.content[name] for name in ("id", "type")}
    return {**names, **ends, "deleted": True}


def _listed(row: OparlObject, query: ListQuery) -> Content:
    told = _told(row, is_shown=row.deleted_at is None)
    left_out = INNER.get(row.kind, frozenset()) if query.omits_inner else frozenset()
    return {name: value for name, value in told.items() if name not in left_out}


def _links(query: ListQuery, pages: int, address: str) -> Mapping[str, str]:
    def page(number: int) -> str:
        asked: Sequence[tuple[str, str]] = query.asked
        if number > 1:
            asked = (*asked, ("page", str(number)))
        return f"{address}?{urlencode(asked)}" if asked else address

    told = {"first": page(1), "self": page(query.page), "last": page(pages)}
    if query.page > 1:
        told["prev"] = page(min(query.page - 1, pages))
    if query.page < pages:
        told["next"] = page(query.page + 1)
    return told


def _moment(name: str, typed: str) -> datetime:
    """A plus that nobody encoded arrives as a blank."""
    try:
        found = datetime.fromisoformat(typed.strip().replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not 1 < found.year < 9999:  # noqa: PLR2004
        raise NotAMoment(name=name, example=EXAMPLE)
    return found


def _number(name: str, args: Mapping[str, str], default: int) -> int:
    typed = args.get(name, "")
    if not typed:
        return default
    if not (typed.isascii() and typed.isdigit() and len(typed) <= DIGITS and int(typed)):
        raise NotANumber(name=name)
    return int(typed)
