"""Yearly report: use, shifts, repairs of each centre; a page to print and a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flask import abort, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.modules.centres.console.centres import console
from obshto.modules.centres.models import Centre
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services.yearly import CentreYear, whole_year, year_of, years
from obshto.platform.amounts import typed_as
from obshto.platform.clock import day_of
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.formats import number
from obshto.platform.web.request_uow import current_uow

SEE = CentresPermission.SEE
HEAD: Sequence[LazyString] = (
    *(_("Център"), _("Гости без записване"), _("Часове на гости"), _("Запазени часове")),
    *(_("Дошли"), _("Не дошли"), _("Отменени"), _("Часове по запазване")),
    *(_("Часове на служители"), _("Часове на доброволци"), _("Ремонти"), _("Цена на ремонтите")),
)


@console.get("/report")
@requires(SEE)
def report() -> str:
    uow, year = current_uow(), _year()
    rows = year_of(uow, year)
    today = day_of(uow.now)
    shown = {"rows": rows, "total": whole_year(rows), "year": year, "today": today}
    return render_template("centres/report.html", years=years(today), **shown)


@console.get("/report.csv")
@requires(SEE)
def report_file() -> Response:
    year = _year()
    rows = year_of(current_uow(), year)
    return csv_file(f"centres-{year}.csv", HEAD, _lines(rows))


def _year() -> int:
    """The one asked for, else this one; 404 for what is none of ours."""
    known = years(day_of(current_uow().now))
    year = request.args.get("year", known[0], int)
    return year if year in known else abort(404)


def _lines(rows: Iterable[tuple[Centre, CentreYear]]) -> Iterator[Sequence[str]]:
    for centre, one in rows:
        yield (
            *(centre.name, str(one.guests), _hours(one.guest_minutes), str(one.booked)),
            *(str(one.came), str(one.missed), str(one.cancelled), _hours(one.booked_minutes)),
            *(_hours(one.staff_minutes), _hours(one.volunteer_minutes), str(one.repairs)),
            typed_as(one.cost_cents),
        )


def _hours(minutes: int) -> str:
    return number(round(minutes / 60, 1))
