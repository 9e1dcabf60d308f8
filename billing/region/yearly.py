"""The region's pages of what was spent, and of the account of a year."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from obshto.billing.permissions import CostPermission
from obshto.billing.region.desk import Answer, filled, request_here
from obshto.billing.region.forms.plain import OutlayForm
from obshto.billing.region.municipality_names import names_here
from obshto.billing.years import services as years
from obshto.platform.clock import today
from obshto.platform.web.access import requires
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.requested_days import YEARS

yearly = Blueprint("yearly", __name__)


@yearly.get("/")
@requires(CostPermission.SEE)
def index() -> str:
    """The books of a year: what everybody would read if it were published now."""
    uow, year = current_uow(), _year()
    page = paginate(uow.session, years.outlays(year), page_number())
    return render_template(
        "billing/region_year.html",
        figures=years.figures_of(uow, year),
        page=page,
        taken_back=years.taken_back(uow, [one.id for one in page.rows]),
        published=years.published_years(uow),
        year=year,
        years=range(today().year - 2, today().year + 1),
        names=names_here(),
        request_id=uuid4(),
    )


@yearly.route("/new", methods=["GET", "POST"])
@requires(CostPermission.RUN)
def new() -> Answer:
    form = OutlayForm()
    if form.validate_on_submit():
        made = years.book_outlay(current_uow(), _entry(form), request_id=form.request_id.data)
        return see_other(".index", year=made.day.year, said="billing.outlay-booked")
    known = years.programmes(current_uow())
    heading, act = gettext("Пари за портала"), gettext("Впишете ги")
    return filled(form, heading=heading, act=act, back=url_for(".index"), programmes=known)


@yearly.post("/<uuid:outlay_id>/back")
@requires(CostPermission.RUN)
def back(outlay_id: UUID) -> Answer:
    years.take_back_outlay(current_uow(), outlay_id, request_id=request_here())
    return see_other(".index", said="billing.taken-back")


@yearly.post("/publish")
@requires(CostPermission.RUN)
def publish() -> Answer:
    year = _year()
    years.publish_year(current_uow(), year, request_id=request_here())
    return see_other(".index", year=year, said="billing.year-published")


def _entry(form: OutlayForm) -> years.Entry:
    assert form.day.data
    return years.Entry(
        day=form.day.data,
        is_income=form.kind.data == "income",
        programme=" ".join(form.programme.data.split()),
        purpose=" ".join(form.purpose.data.split()),
        cents=form.cents.data,
    )


def _year() -> int:
    """The one asked for; this one for what is no year."""
    asked = request.values.get("year", "")
    is_year = asked.isascii() and asked.isdigit() and len(asked) == len("2026")
    return int(asked) if is_year and int(asked) in YEARS else today().year
