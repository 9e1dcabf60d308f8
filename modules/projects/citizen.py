"""Public pages of projects."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, jsonify, render_template, request
from werkzeug.wrappers import Response as Answer

from obshto.modules.projects.forms.projects import ProjectFilterForm, ProjectQuestionForm
from obshto.modules.projects.models import Project
from obshto.modules.projects.services import queries
from obshto.modules.projects.services.budget import BUDGET_KINDS, budget_page
from obshto.modules.projects.services.export import (
    BUDGET_HEAD,
    HEAD,
    all_rows,
    budget_document,
    budget_rows,
)
from obshto.modules.projects.services.follower_page import followed
from obshto.modules.projects.services.kind import KIND
from obshto.modules.projects.services.money import programmes
from obshto.modules.projects.services.oc4ids import package_of
from obshto.modules.projects.services.overview import overview_of
from obshto.modules.projects.services.page_context import context_of, payments_path, words_of
from obshto.modules.projects.services.questions import ask_question
from obshto.platform.clock import next_midnight
from obshto.platform.editorial.attachments import file_for, leads_of
from obshto.platform.followers.pages import follow_page
from obshto.platform.storage.downloads import send_file
from obshto.platform.thread.lines import line_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import MOST, drawing_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import name_of, settlements_here, villages_here

citizen = Blueprint("projects_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    uow, form = current_uow(), _filter(current_uow())
    keep_until(next_midnight(uow.now))  # then the day of a stage may have passed
    rows = queries.found(uow, form.wanted(), current_language())
    page = paginate(uow.session, rows, page_number())
    return render_template("projects/index.html", page=page, **_listed(uow, form, page.rows))


@citizen.get("/map")
@open_to_all
def chart() -> str:
    uow, form = current_uow(), _filter(current_uow())
    keep_until(next_midnight(uow.now))
    rows = queries.found(uow, form.wanted(), current_language()).limit(MOST)
    projects = list(uow.session.scalars(rows))
    drawing = drawing_of(projects, villages_here(uow, current_language()))
    listed = _listed(uow, form, projects)
    return render_template("projects/map.html", projects=projects, drawing=drawing, **listed)


@citizen.get("/projects.csv")
@open_to_all
def download() -> Response:
    """The list with its filters, as a table: all of it."""
    uow, form = current_uow(), _filter(current_uow())
    rows = queries.found(uow, form.wanted(), current_language())
    return csv_file("projects.csv", HEAD, all_rows(uow, rows))


@citizen.get("/oc4ids.json")
@open_to_all
def oc4ids() -> Response:
    uow = current_uow()
    return jsonify(package_of(uow, uri=f"{uow.scope.address}/projects/oc4ids.json") or abort(404))


@citizen.get("/money")
@open_to_all
def money() -> str:
    """By programme and year; of one village with the projects it got."""
    uow, names = current_uow(), settlements_here(current_uow())
    keep_until(next_midnight(uow.now))
    ekatte = request.args.get("ekatte", "")
    ekatte = ekatte if ekatte in names else ""
    overview = overview_of(uow, ekatte)
    language = current_language()
    return render_template(
        "projects/money.html",
        overview=overview,
        ekatte=ekatte,
        names=names,
        village=name_of(ekatte, names, language),
        states=queries.states_of(uow, overview.projects),
        translated=queries.translations(uow, overview.projects, language),
        payments_path=payments_path(),
        **words_of(),
    )


@citizen.get("/budget")
@open_to_all
def budget() -> str:
    """Plan, changes and what was done, by function."""
    found = budget_page(current_uow(), _year())
    return render_template("projects/budget.html", budget=found, kinds=BUDGET_KINDS)


@citizen.get("/budget.csv")
@open_to_all
def budget_table() -> Response:
    """The head alone where no budget was brought yet."""
    found = budget_page(current_uow(), _year())
    name = f"budget-{found.row.year}.csv" if found else "budget.csv"
    return csv_file(name, BUDGET_HEAD, budget_rows(found) if found else ())


@citizen.get("/budget.json")
@open_to_all
def budget_json() -> Response:
    """Euro cents, as programs add them up; empty where no budget was brought yet."""
    found = budget_page(current_uow(), _year())
    return jsonify(budget_document(found) if found else {})


@citizen.get("/<uuid:project_id>")
@open_to_all
def show(project_id: UUID) -> str:
    uow = current_uow()
    keep_until(next_midnight(uow.now))
    project = queries.public_project(uow, project_id)
    shown, thread = context_of(uow, project), line_of(uow, "projects", project.id)
    return render_template("projects/show.html", is_preview=False, thread=thread, **shown)


@citizen.route("/<uuid:project_id>/letters", methods=["GET", "POST"])
@open_to_all
def letters(project_id: UUID) -> Answer:
    return follow_page(followed(queries.public_project(current_uow(), project_id)))


@citizen.route("/<uuid:project_id>/ask", methods=["GET", "POST"])
@open_to_all
def ask(project_id: UUID) -> str | tuple[str, int] | Answer:
    g.is_personal = True
    uow, form = current_uow(), ProjectQuestionForm()
    project = queries.public_project(uow, project_id)
    if form.validate_on_submit() and form.passes():
        ask_question(uow, project, form.question(), request_id=form.request_id.data)
        return see_other(".show", project_id=project.id, said="projects.asked")
    page = filled("projects/ask.html", form, project=project)
    return (page, 422) if form.is_asking and isinstance(page, str) else page


@citizen.get("/files/<uuid:attachment_id>")
@open_to_all
def file(attachment_id: UUID) -> Response:
    return send_file(current_uow(), file_for(current_uow(), KIND, attachment_id))


def _year() -> int | None:
    """The year asked for, None where none is; what is no year is one that nobody brought."""
    asked = request.args.get("year", "")
    is_year = asked.isascii() and asked.isdigit() and len(asked) == len("2026")
    return int(asked) if is_year else 0 if asked else None


def _filter(uow: UnitOfWork) -> ProjectFilterForm:
    form, names, language = (
        ProjectFilterForm(request.args),
        settlements_here(uow),
        current_language(),
    )
    there = queries.places_with_projects(uow)
    form.offer(
        places={code: name_of(code, names, language) for code in names if code in there},
        programmes=[(str(row.id), row.name) for row in uow.session.scalars(programmes())],
        years=queries.years(uow),
    )
    return form


def _listed(uow: UnitOfWork, form: ProjectFilterForm, projects: list[Project]) -> dict[str, Any]:
    query = {name: request.args[name] for name in form.data if request.args.get(name)}
    return words_of() | {
        "form": form,
        "wanted": form.wanted(),
        "query": query,
        "names": settlements_here(uow),
        "states": queries.states_of(uow, projects),
        "translated": queries.translations(uow, projects, current_language()),
        "leads": leads_of(uow, KIND, [project.id for project in projects]),
    }
