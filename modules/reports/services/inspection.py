"""Inspection: reports of a violation are seen by inspectors alone, all others by the clerks.

A report is a violation by its kind, or because its sender asked for a decision by law. Whoever
sorts it across that line lets go of it: it is new to those on the other side.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, false, not_, or_

from obshto.modules.reports.events import ReportCrossed
from obshto.modules.reports.models import Report
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services.kinds import INSPECTED
from obshto.modules.reports.services.states import GIVE_BACK, IN_WORK, MACHINE, OPEN, record
from obshto.platform.permissions import Permission
from obshto.platform.unit_of_work import Principal, UnitOfWork
from obshto.tenants.api import people_who_may

VIOLATION = or_(Report.kind.in_(INSPECTED), Report.is_signal)
_CLERKS = (ReportsPermission.HANDLE, ReportsPermission.FIELD)


def is_violation(report: Report) -> bool:
    """The same of a row at hand."""
    return report.is_signal or report.kind in INSPECTED


def visible_to(principal: Principal) -> ColumnElement[bool]:
    """Which reports somebody of the staff may know of."""
    seen: list[ColumnElement[bool]] = []
    if principal.may(ReportsPermission.INSPECT):
        seen.append(VIOLATION)
    if any(map(principal.may, _CLERKS)):
        seen.append(not_(VIOLATION))
    return or_(false(), *seen)


def is_visible_to(principal: Principal, report: Report) -> bool:
    """The same of a row at hand."""
    if is_violation(report):
        return principal.may(ReportsPermission.INSPECT)
    return any(map(principal.may, _CLERKS))


def handled_by(report: Report) -> Permission:
    """The permission of those who work on it."""
    return ReportsPermission.INSPECT if is_violation(report) else ReportsPermission.HANDLE


def handlers_of(uow: UnitOfWork, report: Report) -> dict[UUID, str]:
    """Those who hold it."""
    return people_who_may(uow, handled_by(report))


def cross(uow: UnitOfWork, report: Report) -> None:
    """It was sorted across the line: nobody's, and new to those on the other side."""
    if report.state in OPEN:
        report.assignee_id, report.assignee, report.team_id = None, "", None
        if report.state == IN_WORK:
            MACHINE.advance_row(report, GIVE_BACK)
    record(uow, report, ReportCrossed)
