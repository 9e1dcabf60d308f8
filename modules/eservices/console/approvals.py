"""Approvals of prepared decisions: whose turn it is, approving, returning, giving it to another."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import (
    Answer,
    answered,
    back_to,
    console,
    to_change,
)
from obshto.modules.eservices.console.corrections import shown_correction
from obshto.modules.eservices.errors import NotFromHere, NotYourApproval
from obshto.modules.eservices.forms.acts import ApproverForm, GiveBackForm
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import approvals
from obshto.modules.eservices.services.access_log import APPROVES, look
from obshto.modules.eservices.services.case_queries import case_of_any
from obshto.modules.eservices.services.catalogue import service_of, services
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.second_signature import proposed_text
from obshto.modules.eservices.services.states import STATES
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.questionnaires.answers import asked
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


@console.get("/approvals")
@requires(ServicesPermission.APPROVE)
def approvals_for_me() -> str:
    """What waits for this member of staff."""
    return _listed(of_all=False)


@console.get("/approvals/all")
@requires(ServicesPermission.REASSIGN)
def approvals_of_all() -> str:
    """Whatever waits, with who could approve it; nothing of the person."""
    return _listed(of_all=True)


@console.get("/<uuid:case_id>/approval")
@requires(ServicesPermission.APPROVE)
def approval(case_id: UUID) -> Answer:
    """What is to be approved; to read it is a look at the case."""
    return _page(GiveBackForm(formdata=None), _to_approve(case_id))


@console.post("/<uuid:case_id>/approve")
@requires(ServicesPermission.APPROVE)
def approve(case_id: UUID) -> Response:
    case = _to_approve(case_id)
    approvals.approve(current_uow(), case, step=_step(), expected_version=seen_here())
    return see_other(".approvals_for_me", said="eservices.approved")


@console.post("/<uuid:case_id>/return-decision")
@requires(ServicesPermission.APPROVE)
def return_decision(case_id: UUID) -> Answer:
    uow, form, case = current_uow(), GiveBackForm(), _to_approve(case_id)
    if form.validate_on_submit():
        try:
            approvals.return_decision(
                uow, case, form.words.data.strip(), expected_version=form.expected_version.data
            )
            return see_other(".approvals_for_me", said="eservices.given-back")
        except DomainError as refusal:
            tell(form, refusal, case)
    return answered(form, _page(form, case))


@console.post("/<uuid:case_id>/take-back")
@requires(ServicesPermission.HANDLE)
def take_back(case_id: UUID) -> Response:
    """Who prepared a decision goes on working on it."""
    approvals.take_back(current_uow(), to_change(case_id), expected_version=seen_here())
    return back_to(case_id, "eservices.taken-back")


@console.route("/<uuid:case_id>/approver", methods=["GET", "POST"])
@requires(ServicesPermission.REASSIGN)
def approver(case_id: UUID) -> Answer:
    """Who approves instead of the role; nothing of the person is shown."""
    uow, form, case = current_uow(), ApproverForm(), _to_approve(case_id)
    found = _found(case)
    people = approvals.colleagues(uow, found.proposal)
    form.offer({str(key): name for key, name in people.items()})
    if form.validate_on_submit():
        to, step = UUID(form.to.data), _step()
        version = form.expected_version.data
        try:
            approvals.reassign(
                uow, case, to=to, name=people[to], step=step, expected_version=version
            )
            return see_other(".approvals_of_all", said="eservices.reassigned")
        except DomainError as refusal:
            tell(form, refusal, case)
    show_version(form, case)
    form.step.data = found.proposal.step
    shown = {"case": case, "approval": found, "service": service_of(uow, case.service)}
    page = render_template("eservices/approver.html", form=form, people=people, **shown)
    return answered(form, page)


def _listed(*, of_all: bool) -> str:
    uow = current_uow()
    rows = approvals.waiting() if of_all else approvals.waiting_for_me(uow)
    page = paginate(uow.session, rows, page_number())
    return render_template(
        "eservices/approvals.html",
        page=page,
        found=approvals.approvals_of(uow, page.rows),
        services=services(uow),
        of_all=of_all,
        today=day_of(uow.now),
    )


def _page(form: GiveBackForm, case: Case) -> str:
    uow = current_uow()
    found, me = _found(case), current_principal().person_id
    is_mine = found.proposal.by_id == me
    if not is_mine and me not in found.people:
        raise NotYourApproval
    look(uow, case, APPROVES)
    show_version(form, case)
    answers, questions = case.read(), definition_behind(case).questions
    return render_template(
        "eservices/approval.html",
        form=form,
        case=case,
        approval=found,
        is_mine=is_mine,
        answers=[(q, answers.get(q.id, "")) for q in asked(questions, answers)],
        service=service_of(uow, case.service),
        text=proposed_text(uow, case, found.proposal),
        **shown_correction(case, found.proposal),
    )


def _to_approve(case_id: UUID) -> Case:
    """The case, locked: an approval asks for a role, of whichever department."""
    return case_of_any(current_uow(), case_id, to_change=True)


def _found(case: Case) -> approvals.Approval:
    found = approvals.approval_of(current_uow(), case)
    if found is None:
        raise NotFromHere(state=STATES[case.state])
    return found


def _step() -> int:
    """Which approval the form was drawn for; one that is none approves nothing."""
    given = request.form.get("step", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 3 else -1
