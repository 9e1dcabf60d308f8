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
from obshto.modules.eservices.forms.acts import ExtendForm, show_version, tell
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import reading
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.extending import extend, extensions_of
from obshto.modules.eservices.services.handing import hand
from obshto.modules.eservices.services.rating import code_of_rating
from obshto.platform.content.qr import qr_code
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.formats import day
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language


@console.post("/<uuid:case_id>/hand")
@requires(ServicesPermission.HANDLE)
def hand_document(case_id: UUID) -> Response:
    hand(current_work(), to_change(case_id), seen=seen_here())
    return back_to(case_id, "eservices.handed")


@console.get("/<uuid:case_id>/slip")
@requires(ServicesPermission.HANDLE)
def slip(case_id: UUID) -> str:
    """To be printed for whoever is at the counter; it says nothing of the person."""
    work = current_work()
    assert work.scope
    case = reading.case_of(work, case_id)
    code = code_of_rating(case)
    path = url_for("eservices_citizen.rate", case_id=case.id, code=code)
    address = f"{work.scope.address}{path}"
    picture = qr_code(address)
    service = service_of(case.service)
    return render_template("eservices/slip.html", case=case, picture=picture, service=service)


@console.route("/<uuid:case_id>/extend", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def longer(case_id: UUID) -> Answer:
    work, form, case = current_work(), ExtendForm(), to_change(case_id)
    found, language = extensions_of(case), current_language()
    form.rule.choices = [SelectChoice("", "–")] + [
        SelectChoice(rule, f"{term.why[language]} ({day(term.due_on)})")
        for rule, term in found.items()
    ]
    if form.validate_on_submit():
        try:
            words = form.words.data.strip()
            extend(work, case, form.rule.data, words, seen=form.seen.data)
            return back_to(case_id, "eservices.extended")
        except DomainError as refusal:
            tell(form, refusal, case)
    only_mine(case)
    show_version(form, case)
    page = render_template("eservices/extend.html", form=form, case=case, found=found)
    return answered(form, page)
