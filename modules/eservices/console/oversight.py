"""How the work goes: terms, loads, what people say of it, what is answered."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered, console
from obshto.modules.eservices.forms.acts import ReplyForm
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import case_queries, complaints, ratings, yearly_report
from obshto.modules.eservices.services.access_log import CONTROL, look
from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.statistics import Year, year_of
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import LAW
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file, private_pdf
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

FIRST = 2026  # before it nothing was sent


@console.get("/statistics")
@requires(ServicesPermission.OVERSEE)
def statistics() -> str:
    year, today = _year(request.args.get("year")), _today()
    return render_template(
        "eservices/statistics.html",
        year=year,
        years=range(today.year, FIRST - 1, -1),
        title=yearly_report.title_of(year),
        intro=yearly_report.intro_of(year),
        terms=yearly_report.terms_rows(year),
        terms_head=yearly_report.terms_head(),
        tables=list(yearly_report.satisfaction_tables(year)),
    )


@console.get("/statistics/<int:year>.pdf")
@requires(ServicesPermission.OVERSEE)
def report(year: int) -> Response:
    """The yearly report that the ordinance demands, to be published by the first of April."""
    pdf = yearly_report.pdf_report(
        current_uow(), _year(str(year)), today=_today(), language=current_language()
    )
    return private_pdf(f"satisfaction-{year}", pdf)


@console.get("/statistics/<int:year>.csv")
@requires(ServicesPermission.OVERSEE)
def report_table(year: int) -> Response:
    head, *rows = yearly_report.table_rows(_year(str(year)))
    return csv_file(f"satisfaction-{year}.csv", head, rows)


@console.get("/said")
@requires(ServicesPermission.OVERSEE)
def said() -> str:
    """Complaints that wait, and people who were not content."""
    uow, is_all = current_uow(), request.args.get("all") == "1"
    waiting = complaints.complaints(open_only=not is_all).limit(50)
    rated = ratings.ratings(bad_only=not is_all)
    return render_template(
        "eservices/said_list.html",
        complaints=list(uow.session.execute(waiting)),
        term_of_complaint=complaints.term_of_complaint,
        today=_today(),
        page=paginate(uow.session, rated, page_number()),
        services=services(current_uow()),
        scores=ratings.SCORES,
        is_all=is_all,
    )


@console.route("/said/complaints/<uuid:complaint_id>", methods=["GET", "POST"])
@requires(ServicesPermission.OVERSEE)
def complaint(complaint_id: UUID) -> Answer:
    uow, form = current_uow(), ReplyForm()
    row = complaints.complaint_of(uow, complaint_id, to_change=form.is_submitted())
    case = case_queries.case_of(uow, row.case_id)
    look(uow, case, CONTROL)
    if form.validate_on_submit():
        complaints.answer_complaint(
            uow, row, form.words.data.strip(), expected_version=form.expected_version.data
        )
        return see_other(".said", said="eservices.reply-saved")
    if not form.is_submitted():
        form.expected_version.data = row.version
    shown = {"row": row, "case": case, "words": row.words, "law": LAW}
    due = complaints.term_of_complaint(row, case)
    page = render_template("eservices/reply.html", form=form, due=due, **shown)
    return answered(form, page)


@console.route("/said/ratings/<uuid:rating_id>", methods=["GET", "POST"])
@requires(ServicesPermission.OVERSEE)
def rated(rating_id: UUID) -> Answer:
    uow, form = current_uow(), ReplyForm()
    row = ratings.rating_at(uow, rating_id, to_change=form.is_submitted())
    case = case_queries.case_of(uow, row.case_id)
    look(uow, case, CONTROL)
    if form.validate_on_submit():
        ratings.answer_rating(
            uow, row, form.words.data.strip(), expected_version=form.expected_version.data
        )
        return see_other(".said", said="eservices.reply-saved")
    if not form.is_submitted():
        form.expected_version.data = row.version
    shown = {"row": row, "case": case, "words": row.comment, "score": ratings.SCORES[row.score]}
    return answered(form, render_template("eservices/reply.html", form=form, **shown))


def _year(asked: str | None) -> Year:
    today = _today()
    given = asked or str(today.year)
    if not (given.isascii() and given.isdigit() and FIRST <= int(given[:5]) <= today.year):
        abort(404)
    return year_of(current_uow(), int(given), today=today)


def _today() -> date:
    return day_of(current_uow().now)
