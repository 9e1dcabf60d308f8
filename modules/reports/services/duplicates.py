"""Doubles: a report that tells again what another told; its people hear what becomes of the first.

A double keeps its sender and its followers. They need not be moved, so parting loses nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, not_, select

from obshto.modules.reports.errors import (
    MergeFollowed,
    NoSuchFirst,
    NotMergeable,
    ReportNotFromHere,
    StaleReport,
)
from obshto.modules.reports.events import ReportFact
from obshto.modules.reports.models import Report, ReportLine
from obshto.modules.reports.services.inspection import VIOLATION, is_violation
from obshto.modules.reports.services.queries import UNSHOWN
from obshto.modules.reports.services.states import (
    MERGE,
    MERGED,
    OPEN,
    PART,
    STATES,
    move,
    note,
    record,
)
from obshto.platform.cases.references import numbered
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

DOUBLED = "doubled"  # the line of the first


def candidates(uow: UnitOfWork, report: Report) -> Sequence[Report]:
    """What is open of the same kind in the same village, the oldest first."""
    alike = VIOLATION if is_violation(report) else not_(VIOLATION)
    same = Report.kind == report.kind, Report.settlement == report.settlement, alike
    wanted = select(Report).where(*same, Report.state.in_(OPEN), Report.id != report.id)
    return uow.session.scalars(
        wanted.options(*UNSHOWN).order_by(Report.sent_at, Report.id).limit(8)
    ).all()


def doubles_of(uow: UnitOfWork, report: Report) -> Sequence[Report]:
    """Those that stand within this one."""
    wanted = select(Report).where(Report.first_id == report.id).options(*UNSHOWN)
    return uow.session.scalars(wanted.order_by(Report.sent_at, Report.id)).all()


def first_of(uow: UnitOfWork, report: Report) -> Report | None:
    """The report that this one stands within."""
    wanted = select(Report).where(Report.id == report.first_id).options(*UNSHOWN)
    return uow.session.scalar(wanted) if report.first_id else None


def merge_report(uow: UnitOfWork, report_id: UUID, number: str, *, expected_version: int) -> Report:
    """It goes into the open report of this number. Twice is once; answers the double.

    Raises NoSuchFirst, NotMergeable, StaleReport, ReportNotFromHere.
    """
    wanted = select(Report.id).where(numbered(Report, number), Report.id != report_id)
    if not (first_id := uow.session.scalar(wanted.order_by(Report.year.desc()))):
        raise NoSuchFirst
    report, first = _both(uow, report_id, first_id)
    if report.first_id == first.id:
        return report
    expect_version(report, expected_version, StaleReport)
    if first.state not in OPEN or is_violation(first) != is_violation(report):
        raise NoSuchFirst
    if report.is_signal or uow.session.scalar(select(exists().where(Report.first_id == report.id))):
        raise NotMergeable
    move(uow, report, MERGE)
    report.first_id, report.ended_at = first.id, uow.now
    note(uow, first, DOUBLED, words=report.number, is_internal=True)
    return report


def part_report(uow: UnitOfWork, report: Report, *, expected_version: int) -> None:
    """It stands by itself again, with who parts it. Raises MergeFollowed, StaleReport."""
    if report.state == PART.to and report.first_id is None:
        return
    if report.first_id is None:
        raise ReportNotFromHere(state=STATES[report.state])
    report, first = _both(uow, report.id, report.first_id)
    expect_version(report, expected_version, StaleReport)
    if not may_part(uow, report):
        raise MergeFollowed
    move(uow, report, PART)
    report.first_id, report.ended_at = None, None
    report.assignee_id, report.assignee = uow.principal.person_id, uow.principal.name
    note(uow, first, PART.name, words=report.number, is_internal=True)


def may_part(uow: UnitOfWork, report: Report) -> bool:
    """Nothing was done to the first since."""
    if report.state != MERGED:
        return False
    later = (
        ReportLine.case_id == report.first_id,
        ReportLine.at > report.ended_at,
        ReportLine.name.not_in((DOUBLED, PART.name)),
    )
    return not uow.session.scalar(select(exists().where(*later)))


def tell_doubles(uow: UnitOfWork, report: Report, fact: type[ReportFact]) -> None:
    """What happened to the first happened to each: its people hear of it under their own number."""
    for double in doubles_of(uow, report):
        record(uow, double, fact)


def _both(uow: UnitOfWork, report_id: UUID, first_id: UUID) -> tuple[Report, Report]:
    """Locked in the order of their ids, so that two acts never wait for each other."""
    wanted = select(Report).where(Report.id.in_((report_id, first_id))).order_by(Report.id)
    wanted = wanted.options(*UNSHOWN).with_for_update()
    wanted = wanted.execution_options(populate_existing=True)
    rows = {row.id: row for row in uow.session.scalars(wanted)}
    if len(rows) != 2:
        raise NoSuchFirst
    return rows[report_id], rows[first_id]
