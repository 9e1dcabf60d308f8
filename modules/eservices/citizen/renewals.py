"""Asking again for a document that ends, with what the municipality knows already."""

from __future__ import annotations

from flask import url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.errors import NoSuchApplication
from obshto.modules.eservices.forms.acts import StartForm
from obshto.modules.eservices.services import case_queries, drafts, renewals
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.platform.clock import day_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


@citizen.route("/cases/<ref>/renew", methods=["GET", "POST"])
@open_to_all
def renew(ref: str) -> Response:
    """What is carried over, what is asked again; then the first question that is open."""
    uow, form = current_uow(), StartForm()
    right = renewals.right_of(uow, case_queries.case_at(uow, ref))
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        return _begun(renewals.start_renewal(uow, right, request_id=form.request_id.data))
    shown = {
        "right": right,
        "is_early": day_of(uow.now) < right.opens_on,
        "again": renewals.asked_again(right, current_language()),
        "carried": len(renewals.carried_answers(right)),
        "case_url": url_for(".case", ref=ref),
    }
    status = 422 if form.errors or form.is_asking else 200
    return private("eservices/renew.html", status=status, form=form, **shown)


def _begun(ref: str) -> Response:
    try:
        draft = drafts.draft_at(current_uow(), ref)
    except NoSuchApplication:  # it was sent long ago
        return see_other(".check", ref=ref)
    page = renewals.first_page(definition_behind(draft), draft.read())
    return see_other(".answer", ref=ref, page=page)
