"""Staff pages of a correction: what was issued, what changes and why; then the new document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from obshto.modules.eservices.console.blueprint import (
    Answer,
    answered,
    back_to,
    console,
    to_change,
)
from obshto.modules.eservices.forms.corrections import CaseCorrectionForm
from obshto.modules.eservices.models import Case, IssuedDocument, Proposal
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import approvals, corrections
from obshto.modules.eservices.services.corrections import Correction, correctable, issued_text
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.second_signature import replaced_by, waits_for_another
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import tell
from obshto.platform.web.request_uow import current_uow


@console.route("/<uuid:case_id>/correction", methods=["GET", "POST"])
@requires(ServicesPermission.DECIDE)
def correction(case_id: UUID) -> Answer:
    """Correct the text, look at what changes, issue: it has no number before the second press."""
    case = to_change(case_id)
    document = correctable(current_uow(), case)
    form = _form(case, document)
    if "edit" not in request.form and form.validate_on_submit():
        if "confirmed" not in request.form:
            return _preview(case, form, document)
        try:
            return back_to(case_id, _done(case, form))
        except DomainError as refusal:
            tell(form, refusal, case)
    shown = {"case": case, "document": document, "is_kept": document.printed is not None}
    return answered(form, render_template("eservices/correction.html", form=form, **shown))


def shown_correction(case: Case, proposal: Proposal) -> dict[str, Any]:
    """For the pages on which it is signed or approved; nothing of a plain decision."""
    if not proposal.is_correction:
        return {}
    return compared(case, replaced_by(current_uow(), case), Correction.read(proposal.read()))


def compared(case: Case, former: IssuedDocument, said: Correction) -> dict[str, Any]:
    """The document that is corrected, with what changes in it."""
    before = issued_text(current_uow(), case, former)
    lines = corrections.changed_lines(before, said.text)
    return {"correction": said, "former": former, "changes": lines}


def _form(case: Case, document: IssuedDocument) -> CaseCorrectionForm:
    form = CaseCorrectionForm(
        text=issued_text(current_uow(), case, document),
        valid_until=document.valid_until,
        expected_version=case.version,
    )
    form.has_term = document.valid_until is not None
    return form


def _preview(case: Case, form: CaseCorrectionForm, document: IssuedDocument) -> str:
    said, definition = form.correction(), definition_behind(case)
    return render_template(
        "eservices/correction_preview.html",
        form=form,
        case=case,
        text=said.printed(document),
        approvals=approvals.titles_of(current_uow(), definition.approvals),
        **compared(case, document, said),
    )


def _done(case: Case, form: CaseCorrectionForm) -> str:
    """Issue it, or prepare it where another one signs too; what is said of it."""
    uow, said = current_uow(), form.correction()
    seen: dict[str, Any] = {
        "request_id": form.request_id.data,
        "expected_version": form.expected_version.data,
    }
    if waits_for_another(case):
        approvals.prepare_corrected(uow, case, said, **seen)
        return "eservices.prepared" if definition_behind(case).approvals else "eservices.proposed"
    corrections.correct(uow, case, said, **seen)
    return "eservices.corrected"
