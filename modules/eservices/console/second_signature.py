"""The second signature."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import (
    Answer,
    answered,
    back_to,
    console,
    to_change,
)
from obshto.modules.eservices.console.corrections import shown_correction
from obshto.modules.eservices.errors import NotFromHere
from obshto.modules.eservices.forms.acts import GiveBackForm
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import second_signature
from obshto.modules.eservices.services.access_log import SIGNS, look
from obshto.modules.eservices.services.states import STATES
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.request_uow import current_uow


@console.get("/<uuid:case_id>/proposal")
@requires(ServicesPermission.DECIDE)
def proposal(case_id: UUID) -> Answer:
    """What is to be signed; to read it is a look at the case."""
    return _page(GiveBackForm(formdata=None), to_change(case_id))


@console.post("/<uuid:case_id>/sign")
@requires(ServicesPermission.DECIDE)
def sign(case_id: UUID) -> Response:
    second_signature.sign(current_uow(), to_change(case_id), expected_version=seen_here())
    return back_to(case_id, "eservices.issued")


@console.post("/<uuid:case_id>/give-back")
@requires(ServicesPermission.DECIDE)
def give_back(case_id: UUID) -> Answer:
    uow, form, case = current_uow(), GiveBackForm(), to_change(case_id)
    if form.validate_on_submit():
        try:
            second_signature.give_back(
                uow, case, form.words.data.strip(), expected_version=form.expected_version.data
            )
            return back_to(case_id, "eservices.given-back")
        except DomainError as refusal:
            tell(form, refusal, case)
    return answered(form, _page(form, case))


def _page(form: GiveBackForm, case: Case) -> str:
    uow = current_uow()
    found = second_signature.proposal_of(uow, case)
    if found is None:
        raise NotFromHere(state=STATES[case.state])
    look(uow, case, SIGNS)
    show_version(form, case)
    return render_template(
        "eservices/proposal.html",
        form=form,
        case=case,
        proposal=found,
        is_mine=found.by_id == uow.principal.person_id,
        text=second_signature.proposed_text(uow, case, found),
        **shown_correction(case, found),
    )
