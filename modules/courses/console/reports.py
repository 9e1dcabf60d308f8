"""Staff pages of the funder's report: all of them, one, its files."""

from __future__ import annotations

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.courses.console.courses import console
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services.report import sheets
from obshto.modules.courses.services.report.figures_of_year import (
    TO_COME,
    ProgrammeYear,
)
from obshto.modules.courses.services.report.figures_of_year import reports as all_reports
from obshto.platform.clock import day_of
from obshto.platform.content.report_tables import ReportTable, csv_rows
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file, private_pdf
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow


@console.get("/reports")
@requires(CoursesPermission.OVERSEE)
def reports() -> str:
    """Each programme, year by year."""
    found = [one for key, one in all_reports(current_uow()).items() if key != TO_COME]
    return render_template("courses/reports.html", found=found)


@console.get("/reports/<int:year>")
@requires(CoursesPermission.OVERSEE)
def report(year: int) -> str:
    one, tables = _asked(year)
    is_over = year < day_of(current_uow().now).year
    shown = {"one": one, "tables": tables, "is_over": is_over, "notes": sheets.notes()}
    return render_template("courses/report.html", **shown)


@console.get("/reports/<int:year>.csv")
@requires(CoursesPermission.OVERSEE)
def report_table(year: int) -> Response:
    head, rows = csv_rows(_asked(year)[1])
    return csv_file(f"courses-{year}.csv", head, rows)


@console.get("/reports/<int:year>.pdf")
@requires(CoursesPermission.OVERSEE)
def report_file(year: int) -> Response:
    uow = current_uow()
    one, tables = _asked(year)
    today, language = day_of(uow.now), current_language()
    pdf = sheets.pdf_report(uow, one, tables, today=today, language=language)
    return private_pdf(f"courses-{year}", pdf)


def _asked(year: int) -> tuple[ProgrammeYear, list[ReportTable]]:
    """The report of the programme in the address, or nothing."""
    uow, key = current_uow(), (year, request.args.get("programme", ""))
    found = all_reports(uow)
    if key == TO_COME or key not in found:
        abort(404)
    return found[key], sheets.tables_of(uow, found, key, current_language())
