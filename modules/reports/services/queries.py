"""Queries of reports: what the public may see, what the sender, what the queue holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, not_, or_, select, true
from sqlalchemy.orm import defer, load_only

from obshto.modules.reports.errors import NoSuchReport, WhoseReport
from obshto.modules.reports.models import Report, ReportLine
from obshto.modules.reports.services import access_log
from obshto.modules.reports.services.codes import index_of
from obshto.modules.reports.services.inspection import VIOLATION, visible_to
from obshto.modules.reports.services.kinds import INSPECTED, VIOLATIONS, kind_of
from obshto.modules.reports.services.own_kinds import is_of_kind
from obshto.modules.reports.services.states import (
    ASKED,
    CHALLENGE,
    DONE,
    HANDED,
    IN_WORK,
    MERGED,
    OPEN,
    PASSED_ON,
    RECEIVED,
    REOPENED,
)
from obshto.platform.cases.references import is_number_of, numbered, opened_by
from obshto.platform.followers.services import Followed
from obshto.platform.maps.points import distance_of
from obshto.platform.modularity.manifest import LookedAt
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import Point
from obshto.platform.web.language import SOURCE, speaking

NEWEST = (Report.sent_at.desc(), Report.id.desc())
FOR_EVERYBODY = 3  # the step of the escalation from which on the public reads what is overdue
LISTS = ("new", "mine", "work", "asked", "outside", "late", "cover", "tell", "done")
NEAR = 0.1  # kilometres: it may be the same thing
CELLS = 1_000  # of one degree
SLACK = 0.07  # kilometres from the middle of a cell to its corner
BOX = 0.005  # degrees, more than any of them is away
# What no list shows is not decrypted for one.
UNSHOWN = tuple(
    defer(column)
    for column in (
        *(Report.applicant, Report.words, Report.place, Report.email, Report.phone),
        Report.neighbour_code,
    )
)
PUBLIC = and_(
    Report.hidden_at.is_(None),
    or_(
        Report.is_verified,
        and_(
            Report.kind.not_in(INSPECTED),
            or_(Report.kind.not_in(VIOLATIONS), Report.own_kind_id.is_not(None)),
            Report.is_signal.is_(False),
        ),
    ),
)

_IS_FOLLOWED = and_(Report.state == PASSED_ON, Report.remind_on.is_not(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A list of the queue, narrowed by kind, settlement, number, team.

    It holds violations or all others, never both; `of_all` of them is for who oversees.
    """

    list: str = "new"
    is_violation: bool = False
    of_all: bool = False
    kind: str = ""
    settlement: str = ""
    number: str = ""
    team: str = ""


@dataclass(slots=True)
class MapSpot:
    """A report on the map: at its village, never at its point."""

    id: UUID
    ekatte: str
    latitude: float | None = None
    longitude: float | None = None


def public(
    *,
    kind: str = "",
    settlement: str = "",
    state: str = "",
    number: str = "",
    is_late: bool = False,
) -> Select[Report]:
    """What everybody may see, the newest first; a double stands within its first.

    `is_late`: of the open ones only those whose escalation has come to everybody's list.
    """
    wanted = select(Report).where(PUBLIC, Report.state != MERGED)
    if kind:
        wanted = wanted.where(is_of_kind(kind))
    if settlement:
        wanted = wanted.where(Report.settlement == settlement)
    if state:
        wanted = wanted.where(Report.state.in_(OPEN if state == "open" else DONE))
    if number:
        wanted = wanted.where(numbered(Report, number))
    if is_late:
        wanted = wanted.where(Report.escalation >= FOR_EVERYBODY).order_by(Report.due_on)
    return wanted.order_by(*NEWEST)


def told_already(*, kind: str, settlement: str) -> Select[Report]:
    """What others told of the same kind in the same village and is not done."""
    return public(kind=kind, settlement=settlement, state="open").limit(5)


def villages_of(uow: UnitOfWork, wanted: Select[Report]) -> Mapping[str, int]:
    """How many of these reports each settlement has. One query."""
    rows = wanted.order_by(None).with_only_columns(Report.settlement, func.count())
    found = uow.session.execute(rows.group_by(Report.settlement))
    return {code: number for code, number in found}


