"""Issuing and refusing."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import (
    Answer,
    answered,
    back_to,
    console,
    only_mine,
    to_change,
)
from obshto.modules.eservices.forms.acts import WordsForm
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import approvals, decisions, second_signature
from obshto.modules.eservices.services.document_files import file_for_staff
from obshto.modules.eservices.services.document_prefill import prefilled
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.states import procedure_of
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.questionnaires.forms.questions import AnswersForm, FormContext, form_of
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.forms import show_version, tell
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow


@console.route("/<uuid:case_id>/issue", methods=["GET", "POST"])
@requires(ServicesPermission.DECIDE)
def issue(case_id: UUID) -> Answer:
    """Fill in, look at the document, issue: it has no number before the second press."""
    case = to_change(case_id)
    known = prefilled(definition_behind(case), case)
    form = _official_form(case, known)
    if "edit" not in request.form and form.validate_on_submit() and not form.stays:
        if "confirmed" not in request.form:
            only_mine(case)
            return _drawn("issue_preview", case, form, form.kept(), typed=_typed_here())
        try:
            return back_to(case_id, _issued(case, form.kept(), form.expected_version.data))
        except DomainError as refusal:
            tell(form, refusal, case)
    only_mine(case)
    page = _drawn("issue", case, form, form.typed(), is_prefilled=bool(known))
    return answered(form, page)


@console.route("/<uuid:case_id>/refuse", methods=["GET", "POST"])
@requires(ServicesPermission.DECIDE)
def refuse(case_id: UUID) -> Answer:
    form, case = WordsForm(), to_change(case_id)
    if form.validate_on_submit():
        try:
            return back_to(
                case_id, _refused(case, form.words.data.strip(), form.expected_version.data)
            )
        except DomainError as refusal:
            tell(form, refusal, case)
    only_mine(case)
    show_version(form, case)
    page = render_template(
        "eservices/refuse.html",
        form=form,
        case=case,
        procedure=procedure_of(case),
        approvals=_approvals(case),
    )
    return answered(form, page)


@console.get("/documents/<uuid:document_id>")
@requires(ServicesPermission.HANDLE)
def document(document_id: UUID) -> Response:
    row, pdf = file_for_staff(current_uow(), document_id)
    return private_pdf(row.number, pdf)


def _drawn(
    name: str, case: Case, form: AnswersForm, official: dict[str, str], **more: object
) -> str:
    """A page with the document as these answers of the official make it."""
    text = decisions.document_text(current_uow(), case, official)
    shown = {"form": form, "case": case, "text": text, "approvals": _approvals(case)}
    return render_template(f"eservices/{name}.html", **shown, **more)


def _typed_here() -> list[tuple[str, str]]:
    """What was typed, for a form of hidden fields that sends it once more."""
    of_the_page = {"csrf_token", "expected_version"}
    return [it for it in request.form.items(multi=True) if it[0] not in of_the_page]


def _approvals(case: Case) -> list[str]:
    """Who approves it before it is issued, in words."""
    return approvals.titles_of(current_uow(), definition_behind(case).approvals)


def _official_form(case: Case, known: dict[str, str]) -> AnswersForm:
    fields = definition_behind(case).document.fields
    ground = FormContext(
        language=current_language(), answers={}, today=day_of(current_uow().now), spare=5
    )
    return form_of(fields.values(), ground, filled=known, expected_version=case.version)


def _issued(case: Case, answers: dict[str, str], expected_version: int) -> str:
    """Issue it, or prepare it where another one signs too; what is said of it."""
    uow = current_uow()
    if second_signature.waits_for_another(case):
        return _prepared(case, answers, is_refusal=False, expected_version=expected_version)
    decisions.issue_document(uow, case, answers, expected_version=expected_version)
    return "eservices.issued"


def _refused(case: Case, reasons: str, expected_version: int) -> str:
    uow = current_uow()
    if second_signature.waits_for_another(case):
        told = {second_signature.REASONS: reasons}
        return _prepared(case, told, is_refusal=True, expected_version=expected_version)
    decisions.refuse_case(uow, case, reasons, expected_version=expected_version)
    return "eservices.refused"


def _prepared(
    case: Case, answers: dict[str, str], *, is_refusal: bool, expected_version: int
) -> str:
    """For those who approve it, or for a second signature; what is said of it."""
    uow, is_approved = current_uow(), bool(definition_behind(case).approvals)
    prepare = approvals.prepare if is_approved else second_signature.propose
    prepare(uow, case, answers, is_refusal=is_refusal, expected_version=expected_version)
    if not is_approved:
        return "eservices.proposed"
    found = approvals.approval_of(uow, case)
    return "eservices.prepared-stuck" if found and found.is_stuck else "eservices.prepared"
