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
from obshto.modules.eservices.errors import NotFromHere
from obshto.modules.eservices.forms.acts import GiveBackForm, show_version, tell
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import signing
from obshto.modules.eservices.services.looks import SIGNS, look
from obshto.modules.eservices.services.states import STATES
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import seen_here


@console.get("/<uuid:case_id>/proposal")
@requires(ServicesPermission.DECIDE)
def proposal(case_id: UUID) -> Answer:
    """What is to be signed; to read it is a look at the case."""
    return _page(GiveBackForm(formdata=None), to_change(case_id))


@console.post("/<uuid:case_id>/sign")
@requires(ServicesPermission.DECIDE)
def sign(case_id: UUID) -> Response:
    signing.sign(current_work(), to_change(case_id), seen=seen_here())
    return back_to(case_id, "eservices.issued")


@console.post("/<uuid:case_id>/give-back")
@requires(ServicesPermission.DECIDE)
def give_back(case_id: UUID) -> Answer:
    work, form, case = current_work(), GiveBackForm(), to_change(case_id)
    if form.validate_on_submit():
        try:
            signing.give_back(work, case, form.words.data.strip(), seen=form.seen.data)
            return back_to(case_id, "eservices.given-back")
        except DomainError as refusal:
            tell(form, refusal, case)
    return answered(form, _page(form, case))


def _page(form: GiveBackForm, case: Case) -> str:
    work = current_work()
    found = signing.proposal_of(work, case)
    if found is None:
        raise NotFromHere(state=STATES[case.state])
    look(work, case, SIGNS)
    show_version(form, case)
    return render_template(
        "eservices/proposal.html",
        form=form,
        case=case,
        proposal=found,
        is_mine=found.by_id == work.principal.person_id,
        text=signing.proposed_text(work, case, found),
    )
