"""Acts of staff upon a report. Each asks first whether it is so already: the same form."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.participation.errors import (
    NoSuchReportOfYear,
    ReportIsPublic,
    StaleReportOfYear,
)
from obshto.modules.participation.events import (
    ParticipationFact,
    ReportCounted,
    ReportForeworded,
    ReportPublished,
)
from obshto.modules.participation.models import ParticipationReport
from obshto.modules.participation.services.figures import counted
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

BACK = 5  # years of which a report can be made


def published() -> Select[ParticipationReport]:
    """What everybody may see, the latest year first."""
    shown = select(ParticipationReport).where(ParticipationReport.published_at.is_not(None))
    return shown.order_by(ParticipationReport.year.desc())


def all_reports() -> Select[ParticipationReport]:
    """For staff, the latest year first."""
    return select(ParticipationReport).order_by(ParticipationReport.year.desc())


def public_report(uow: UnitOfWork, year: int) -> ParticipationReport:
    """Raises NoSuchReportOfYear."""
    found = uow.session.scalar(published().where(ParticipationReport.year == year))
    if found is None:
        raise NoSuchReportOfYear
    return found


def report_of(uow: UnitOfWork, report_id: UUID, *, to_change: bool = False) -> ParticipationReport:
    """Raises NoSuchReportOfYear."""
    found = uow.session.get(ParticipationReport, report_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchReportOfYear
    return found


def years_over(uow: UnitOfWork) -> Sequence[int]:
    """Years of which a report may be, the latest first."""
    this = day_of(uow.now).year
    return range(this - 1, this - 1 - BACK, -1)


def years_to_make(uow: UnitOfWork) -> Sequence[int]:
    """Those that have none yet. One query."""
    made = set(uow.session.scalars(select(ParticipationReport.year)))
    return [year for year in years_over(uow) if year not in made]


def make_report(uow: UnitOfWork, year: int, *, request_id: UUID) -> ParticipationReport:
    """Counts a year that is over; the same request, or another of the same year, finds it."""
    known = select(ParticipationReport).where(
        or_(ParticipationReport.request_id == request_id, ParticipationReport.year == year)
    )
    if found := uow.session.scalars(known).first():
        return found
    if year not in years_over(uow):
        raise NoSuchReportOfYear
    report = ParticipationReport(
        request_id=request_id,
        year=year,
        foreword="",
        figures=counted(uow, year),
        counted_at=uow.now,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(report)
    except IntegrityError:  # a second click in the same instant
        return uow.session.scalars(known).one()
    _tell(uow, ReportCounted, report)
    return report


def count_again(uow: UnitOfWork, report: ParticipationReport, *, expected_version: int) -> None:
    """The figures of a draft as they stand now. Raises StaleReportOfYear, ReportIsPublic."""
    if report.published_at:
        raise ReportIsPublic
    expect_version(report, expected_version, StaleReportOfYear)
    report.figures, report.counted_at = counted(uow, report.year), uow.now
    _tell(uow, ReportCounted, report)


def write_foreword(
    uow: UnitOfWork, report: ParticipationReport, words: str, *, expected_version: int
) -> None:
    """Before it is published, or after. Raises StaleReportOfYear."""
    if report.foreword == words:
        return
    expect_version(report, expected_version, StaleReportOfYear)
    report.foreword = words
    _tell(uow, ReportForeworded, report)


def publish_report(uow: UnitOfWork, report: ParticipationReport, *, expected_version: int) -> None:
    """From now on everybody sees it, and its figures stay. Raises StaleReportOfYear."""
    if report.published_at:
        return
    expect_version(report, expected_version, StaleReportOfYear)
    report.published_at = uow.now
    _tell(uow, ReportPublished, report)


def _tell(uow: UnitOfWork, fact: type[ParticipationFact], report: ParticipationReport) -> None:
    uow.session.flush()
    uow.emit(fact(subject_id=report.id, year=report.year))