def told_near(point: Point, *, kind: str) -> Select[Report]:
    """Open public reports within 100 m of a point, of this kind first, then the nearest.

    A report counts where its point is to three decimals, and so do some up to 240 m away: whoever
    asks for point after point learns no house, only some 110 by 80 m.
    """
    latitude, longitude = (
        func.round(here * CELLS) / CELLS for here in (Report.latitude, Report.longitude)
    )
    apart = distance_of(latitude, longitude, point)
    box = [
        here.between(middle - BOX, middle + BOX)
        for here, middle in zip((Report.latitude, Report.longitude), point, strict=True)
    ]
    rows = public(state="open").where(*box, apart <= NEAR + SLACK).options(*UNSHOWN)
    return rows.order_by(None).order_by(not_(is_of_kind(kind)), apart, *NEWEST).limit(5)


def public_report(uow: UnitOfWork, report_id: UUID, *, to_change: bool = False) -> Report:
    """One that everybody may see. Raises NoSuchReport."""
    wanted = select(Report).where(Report.id == report_id, PUBLIC)
    return _one(uow, wanted.with_for_update() if to_change else wanted)


def is_public(report: Report) -> bool:
    """The same of a row at hand."""
    accuses = kind_of(report).is_violation or report.is_signal
    return report.hidden_at is None and (report.is_verified or not accuses)


def followed(report: Report) -> Followed:
    """The report as its followers know it; its title is in Bulgarian like all others."""
    with speaking(SOURCE):
        title = f"{kind_of(report).title} {report.number}"
    return Followed(
        part="reports",
        object_id=report.id,
        title=title,
        path=f"/reports/{report.id}",
    )


def report_of(uow: UnitOfWork, report_id: UUID, *, to_change: bool = False) -> Report:
    """Any report here, for staff and letters. Raises NoSuchReport."""
    wanted = select(Report).where(Report.id == report_id)
    return _one(uow, wanted.with_for_update() if to_change else wanted)


def report_entered(uow: UnitOfWork, report_id: UUID) -> Report:
    """One that who asks typed in for somebody, without its sender. Raises NoSuchReport."""
    own = Report.id == report_id, Report.entered_by_id == uow.principal.person_id
    return _one(uow, select(Report).where(*own).options(*UNSHOWN))


def report_on_desk(uow: UnitOfWork, report_id: UUID) -> Report:
    """One that who asks may know of. Raises NoSuchReport."""
    seen = visible_to(uow.principal)
    return _one(uow, select(Report).where(Report.id == report_id, seen))


def report_to_handle(uow: UnitOfWork, report_id: UUID, *, to_change: bool) -> Report:
    """The same for an act that shows nothing of its sender. Raises NoSuchReport."""
    seen = visible_to(uow.principal)
    wanted = select(Report).where(Report.id == report_id, seen).options(*UNSHOWN)
    return _one(uow, wanted.with_for_update() if to_change else wanted)


def report_at(uow: UnitOfWork, ref: str, *, to_change: bool = False) -> Report:
    """By its code, or by its id in the account of who is signed in.

    Raises NoSuchReport, WhoseReport.
    """
    wanted = select(Report).where(_opened_by(uow, ref))
    return _one(uow, wanted.with_for_update() if to_change else wanted)


def report_by_number(uow: UnitOfWork, number: str, code: str) -> Report:
    """By number and code together, as they stand on the slip. Raises NoSuchReport."""
    report = report_at(uow, code)
    if not is_number_of(report, number):
        raise NoSuchReport
    return report


def reports_of(person_id: UUID) -> Select[Report]:
    """Those of an account, the newest first."""
    return select(Report).where(Report.person_id == person_id).order_by(*NEWEST)


def lines_of(uow: UnitOfWork, report: Report) -> Sequence[ReportLine]:
    """What happened to it, in order."""
    wanted = select(ReportLine).where(ReportLine.case_id == report.id)
    return uow.session.scalars(wanted.order_by(ReportLine.at, ReportLine.id)).all()


def challenges_by(uow: UnitOfWork, person_id: UUID) -> Iterable[tuple[str, ReportLine]]:
    """What somebody said of reports that others sent, with their numbers. One query."""
    own = select(Report, ReportLine).join(ReportLine, ReportLine.case_id == Report.id)
    said = own.where(ReportLine.by_id == person_id, ReportLine.name == CHALLENGE.name)
    rows = uow.session.execute(said.options(*UNSHOWN).order_by(ReportLine.at))
    return [(report.number, line) for report, line in rows]


