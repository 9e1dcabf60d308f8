"""Pages of officials: the problems that were handed to them by name."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from obshto.modules.assistants.console.blueprint import Answer, console, words
from obshto.modules.assistants.errors import NoSuchProblem
from obshto.modules.assistants.forms import ProblemAnswerForm
from obshto.modules.assistants.permissions import AssistantsPermission
from obshto.modules.assistants.services import access_log, queries
from obshto.modules.assistants.services.problems import answer_problem
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

ANSWER = AssistantsPermission.ANSWER


@console.get("/problems")
@requires(ANSWER)
def problems() -> str:
    uow = current_uow()
    page = paginate(uow.session, queries.own_problems(uow), page_number())
    return render_template("assistants/problems.html", page=page, **words())


@console.route("/problems/<uuid:problem_id>", methods=["GET", "POST"])
@requires(ANSWER)
def solve(problem_id: UUID) -> Answer:
    """Whose it is, what it is, what came of it; for the one it was handed to."""
    uow, form = current_uow(), ProblemAnswerForm()
    problem = queries.problem_of(uow, problem_id, to_change=form.is_submitted())
    if problem.official_id != current_principal().person_id:
        raise NoSuchProblem
    row = access_log.usable(uow, queries.request_of(uow, problem.case_id))
    access_log.look_at_request(uow, row, access_log.SOLVE)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            answer_problem(uow, problem, row, form.answer.data.strip(), expected_version=version)
            return see_other(".problems", said="assistants.solved")
        except DomainError as refusal:
            tell(form, refusal, problem)
    show_version(form, problem)
    return filled("assistants/problem.html", form, problem=problem, row=row, **words())
