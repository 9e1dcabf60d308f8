"""Issuing and refusing."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import (
    Answer,
    answered,
    back_to,
    console,
    only_mine,
    to_change,
)
from obshto.modules.eservices.forms.acts import WordsForm, show_version, tell
from obshto.modules.eservices.forms.questions import AnswersForm, Ground, form_of
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import deciding, signing
from obshto.modules.eservices.services.reading import definition_behind_case
from obshto.modules.eservices.services.states import procedure_of
from obshto.modules.eservices.services.terms import day_of
from obshto.modules.eservices.services.verification import file_for_staff
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.files import private_pdf
from obshto.platform.web.language import current_language


@console.route("/<uuid:case_id>/issue", methods=["GET", "POST"])
@requires(ServicesPermission.DECIDE)
def issue(case_id: UUID) -> Answer:
    work, case = current_work(), to_change(case_id)
    form = _official_form(case)
    if form.validate_on_submit():
        try:
            return back_to(case_id, _issued(case, form.kept(), form.seen.data))
        except DomainError as refusal:
            tell(form, refusal, case)
    only_mine(case)
    text = deciding.document_text(work, case, form.typed())
    page = render_template("eservices/issue.html", form=form, case=case, text=text)
    return answered(form, page)


@console.route("/<uuid:case_id>/refuse", methods=["GET", "POST"])
@requires(ServicesPermission.DECIDE)
def refuse(case_id: UUID) -> Answer:
    form, case = WordsForm(), to_change(case_id)
    if form.validate_on_submit():
        try:
            return back_to(case_id, _refused(case, form.words.data.strip(), form.seen.data))
        except DomainError as refusal:
            tell(form, refusal, case)
    only_mine(case)
    show_version(form, case)
    page = render_template(
        "eservices/refuse.html", form=form, case=case, procedure=procedure_of(case)
    )
    return answered(form, page)


@console.get("/documents/<uuid:document_id>")
@requires(ServicesPermission.HANDLE)
def document(document_id: UUID) -> Response:
    row, pdf = file_for_staff(current_work(), document_id)
    return private_pdf(row.number, pdf)


def _official_form(case: Case) -> AnswersForm:
    fields = definition_behind_case(case).document.fields
    ground = Ground(
        language=current_language(), answers={}, today=day_of(current_work().now), spare=5
    )
    return form_of(fields.values(), ground, filled={}, seen=case.version)


def _issued(case: Case, answers: dict[str, str], seen: int) -> str:
    """Issue it, or prepare it where another one signs too; what is said of it."""
    work = current_work()
    if case.needs_second:
        signing.propose(work, case, answers, is_refusal=False, seen=seen)
        return "eservices.proposed"
    deciding.issue_document(work, case, answers, seen=seen)
    return "eservices.issued"


def _refused(case: Case, reasons: str, seen: int) -> str:
    work = current_work()
    if case.needs_second:
        signing.propose(work, case, {signing.REASONS: reasons}, is_refusal=True, seen=seen)
        return "eservices.proposed"
    deciding.refuse_case(work, case, reasons, seen=seen)
    return "eservices.refused"
