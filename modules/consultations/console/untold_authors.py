"""Staff pages for authors without e-mail and profile: telling them, entering their objection."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.consultations import forms
from obshto.modules.consultations.console.consultations import Page, console, context
from obshto.modules.consultations.forms.untold_authors import EnteredAppealForm, ManyToldForm
from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.services import access_log, queries, untold_authors
from obshto.platform.cases.channels import PORTAL
from obshto.platform.errors import DomainError
from obshto.platform.moderation.errors import AppealClosed
from obshto.platform.moderation.services import appeal as file_appeal
from obshto.platform.moderation.services import decision_on
from obshto.platform.purposes.senders import LookForm
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, lines_of
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import place_names


@console.get("/<uuid:consultation_id>/to-tell")
@requires(ConsultationsPermission.ENTER)
def to_tell(consultation_id: UUID) -> str:
    """Whom no letter reaches, with the answer to each: to be called, or printed and posted."""
    found = _decided(consultation_id)
    return _list(found, ManyToldForm(), LookForm())


@console.post("/<uuid:consultation_id>/to-tell/look")
@requires(ConsultationsPermission.ENTER)
def look_to_tell(consultation_id: UUID) -> Page:
    """Open names and phones of this page of the list, for a purpose that the authors can read."""
    found, form = _decided(consultation_id), LookForm()
    if not form.validate_on_submit():
        return _list(found, ManyToldForm(formdata=None), form), 422
    ids = forms.ids_of(request.form.getlist("shown"))
    purpose, reason = form.purpose.data, form.typed_reason()
    untold_authors.look_at_authors(current_uow(), found, ids, purpose, reason)
    return _back(found, "consultations.looked-many")


@console.post("/<uuid:consultation_id>/to-tell")
@requires(ConsultationsPermission.ENTER)
def told_many(consultation_id: UUID) -> Page:
    """Those who were ticked were told."""
    found, form = _decided(consultation_id), ManyToldForm()
    ids = forms.ids_of(request.form.getlist("chosen"))
    if form.validate_on_submit() and ids:
        untold_authors.mark_many_told(current_uow(), found.id, ids, form.how.data)
        return _back(found, "consultations.told-many")
    if not ids:
        form.form_errors.append(gettext("Отметнете на кого казахте"))
    return _list(found, form, LookForm(formdata=None), ids), 422


@console.route("/opinions/<uuid:opinion_id>/appeal", methods=["GET", "POST"])
@requires(ConsultationsPermission.ENTER)
def appeal(opinion_id: UUID) -> Page:
    """An objection that its author brought on paper, or told by phone or at the counter."""
    uow, form = current_uow(), EnteredAppealForm()
    found = queries.opinion_of(uow, opinion_id)
    if found.channel == PORTAL:
        abort(404)  # its author objects on the own page
    decision = decision_on(uow, access_log.PART, found.id)
    if decision is None:
        raise AppealClosed
    if form.validate_on_submit():
        try:
            words, once = lines_of(form.words.data), form.request_id.data
            file_appeal(uow, decision, words, request_id=once)
            return see_other(".one", opinion_id=found.id, said="consultations.appeal-entered")
        except DomainError as refusal:
            forms.put_refusal(form, refusal)
    return filled("consultations/appeal.html", form, opinion=found, decision=decision)


def _decided(consultation_id: UUID) -> Consultation:
    found = queries.consultation_of(current_uow(), consultation_id)
    return found if found.outcome_at else abort(404)


def _back(found: Consultation, said: str) -> Response:
    """To the same page of the list; past its end is the last one."""
    page = page_number()
    address = {"consultation_id": found.id, "page": page if page > 1 else None}
    return see_other(".to_tell", **address, said=said)


def _list(
    found: Consultation, form: ManyToldForm, look_form: LookForm, chosen: Sequence[UUID] = ()
) -> str:
    uow = current_uow()
    page = paginate(uow.session, untold_authors.to_tell(found), page_number())
    bound = access_log.restricted_among(uow, page.rows)
    shown = {
        "consultation": found,
        "page": page,
        "answers": queries.answers_to(uow, page.rows),
        "bound": bound,
        "reaches": untold_authors.reaches_of(
            uow, [one.id for one in page.rows if one.id not in bound]
        ),
        "chosen": chosen,
        "places": place_names(uow.scope.slug, current_language()),
        "look_form": look_form,
    }
    return render_template("consultations/to_tell.html", form=form, **shown, **context())
