"""Public pages of reports on participation: the years, one year as a page, a PDF, a table."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.modules.participation.services.report_tables import (
    ReportShown,
    notes,
    pdf_report,
    shown_report,
)
from obshto.modules.participation.services.reports import public_report, published
from obshto.platform.content.report_tables import csv_rows
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import csv_file, public_pdf
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("participation_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    reports = current_uow().session.scalars(published()).all()
    keep_until(None)
    return render_template("participation/index.html", reports=reports)


@citizen.get("/<int:year>")
@open_to_all
def show(year: int) -> str:
    shown = _shown(year)
    keep_until(None)
    return render_template("participation/show.html", shown=shown, notes=notes(shown.report))


@citizen.get("/<int:year>.pdf")
@open_to_all
def paper(year: int) -> Response:
    body = pdf_report(current_uow(), _shown(year), current_language())
    return public_pdf(f"uchastie-{year}", body)


@citizen.get("/<int:year>.csv")
@open_to_all
def table(year: int) -> Response:
    head, rows = csv_rows(_shown(year).tables)
    return csv_file(f"uchastie-{year}.csv", head, rows)


def _shown(year: int) -> ReportShown:
    uow = current_uow()
    return shown_report(uow, public_report(uow, year), current_language())
