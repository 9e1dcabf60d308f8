"""How the work goes: terms, loads, what people say of it, what is answered."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered, console
from obshto.modules.eservices.forms.acts import ReplyForm
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import complaining, rating, reading, reporting
from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.looks import CONTROL, look
from obshto.modules.eservices.services.statistics import Year, year_of
from obshto.modules.eservices.services.terms import day_of
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.files import csv_file, private_pdf
from obshto.platform.web.language import current_language
from obshto.platform.web.moves import see_other
from obshto.platform.web.paging import page_number, paginate

FIRST = 2026  # before it nothing was sent


@console.get("/statistics")
@requires(ServicesPermission.OVERSEE)
def statistics() -> str:
    year, today = _year(request.args.get("year")), _today()
    return render_template(
        "eservices/statistics.html",
        year=year,
        years=range(today.year, FIRST - 1, -1),
        title=reporting.title_of(year),
        intro=reporting.intro_of(year),
        terms=reporting.terms_rows(year.terms),
        terms_head=reporting.terms_head(),
        tables=list(reporting.satisfaction_tables(year)),
    )


@console.get("/statistics/<int:year>.pdf")
@requires(ServicesPermission.OVERSEE)
def report(year: int) -> Response:
    """The yearly report that the ordinance demands, to be published by the first of April."""
    pdf = reporting.pdf_report(
        current_work(), _year(str(year)), today=_today(), language=current_language()
    )
    return private_pdf(f"satisfaction-{year}", pdf)


@console.get("/statistics/<int:year>.csv")
@requires(ServicesPermission.OVERSEE)
def report_table(year: int) -> Response:
    head, *rows = reporting.table_rows(_year(str(year)))
    return csv_file(f"satisfaction-{year}.csv", head, rows)


@console.get("/said")
@requires(ServicesPermission.OVERSEE)
def said() -> str:
    """Complaints that wait, and people who were not content."""
    work, is_all = current_work(), request.args.get("all") == "1"
    waiting = complaining.complaints(open_only=not is_all).limit(50)
    rated = rating.ratings(bad_only=not is_all)
    return render_template(
        "eservices/said_list.html",
        complaints=list(work.session.execute(waiting)),
        page=paginate(work.session, rated, page_number()),
        services=services(),
        scores=rating.SCORES,
        is_all=is_all,
    )


@console.route("/said/complaints/<uuid:complaint_id>", methods=["GET", "POST"])
@requires(ServicesPermission.OVERSEE)
def complaint(complaint_id: UUID) -> Answer:
    work, form = current_work(), ReplyForm()
    row = complaining.complaint_of(work, complaint_id, to_change=form.is_submitted())
    case = reading.case_of(work, row.case_id)
    look(work, case, CONTROL)
    if form.validate_on_submit():
        complaining.answer_complaint(work, row, form.words.data.strip(), seen=form.seen.data)
        return see_other(".said", said="eservices.reply-saved")
    if not form.is_submitted():
        form.seen.data = row.version
    page = render_template("eservices/reply.html", form=form, row=row, case=case, words=row.words)
    return answered(form, page)


@console.route("/said/ratings/<uuid:rating_id>", methods=["GET", "POST"])
@requires(ServicesPermission.OVERSEE)
def rated(rating_id: UUID) -> Answer:
    work, form = current_work(), ReplyForm()
    row = rating.rating_at(work, rating_id, to_change=form.is_submitted())
    case = reading.case_of(work, row.case_id)
    look(work, case, CONTROL)
    if form.validate_on_submit():
        rating.answer_rating(work, row, form.words.data.strip(), seen=form.seen.data)
        return see_other(".said", said="eservices.reply-saved")
    if not form.is_submitted():
        form.seen.data = row.version
    shown = {"row": row, "case": case, "words": row.comment, "score": rating.SCORES[row.score]}
    return answered(form, render_template("eservices/reply.html", form=form, **shown))


def _year(asked: str | None) -> Year:
    today = _today()
    given = asked or str(today.year)
    if not (given.isascii() and given.isdigit() and FIRST <= int(given[:5]) <= today.year):
        abort(404)
    return year_of(current_work(), int(given), today=today)


def _today() -> date:
    return day_of(current_work().now)
