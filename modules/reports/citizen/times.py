"""Public statistics of reports: how long until it was proven, as a page and as files."""

from __future__ import annotations

from io import BytesIO

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.reports.citizen.blueprint import citizen
from obshto.modules.reports.forms.words import words
from obshto.modules.reports.models import Report
from obshto.modules.reports.services.own_kinds import CHOSEN
from obshto.modules.reports.services.statistics import TIMES, times_by, times_in_villages
from obshto.platform.datasets.rows import stream
from obshto.platform.datasets.writers import geojson_writer
from obshto.platform.storage.kinds import GEOJSON
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.formats import number as format_number
from obshto.platform.web.request_uow import current_uow


@citizen.get("/times")
@open_to_all
def times() -> str:
    """How long until it was proven, by kind and by village."""
    uow, shown = current_uow(), words()
    kinds = [(shown["kinds"][word].title, n, days) for word, n, days in times_by(uow, CHOSEN)]
    villages = [
        (shown["place_of"](code) or "–", n, days)
        for code, n, days in times_by(uow, Report.settlement)
    ]
    groups = ((gettext("Вид"), kinds), (gettext("Населено място"), villages))
    return render_template("reports/times.html", groups=groups)


@citizen.get("/times.csv")
@open_to_all
def times_table() -> Response:
    """The same, kind by kind in each village, as a table."""
    shown = words()
    told = [
        (
            str(shown["kinds"][kind].title),
            shown["place_of"](place) or "–",
            str(number),
            format_number(days),
        )
        for kind, place, number, days in times_in_villages(current_uow())
    ]
    return csv_file("reports-times.csv", [one.title for one in TIMES.columns[:4]], told)


@citizen.get("/times.geojson")
@open_to_all
def times_points() -> Response:
    """The same at the centres of the villages (RFC 7946)."""
    out = BytesIO()
    geojson_writer(TIMES.point)(out, TIMES.names, stream(current_uow(), TIMES))
    answer = Response(out.getvalue(), mimetype=GEOJSON.mime)
    answer.headers["Content-Disposition"] = 'attachment; filename="reports-times.geojson"'
    return answer
