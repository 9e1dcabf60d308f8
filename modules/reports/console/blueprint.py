"""Blueprint of the staff pages, and what they share."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from obshto.modules.reports.models import Report
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services import access_log, queries
from obshto.modules.reports.services.inspection import is_visible_to
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("reports_console", __name__)
Answer = str | tuple[str, int] | Response
HANDLE, INSPECT = ReportsPermission.HANDLE, ReportsPermission.INSPECT


def to_change(report_id: UUID) -> Report:
    """Without its sender; locked until the request ends, where something is sent.

    Raises DataRestricted.
    """
    is_sent = request.method == "POST"
    return usable(queries.report_to_handle(current_uow(), report_id, to_change=is_sent))


def usable(found: Report) -> Report:
    """The same one, unless its sender's data may not be used now. Raises DataRestricted."""
    if refusal := access_log.restricted(current_uow(), found):
        raise refusal
    return found


def back_to(report_id: UUID, said: str) -> Response:
    """The page of the report, with a notice."""
    return see_other(".report", report_id=report_id, said=said)


def back_from(found: Report, said: str) -> Response:
    """The same; the list, where it has just become another's to see."""
    if is_visible_to(current_principal(), found):
        return back_to(found.id, said)
    return see_other(".index" if current_principal().may(HANDLE) else ".violations", said=said)
