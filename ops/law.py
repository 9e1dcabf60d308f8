"""The region's page of the law: what is one for all municipalities is entered here, once."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from obshto.ops.forms import LateInterestForm
from obshto.platform.amounts import typed_as
from obshto.platform.clock import day_of
from obshto.platform.errors import Conflict
from obshto.platform.legal.values import LATE_INTEREST, enter_value, values_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import RegionPermission

law = Blueprint("law", __name__)
FIRST = date(2026, 7, 1)  # the earlier ones come with the platform


@law.get("/law")
@requires(RegionPermission.ENTER_LAW)
def index() -> str:
    entered = values_of(LATE_INTEREST)
    rows = [(day, entered.get(day)) for day in _half_years()]
    return render_template("ops/law.html", rows=rows)


@law.route("/law/late-interest/<int:year>/<int:half>", methods=["GET", "POST"])
@requires(RegionPermission.ENTER_LAW)
def late_interest(year: int, half: int) -> str | tuple[str, int] | Response:
    uow = current_uow()
    from_on = next((day for day in _half_years() if _name(day) == (year, half)), None) or abort(404)
    known = values_of(LATE_INTEREST).get(from_on)
    typed = {"percent": typed_as(known.hundredths), "source": known.source} if known else {}
    form = LateInterestForm(data={"expected_version": known.version if known else 0, **typed})
    if form.validate_on_submit():
        source, expected_version = form.source.data.strip(), form.expected_version.data
        try:
            said = {"source": source, "expected_version": expected_version}
            enter_value(uow, LATE_INTEREST, from_on, form.hundredths, **said)
            return see_other(".index", said="ops.law-entered")
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = known.version if known else 0
    return filled("ops/late_interest.html", form, from_on=from_on)


def _half_years() -> list[date]:
    """From the first that does not come with the platform to the next one, the newest first."""
    today = day_of(current_uow().now)
    found = [date(year, month, 1) for year in range(FIRST.year, today.year + 2) for month in (1, 7)]
    last = date(today.year, 7, 1) if today.month <= 6 else date(today.year + 1, 1, 1)
    return [day for day in reversed(found) if FIRST <= day <= last]


def _name(day: date) -> tuple[int, int]:
    return day.year, 1 if day.month == 1 else 2
