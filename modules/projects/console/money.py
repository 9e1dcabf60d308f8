"""Money of projects: programmes, shares, sums out of the accounts."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.projects.console.tables import Answer, answer_to
from obshto.modules.projects.forms.staff_work import (
    AccountsForm,
    FundingForm,
    ProgrammeForm,
    shown_funding,
)
from obshto.modules.projects.permissions import ProjectsPermission
from obshto.modules.projects.services import accounts, queries
from obshto.modules.projects.services import money as funding
from obshto.modules.projects.services.vocabulary import SOURCES
from obshto.platform.errors import DomainError
from obshto.platform.storage.sheets import cells_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

money = Blueprint("money", __name__)


@money.route("/<uuid:project_id>/money", methods=["GET", "POST"])
@requires(ProjectsPermission.FUND)
def shares(project_id: UUID) -> Answer:
    uow = current_uow()
    project = queries.project_of(uow, project_id, to_change=request.method == "POST")
    offered = [(row.id, row.name) for row in uow.session.scalars(funding.programmes())]
    begun = shown_funding(funding.funding_of(uow, project), project.version)
    form = FundingForm(programmes=offered, data=begun)
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            funding.set_funding(uow, project, form.funding(), expected_version=seen)
            return see_other("projects_console.edit", project_id=project.id, said="projects.saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = project.version
    return filled("projects/shares.html", form, project=project, has_programmes=bool(offered))


@money.get("/programmes")
@requires(ProjectsPermission.FUND)
def programmes() -> str:
    page = paginate(current_uow().session, funding.programmes(), page_number())
    return render_template("projects/programmes.html", page=page, sources=SOURCES)


@money.route("/programmes/new", methods=["GET", "POST"])
@requires(ProjectsPermission.FUND)
def add_programme() -> Answer:
    form = ProgrammeForm()
    if form.validate_on_submit():
        try:
            told = {"name": form.name.data.strip(), "source": form.source.data}
            funding.add_programme(current_uow(), **told, request_id=form.request_id.data)
            return see_other(".programmes", said="projects.programme-saved")
        except DomainError as refusal:
            form.name.errors = [str(refusal)]
    return filled("projects/programme.html", form, programme=None)


@money.route("/programmes/<uuid:programme_id>", methods=["GET", "POST"])
@requires(ProjectsPermission.FUND)
def edit_programme(programme_id: UUID) -> Answer:
    uow = current_uow()
    row = funding.programme_of(uow, programme_id, to_change=request.method == "POST")
    begun = {"name": row.name, "source": row.source, "expected_version": row.version}
    form = ProgrammeForm(data=begun)
    if form.validate_on_submit():
        try:
            told = {"name": form.name.data.strip(), "source": form.source.data}
            seen = form.expected_version.data
            funding.edit_programme(uow, row, **told, expected_version=seen)
            return see_other(".programmes", said="projects.programme-saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = row.version
    return filled("projects/programme.html", form, programme=row)


@money.route("/accounts", methods=["GET", "POST"])
@requires(ProjectsPermission.FUND)
@takes_files
def bring() -> Answer:
    """A table of the accounts, looked at first; then all of it or nothing."""
    form = AccountsForm()
    answer = answer_to(form, preview=lambda: _preview(form), take=lambda: _take(form))
    if answer is not None:
        return answer
    return filled("projects/accounts.html", form, columns=accounts.COLUMNS.values())


def _preview(form: AccountsForm) -> Answer:
    sent = form.file.data
    told = accounts.rows_in(cells_of(sent.stream, name=sent.filename or ""))
    rows = accounts.AccountJudge(current_uow(), told).judged()
    wrong = [row for row in rows if row.wrong]
    packed = "" if wrong else accounts.packed(rows)
    shown = {"rows": wrong or rows, "wrong": len(wrong), "packed": packed, "total": len(rows)}
    page = render_template(
        "projects/accounts_preview.html", form=form, columns=accounts.COLUMNS, **shown
    )
    return (page, 422) if wrong else page


def _take(form: AccountsForm) -> Response:
    new = accounts.take_rows(current_uow(), accounts.unpacked(form.rows.data))
    said = "projects.imported" if new else "projects.imported-before"
    return see_other(".bring", said=said)
