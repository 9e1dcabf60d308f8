"""A document reaches its person; a slip to rate the service by; a longer term."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from obshto.modules.eservices.console.blueprint import (
    Answer,
    answered,
    back_to,
    console,
    only_mine,
    to_change,
)
from obshto.modules.eservices.forms.acts import ExtendForm
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import case_queries
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.delivery import hand
from obshto.modules.eservices.services.extensions import extend, extensions_of
from obshto.modules.eservices.services.ratings import code_of_rating
from obshto.platform.content.qr import qr_code
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.formats import day
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow


@console.post("/<uuid:case_id>/hand")
@requires(ServicesPermission.HANDLE)
def hand_document(case_id: UUID) -> Response:
    hand(current_uow(), to_change(case_id), expected_version=seen_here())
    return back_to(case_id, "eservices.handed")


@console.get("/<uuid:case_id>/slip")
@requires(ServicesPermission.HANDLE)
def slip(case_id: UUID) -> str:
    """To be printed for whoever is at the counter; it says nothing of the person."""
    uow = current_uow()
    case = case_queries.case_of(uow, case_id)
    code = code_of_rating(case)
    path = url_for("eservices_citizen.rate", case_id=case.id, code=code)
    address = f"{uow.scope.address}{path}"
    picture = qr_code(address)
    service = service_of(current_uow(), case.service)
    return render_template("eservices/slip.html", case=case, picture=picture, service=service)


@console.route("/<uuid:case_id>/extend", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def longer(case_id: UUID) -> Answer:
    uow, form, case = current_uow(), ExtendForm(), to_change(case_id)
    found, language = extensions_of(case), current_language()
    form.rule.choices = [SelectChoice("", "–")] + [
        SelectChoice(rule, f"{term.why[language]} ({day(term.due_on)})")
        for rule, term in found.items()
    ]
    if form.validate_on_submit():
        try:
            words = form.words.data.strip()
            extend(uow, case, form.rule.data, words, expected_version=form.expected_version.data)
            return back_to(case_id, "eservices.extended")
        except DomainError as refusal:
            tell(form, refusal, case)
    only_mine(case)
    show_version(form, case)
    page = render_template("eservices/extend.html", form=form, case=case, found=found)
    return answered(form, page)
