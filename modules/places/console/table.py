"""Places by a table: take them away as CSV, bring them as CSV or XLSX, look before it is done."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from obshto.modules.places.console.row_review import Judge, Verdict, packed, take, unpacked
from obshto.modules.places.forms import TableForm, fields_of
from obshto.modules.places.permissions import PlacesPermission
from obshto.modules.places.services import queries
from obshto.modules.places.services.table import COLUMNS, row_from, told_in
from obshto.platform.errors import DomainError
from obshto.platform.storage.tables import rows_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled
from obshto.platform.web.language import SOURCE, speaking
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

table = Blueprint("table", __name__)
Shown = str | tuple[str, int] | Answer
ORDER = (Verdict.BAD, Verdict.NEW, Verdict.CHANGED, Verdict.SAME)


@table.get("/places.csv")
@requires(PlacesPermission.WRITE)
def download() -> Response:
    uow = current_uow()
    places = uow.session.scalars(queries.present()).all()
    with speaking(SOURCE):
        rows = [row_from(fields_of(place), place) for place in places]
    return csv_file("places.csv", list(COLUMNS.values()), rows)


@table.route("/table", methods=["GET", "POST"])
@requires(PlacesPermission.PUBLISH)
@takes_files
def bring() -> Shown:
    form = TableForm()
    if form.validate_on_submit():
        try:
            if form.rows.data:
                return _take(form)
            return _preview(form)
        except DomainError as refusal:
            form.file.errors = [str(refusal)]
        except (ValueError, TypeError, KeyError):
            form.form_errors.append(gettext("Страницата беше отворена твърде дълго"))
    return filled("places/table.html", form, columns=COLUMNS.values())


def _preview(form: TableForm) -> Shown:
    sent = form.file.data
    told = told_in(rows_of(sent.stream, name=sent.filename or ""))
    judge = _judge(current_uow())
    rows = [judge.judge(number, row) for number, row in told]
    rows.sort(key=lambda row: (ORDER.index(row.verdict), row.number))
    counts = {verdict: sum(row.verdict == verdict for row in rows) for verdict in ORDER}
    page = render_template(
        "places/table_preview.html", form=form, rows=rows, counts=counts, packed=packed(rows)
    )
    return page if counts[Verdict.BAD] < len(rows) else (page, 422)


def _take(form: TableForm) -> Shown:
    uow, key = current_uow(), UUID(str(form.request_id.data))
    left = take(uow, _judge(uow), unpacked(form.rows.data), publish=form.publish.data, key=key)
    return see_other(".bring", said="places.taken-some" if left else "places.taken")


def _judge(uow: UnitOfWork) -> Judge:
    return Judge(uow, uow.scope.slug)
