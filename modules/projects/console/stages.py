"""Stages of a project: promise one, tell what happens with a photo from the place."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from obshto.modules.projects.forms.staff_work import StageForm, StageReportForm, shown_report
from obshto.modules.projects.permissions import ProjectsPermission
from obshto.modules.projects.services import queries
from obshto.modules.projects.services import stages as service
from obshto.modules.projects.services.pictures import set_moment
from obshto.modules.projects.services.vocabulary import MOMENTS, PictureMoment
from obshto.platform.errors import DomainError
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

stages = Blueprint("stages", __name__)
Answer = str | tuple[str, int] | Response


@stages.route("/<uuid:project_id>/stages/new", methods=["GET", "POST"])
@requires(ProjectsPermission.WRITE)
def add(project_id: UUID) -> Answer:
    uow, form = current_uow(), StageForm()
    project = queries.project_of(uow, project_id, to_change=request.method == "POST")
    if form.validate_on_submit():
        try:
            told = {"title": form.title.data.strip(), "due_on": form.due_on.data}
            service.add_stage(uow, project, **told, request_id=form.request_id.data)
            return see_other(
                "projects_console.edit", project_id=project.id, said="projects.stage-added"
            )
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("projects/stage_new.html", form, project=project)


@stages.route("/<uuid:project_id>/stages/<uuid:stage_id>", methods=["GET", "POST"])
@requires(ProjectsPermission.WRITE)
@takes_files
def report(project_id: UUID, stage_id: UUID) -> Answer:
    """The page that is opened on the place: a sentence, a photo, „done“."""
    uow, is_post = current_uow(), request.method == "POST"
    project = queries.project_of(uow, project_id, to_change=is_post)
    stage = service.stage_of(uow, project, stage_id, to_change=is_post)
    form = StageReportForm(data=shown_report(stage))
    if form.validate_on_submit():
        seen, once = form.expected_version.data, form.request_id.data
        try:
            service.report_stage(
                uow, project, stage, form.report(), expected_version=seen, request_id=once
            )
            return see_other("projects_console.edit", project_id=project.id, said="projects.told")
        except FileRefused as refusal:
            form.photo.errors = [str(refusal)]
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = stage.version
    return filled("projects/stage.html", form, project=project, stage=stage)


@stages.post("/<uuid:project_id>/stages/<uuid:stage_id>/remove")
@requires(ProjectsPermission.WRITE)
def remove(project_id: UUID, stage_id: UUID) -> Response:
    """Of a draft alone: what was promised is not unpromised."""
    uow = current_uow()
    project = queries.project_of(uow, project_id, to_change=True)
    stage = service.stage_of(uow, project, stage_id, to_change=True)
    service.remove_stage(uow, project, stage, expected_version=seen_here())
    return see_other("projects_console.edit", project_id=project.id, said="projects.stage-removed")


@stages.post("/pictures/<uuid:attachment_id>/moment")
@requires(ProjectsPermission.WRITE)
def moment(attachment_id: UUID) -> Response:
    """Before, during, after: by it two pictures stand beside each other."""
    told = request.form.get("moment", "")
    told = told if told in MOMENTS else PictureMoment.NONE.value
    uow = current_uow()
    project = set_moment(uow, attachment_id, moment=told, expected_version=seen_here())
    return see_other("projects_console.edit", project_id=project.id, said="projects.saved")
