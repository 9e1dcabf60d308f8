"""Queue of citizens' questions about projects."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.projects.forms.projects import AnswerForm
from obshto.modules.projects.forms.staff_work import EnteredQuestionForm
from obshto.modules.projects.models import Project
from obshto.modules.projects.permissions import ProjectsPermission
from obshto.modules.projects.services import queries
from obshto.modules.projects.services import questions as service
from obshto.modules.projects.services.access_log import expect_usable, look_at_sender, restricted
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

questions = Blueprint("questions", __name__)
Answer = str | tuple[str, int] | Response
LISTS = {"waiting": service.waiting, "decided": service.decided}


@questions.get("/questions/")
@requires(ProjectsPermission.ANSWER)
def index() -> str:
    uow = current_uow()
    chosen = request.args.get("list", "waiting")
    rows = LISTS.get(chosen) or abort(404)
    numbers = counts(uow, {name: of() for name, of in LISTS.items()})
    page = paginate(uow.session, rows(), page_number(), total=numbers[chosen])
    ids = {row.project_id for row in page.rows}
    of_them = queries.originals().where(Project.id.in_(ids)).options(*queries.LIGHT)
    projects = {project.id: project for project in uow.session.scalars(of_them)} if ids else {}
    shown = {"page": page, "chosen": chosen, "counts": numbers, "projects": projects}
    return render_template("projects/questions.html", **shown)


@questions.route("/questions/<uuid:question_id>", methods=["GET", "POST"])
@requires(ProjectsPermission.ANSWER)
def show(question_id: UUID) -> Answer:
    """The question with the form of its answer."""
    g.is_personal = True
    uow = current_uow()
    row = service.question_of(uow, question_id, to_change=request.method == "POST")
    if row.words:
        look_at_sender(uow, row)
    begun = {"expected_version": row.version, "asked": row.words, "is_public": True}
    form = AnswerForm(data=begun)
    if form.validate_on_submit():
        try:
            expect_usable(uow, row)
            seen = form.expected_version.data
            service.answer_question(uow, row, **form.told(), expected_version=seen)
            return see_other("projects_console.questions.index", said="projects.answered")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = row.version
    project = uow.session.get(Project, row.project_id)
    shown = {"row": row, "project": project, "restricted": restricted(uow, row)}
    return filled("projects/question.html", form, **shown)


@questions.route("/questions/new", methods=["GET", "POST"])
@requires(ProjectsPermission.ENTER)
def enter() -> Answer:
    """A question from the counter or the phone goes the same way as one of the portal."""
    uow = current_uow()
    form = EnteredQuestionForm(projects=queries.titles(uow), project=request.args.get("project"))
    if form.validate_on_submit():
        project = queries.public_project(uow, UUID(form.project.data))
        service.ask_question(uow, project, form.question(), request_id=form.request_id.data)
        return see_other("projects_console.questions.enter", said="projects.entered")
    return filled("projects/question_new.html", form)