def looks_at(uow: UnitOfWork, report: Report) -> Sequence[RecordedLook]:
    """Who opened its sender, in order; who read the words alone stands in the timeline."""
    return uow.session.scalars(access_log.looks_at(report)).all()[::-1]


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The reports among these ids, as their senders know them. One query."""
    known = load_only(Report.year, Report.sequence, Report.person_id)
    rows = uow.session.scalars(select(Report).where(Report.id.in_(ids)).options(known))
    return {
        row.id: LookedAt(
            gettext("Сигнал %(number)s", number=row.number),
            f"/reports/case/{row.id}" if row.person_id else "",
        )
        for row in rows
    }


def queue(uow: UnitOfWork, wanted: Wanted, *, today: date) -> Select[Report]:
    """A list of the staff, what is due first on top."""
    rows = select(Report).where(_listed(uow, wanted.list, today), *_narrowed(wanted))
    rows = rows.options(*UNSHOWN)
    if wanted.list == "outside":
        return rows.order_by(Report.remind_on.nulls_last(), Report.id)
    if wanted.list == "done":
        return rows.order_by(Report.ended_at.desc().nulls_last(), Report.id.desc())
    return rows.order_by(Report.due_on.nulls_last(), Report.id)


def numbers_of(uow: UnitOfWork, ids: Collection[UUID]) -> list[str]:
    wanted = (
        select(Report).where(Report.id.in_(ids)).options(load_only(Report.year, Report.sequence))
    )
    return sorted(row.number for row in uow.session.scalars(wanted))


def counts(uow: UnitOfWork, wanted: Wanted, *, today: date) -> Select[*tuple[int, ...]]:
    """One row: how many stand in each list."""
    numbers = [
        func.count().filter(_listed(uow, name, today)).label(name) for name in (*LISTS, "all")
    ]
    return select(*numbers).where(*_narrowed(wanted))


def counts_by_village(uow: UnitOfWork, wanted: Wanted, *, today: date) -> Mapping[str, int]:
    """How many of the list stand in each settlement, whichever is chosen. One query."""
    everywhere = replace(wanted, settlement="")
    listed = _listed(uow, wanted.list, today), *_narrowed(everywhere)
    return villages_of(uow, select(Report).where(*listed))


def overdue(today: date) -> ColumnElement[bool]:
    """Open after its last day."""
    return and_(Report.state.in_(OPEN), Report.due_on < today)


def _listed(uow: UnitOfWork, name: str, today: date) -> ColumnElement[bool]:
    mine = Report.assignee_id == uow.principal.person_id
    conditions: dict[str, ColumnElement[bool]] = {
        "new": Report.state.in_((RECEIVED, REOPENED)),
        "mine": and_(mine, Report.state.in_(OPEN)),
        "work": Report.state == IN_WORK,
        "asked": Report.state == ASKED,
        "late": or_(overdue(today), and_(Report.state.in_(OPEN), Report.escalation > 0)),
        "cover": Report.wants_cover.is_(True),
        "tell": and_(Report.announce_by.is_not(None), Report.announced_at.is_(None)),
        "outside": or_(Report.state == HANDED, _IS_FOLLOWED),
        "done": Report.state.in_((*DONE, MERGED)),
        "all": true(),
    }
    return conditions[name]


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    narrow: list[ColumnElement[bool]] = []
    if not wanted.of_all:
        narrow.append(VIOLATION if wanted.is_violation else not_(VIOLATION))
    if wanted.kind:
        narrow.append(is_of_kind(wanted.kind))
    if wanted.settlement:
        narrow.append(Report.settlement == wanted.settlement)
    if wanted.team:
        narrow.append(cast(Report.team_id, Text) == wanted.team)
    if wanted.number:
        narrow.append(numbered(Report, wanted.number))
    return narrow


def _opened_by(uow: UnitOfWork, ref: str) -> ColumnElement[bool]:
    return opened_by(uow, Report, ref, index_of, missing=NoSuchReport, whose=WhoseReport)


def _one(uow: UnitOfWork, wanted: Select[Report]) -> Report:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchReport
    return found
