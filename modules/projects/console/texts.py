"""Write projects, look at them, publish them, finish or stop them, take them back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as Redirect

from obshto.modules.projects.forms.projects import (
    EditProjectForm,
    FinishForm,
    NewProjectForm,
    ProjectForm,
    ProjectStopForm,
    TranslationForm,
    shown_in,
)
from obshto.modules.projects.models import Project
from obshto.modules.projects.permissions import ProjectsPermission
from obshto.modules.projects.services import edits, publication, queries
from obshto.modules.projects.services.export import HEAD, all_rows
from obshto.modules.projects.services.kind import KIND
from obshto.modules.projects.services.money import funded_by, total_of
from obshto.modules.projects.services.page_context import context_of, words_of
from obshto.modules.projects.services.questions import waiting
from obshto.modules.projects.services.vocabulary import MOMENTS
from obshto.platform.editorial.acts import add_deletion, add_press, add_translation
from obshto.platform.editorial.attachments import files_on
from obshto.platform.errors import DomainError
from obshto.platform.modularity.consultation_results import ConsultationResults
from obshto.platform.modularity.ports import port_here
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import settlements_here

console = Blueprint("projects_console", __name__)
Answer = str | tuple[str, int] | Redirect


@console.get("/")
@requires(ProjectsPermission.WRITE)
def index() -> str:
    uow = current_uow()
    lists = queries.lists(uow)
    chosen = request.args.get("list", "published")
    rows = lists[chosen] if chosen in lists else abort(404)
    words = request.args.get("words", "")[:100]
    numbers = counts(uow, {**lists, "waiting": waiting()})
    total = None if words else numbers[chosen]
    page = paginate(uow.session, queries.named(rows, words), page_number(), total=total)
    shown = {"page": page, "chosen": chosen, "counts": numbers, "words": words}
    states, names = queries.states_of(uow, page.rows), settlements_here(uow)
    return render_template(
        "projects/console.html", states=states, names=names, mine=_mine(), **shown, **words_of()
    )


@console.get("/projects.csv")
@requires(ProjectsPermission.WRITE)
def download() -> Response:
    """Whatever is published or waits to be."""
    uow = current_uow()
    rows = queries.originals().where(Project.deleted_at.is_(None)).order_by(Project.id)
    return csv_file("projects.csv", HEAD, all_rows(uow, rows))


@console.route("/new", methods=["GET", "POST"])
@requires(ProjectsPermission.WRITE)
def write() -> Answer:
    form = NewProjectForm(**_offered())
    if form.validate_on_submit():
        try:
            told = form.text(), form.details()
            project = edits.write_project(current_uow(), *told, request_id=form.request_id.data)
            if (edits.text_of(project), edits.details_of(project)) != told:
                return _written_before(project, form)
            return see_other(
                "projects_console.edit", project_id=project.id, said="projects.written"
            )
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("projects/write.html", form)


@console.route("/<uuid:project_id>", methods=["GET", "POST"])
@requires(ProjectsPermission.WRITE)
def edit(project_id: UUID) -> Answer:
    uow = current_uow()
    project = queries.project_of(uow, project_id, to_change=request.method == "POST")
    form = _edit_form(project, data=shown_in(project))
    if form.validate_on_submit():
        try:
            told = form.text(), form.details()
            edits.edit_project(uow, project, *told, expected_version=form.expected_version.data)
            return see_other("projects_console.edit", project_id=project.id, said="projects.saved")
        except DomainError as refusal:
            tell(form, refusal, project)
    return _edited(project, form)


@console.get("/<uuid:project_id>/preview")
@requires(ProjectsPermission.WRITE)
def preview(project_id: UUID) -> str:
    uow = current_uow()
    project = queries.project_of(uow, project_id)
    return render_template("projects/show.html", is_preview=True, **context_of(uow, project))


@console.route("/<uuid:project_id>/finish", methods=["GET", "POST"])
@requires(ProjectsPermission.PUBLISH)
def finish(project_id: UUID) -> Answer:
    uow = current_uow()
    project = queries.project_of(uow, project_id, to_change=request.method == "POST")
    form = FinishForm(data={"expected_version": project.version})
    if form.validate_on_submit():
        try:
            seen, on = form.expected_version.data, form.on.data
            assert on
            publication.finish_project(uow, project, on=on, expected_version=seen)
            return see_other(
                "projects_console.edit", project_id=project.id, said="projects.finished"
            )
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = project.version
    return filled("projects/finish.html", form, project=project)


@console.route("/<uuid:project_id>/stop", methods=["GET", "POST"])
@requires(ProjectsPermission.PUBLISH)
def stop(project_id: UUID) -> Answer:
    uow = current_uow()
    project = queries.project_of(uow, project_id, to_change=request.method == "POST")
    form = ProjectStopForm(data={"expected_version": project.version})
    if form.validate_on_submit():
        try:
            reason, seen = form.reason.data.strip(), form.expected_version.data
            publication.stop_project(uow, project, reason=reason, expected_version=seen)
            return see_other(
                "projects_console.edit", project_id=project.id, said="projects.stopped"
            )
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = project.version
    return filled("projects/stop.html", form, project=project)


add_translation(console, KIND, lambda project: TranslationForm, edits.translate_project)
add_press(console, KIND, "publish", publication.publish_project, said="published")
add_press(console, KIND, "hide", publication.hide_project, said="hidden")
add_press(
    *(console, KIND, "confirm", publication.confirm_project),
    said="confirmed",
    who=ProjectsPermission.WRITE,
)
add_press(console, KIND, "reopen", publication.reopen_project, said="reopened")
add_deletion(console, KIND, delete=publication.delete_project, restore=publication.restore_project)


def _mine() -> dict[str, bool]:
    """Acts that the pages offer beside those that all may who see them."""
    may = current_uow().principal.may
    return {
        "publish": may(ProjectsPermission.PUBLISH),
        "fund": may(ProjectsPermission.FUND),
        "answer": may(ProjectsPermission.ANSWER),
        "enter": may(ProjectsPermission.ENTER),
    }


def _offered() -> dict[str, Any]:
    """Places and consultations that the form lets choose from."""
    uow = current_uow()
    port = port_here(ConsultationResults)
    consultations = port.titles(uow) if port else ()
    return {"names": settlements_here(uow), "consultations": consultations}


def _edit_form(project: Project, **more: Any) -> EditProjectForm:
    return EditProjectForm(**_offered(), kept=project.consultation_id, **more)


def _written_before(project: Project, again: ProjectForm) -> Answer:
    """Back, changed, sent once more: what was saved first, to be changed into what is typed now."""
    typed = {**again.data, "expected_version": project.version}
    form = _edit_form(project, formdata=None, data=typed)
    form.form_errors.append(
        gettext(
            "Този проект вече е запазен. Ето го с това, което написахте сега: прегледайте го и"
            " запазете."
        )
    )
    return _edited(project, form)


def _edited(project: Project, form: EditProjectForm) -> Answer:
    uow = current_uow()
    return filled(
        "projects/edit.html",
        form,
        kind=KIND,
        project=project,
        original=project,
        now=uow.now,
        state=queries.states_of(uow, [project]).get(project.id),
        stages=queries.stages_of(uow, [project.id])[project.id],
        total=total_of(project),
        funded=funded_by(uow, project),
        files=files_on(uow, KIND, project),
        moments=MOMENTS,
        mine=_mine(),
        **words_of(),
    )
