"""Checks before an act: the report is as it was seen, and it is mine."""

from __future__ import annotations

from obshto.modules.reports.errors import ReportNotYours, StaleReport
from obshto.modules.reports.models import Report
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork


def expect_mine(uow: UnitOfWork, report: Report, expected_version: int) -> None:
    """Raises StaleReport, ReportNotYours."""
    expect_version(report, expected_version, StaleReport)
    if report.assignee_id != uow.principal.person_id:
        raise ReportNotYours
