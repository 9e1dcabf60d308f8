"""„Обадете ми се“ while filling in: a phone is left, changed, taken back."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.forms.call_back import CallBackForm
from obshto.modules.eservices.models import Draft
from obshto.modules.eservices.services import call_backs, drafts
from obshto.modules.eservices.services.catalogue import service_behind
from obshto.platform.calls.states import TO_CALL
from obshto.platform.web.access import open_to_all
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


@citizen.route("/drafts/<ref>/call", methods=["GET", "POST"])
@open_to_all
def call_back(ref: str) -> Response:
    uow = current_uow()
    draft = drafts.draft_at(uow, ref, to_change=request.method == "POST")
    form = CallBackForm(
        data={"phone": draft.read().get("phone", ""), "step": request.args.get("step", "")}
    )
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        call_backs.ask_call_back(uow, draft, form.asked(), request_id=form.request_id.data)
        return see_other(".call_back", ref=ref, said="eservices.call-asked")
    status = 422 if form.errors or form.is_asking else 200
    return private("eservices/call_back.html", status=status, form=form, **_shown(ref, draft))


@citizen.post("/drafts/<ref>/call/cancel")
@open_to_all
def cancel_call_back(ref: str) -> Response:
    uow = current_uow()
    call_backs.cancel_call_back(uow, drafts.draft_at(uow, ref, to_change=True))
    return see_other(".call_back", ref=ref, said="eservices.call-cancelled")


def _shown(ref: str, draft: Draft) -> dict[str, object]:
    call = call_backs.call_back_of(current_uow(), draft)
    return {
        "draft": draft,
        "service": service_behind(current_uow(), draft),
        "back_url": url_for(".check", ref=ref),
        "cancel_url": url_for(".cancel_call_back", ref=ref),
        "call": call if call and call.state in TO_CALL else None,
        "times": call_backs.TIMES,
    }
