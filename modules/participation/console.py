"""Staff pages of reports on participation: the list, a new one, one with its foreword."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.participation.forms import ForewordForm, YearForm
from obshto.modules.participation.permissions import ParticipationPermission
from obshto.modules.participation.services import reports
from obshto.modules.participation.services.report_tables import notes, shown_report
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("participation_console", __name__)
Answer = str | tuple[str, int] | Response
PREPARE = requires(ParticipationPermission.PREPARE)


@console.route("/", methods=["GET", "POST"])
@PREPARE
def index() -> Answer:
    uow, form = current_uow(), YearForm()
    years = reports.years_to_make(uow)
    # Who sends a form twice is led to what the first one made.
    form.offer(reports.years_over(uow) if form.is_submitted() else years)
    if form.validate_on_submit():
        made = reports.make_report(uow, int(form.year.data), request_id=form.request_id.data)
        return see_other(".show", report_id=made.id, said="participation.counted")
    rows = uow.session.scalars(reports.all_reports()).all()
    return filled("participation/console.html", form, rows=rows, years=years)


@console.route("/<uuid:report_id>", methods=["GET", "POST"])
@PREPARE
def show(report_id: UUID) -> Answer:
    """The report as people will read it; the foreword is written here."""
    uow = current_uow()
    report = reports.report_of(uow, report_id, to_change=request.method == "POST")
    form = ForewordForm(data={"foreword": report.foreword})
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            reports.write_foreword(uow, report, form.said(), expected_version=version)
            return see_other(".show", report_id=report_id, said="participation.foreworded")
        except DomainError as refusal:
            tell(form, refusal, report)
    show_version(form, report)
    shown = shown_report(uow, report, current_language())
    return filled("participation/edit.html", form, shown=shown, notes=notes(report))


@console.post("/<uuid:report_id>/count")
@PREPARE
def count(report_id: UUID) -> Response:
    uow, version = current_uow(), seen_here()
    report = reports.report_of(uow, report_id, to_change=True)
    reports.count_again(uow, report, expected_version=version)
    return see_other(".show", report_id=report_id, said="participation.counted")


@console.get("/<uuid:report_id>/publish")
@requires(ParticipationPermission.PUBLISH)
def ask(report_id: UUID) -> str:
    report = reports.report_of(current_uow(), report_id)
    return render_template("participation/publish.html", report=report)


@console.post("/<uuid:report_id>/publish")
@requires(ParticipationPermission.PUBLISH)
def publish(report_id: UUID) -> Response:
    uow, version = current_uow(), seen_here()
    report = reports.report_of(uow, report_id, to_change=True)
    reports.publish_report(uow, report, expected_version=version)
    return see_other(".show", report_id=report_id, said="participation.published")
