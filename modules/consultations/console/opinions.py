"""Staff pages of opinions: lists, entering, the slip, one of them, hiding."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.consultations import forms
from obshto.modules.consultations.console.consultations import Page, console, context
from obshto.modules.consultations.forms.filters import OpinionFilterForm
from obshto.modules.consultations.forms.untold_authors import HowToldForm
from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.services import (
    access_log,
    documents,
    moderation,
    opinions,
    queries,
    table,
)
from obshto.modules.consultations.services.codes import code_of
from obshto.modules.consultations.services.filters import OpinionFilter, listed
from obshto.modules.consultations.services.paragraphs import paragraph_at, paragraphs_of
from obshto.modules.consultations.services.states import ConsultationState, state_of
from obshto.modules.consultations.services.support import support_opinion, supportable_opinion
from obshto.modules.consultations.services.untold_authors import HOW
from obshto.modules.consultations.services.waves import waves_of
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.keys.decryption_log import uncounted
from obshto.platform.moderation.flags import flags_on
from obshto.platform.moderation.rules import RULES
from obshto.platform.purposes.senders import PURPOSES, LookForm
from obshto.platform.storage.downloads import send_file
from obshto.platform.support.forms import SupportEntryForm
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import place_names


@console.get("/<uuid:consultation_id>/opinions")
@requires(ConsultationsPermission.SEE)
def opinion_list(consultation_id: UUID) -> Page:
    uow, form = current_uow(), OpinionFilterForm(request.args)
    found = queries.consultation_of(uow, consultation_id)
    if form.chosen.data not in queries.LISTS:
        abort(404)
    is_right = form.validate()
    wanted = form.wanted() if is_right else OpinionFilter()
    page = paginate(uow.session, listed(found, wanted), page_number())
    shown = {
        "consultation": found,
        "state": state_of(found, uow.now),
        "page": page,
        "wanted": wanted,
        "counts": queries.opinion_counts(uow, found),
        "waves": waves_of(uow, found) if wanted.name == "hidden" else (),
        "answers": queries.answers_to(uow, page.rows),
        "channels": CHANNELS,
    }
    told = render_template("consultations/list.html", form=form, **shown, **context())
    return told if is_right else (told, 422)


@console.get("/flagged")
@requires(ConsultationsPermission.HIDE)
def flagged() -> str:
    """What readers say breaks a rule, over all consultations."""
    uow = current_uow()
    page = paginate(uow.session, queries.flagged_opinions(), page_number())
    shown = {
        "page": page,
        "of": queries.consultations_by(uow, {row.consultation_id for row in page.rows}),
        "flags": flags_on(uow, access_log.PART, [row.id for row in page.rows]),
        "rules": RULES,
    }
    return render_template("consultations/flagged.html", **shown, **context())


@console.route("/<uuid:consultation_id>/enter", methods=["GET", "POST"])
@requires(ConsultationsPermission.ENTER)
@takes_files
def enter(consultation_id: UUID) -> Page:
    """For somebody at the counter, on the phone, by post."""
    uow = current_uow()
    found = queries.consultation_of(uow, consultation_id)
    form = forms.OpinionEntryForm(data={"received_on": day_of(uow.now)})
    form.offer(place_names(uow.scope.slug, current_language()))
    if form.validate_on_submit():
        told = form.told(channel=form.channel.data, received_on=form.received_on.data)
        try:
            opinion = opinions.give_opinion(
                uow, found.id, told, request_id=form.request_id.data, file=form.given()
            )
            return see_other(".slip", opinion_id=opinion.id, said="consultations.entered")
        except DomainError as refusal:
            forms.put_refusal(form, refusal)
    return filled("consultations/enter.html", form, consultation=found)


@console.get("/opinions/<uuid:opinion_id>/slip")
@requires(ConsultationsPermission.ENTER)
def slip(opinion_id: UUID) -> str:
    """Number and code, to be read out or printed; only for who entered it."""
    opinion = queries.opinion_of(current_uow(), opinion_id)
    if opinion.entered_by_id != current_principal().person_id:
        abort(404)
    found = queries.consultation_of(current_uow(), opinion.consultation_id)
    code = grouped(code_of(opinion.request_id))
    return render_template(
        "consultations/slip.html", opinion=opinion, consultation=found, code=code
    )


@console.get("/opinions/<uuid:opinion_id>")
@requires(ConsultationsPermission.SEE)
def one(opinion_id: UUID) -> str:
    return _desk(queries.opinion_of(current_uow(), opinion_id), LookForm())


@console.post("/opinions/<uuid:opinion_id>/look")
@requires(ConsultationsPermission.ENTER)
def look(opinion_id: UUID) -> Page:
    """Who wrote it, for a purpose that the person will read."""
    uow, form = current_uow(), LookForm()
    found = queries.opinion_of(uow, opinion_id)
    if form.validate_on_submit():
        key, reason = form.request_id.data, form.typed_reason()
        access_log.look_at_author(uow, found, form.purpose.data, request_id=key, reason=reason)
        return _back(opinion_id, "consultations.looked")
    return _desk(found, form), 422


@console.post("/opinions/<uuid:opinion_id>/told")
@requires(ConsultationsPermission.ENTER)
def told(opinion_id: UUID) -> Page:
    """Staff told the author by phone or by post what became of it."""
    uow, form = current_uow(), HowToldForm()
    found = queries.opinion_of(uow, opinion_id, to_change=True)
    if refusal := access_log.restricted(uow, found):
        raise refusal
    consultation = queries.consultation_of(uow, found.consultation_id)
    if state_of(consultation, uow.now) is not ConsultationState.DECIDED:
        abort(409)
    if not form.validate_on_submit():
        return _desk(found, LookForm(formdata=None), form), 422
    opinions.mark_told(uow, found, form.how.data, expected_version=seen_here())
    return _back(opinion_id, "consultations.told")


@console.route("/opinions/<uuid:opinion_id>/hide", methods=["GET", "POST"])
@requires(ConsultationsPermission.HIDE)
def hide(opinion_id: UUID) -> Page:
    uow, form = current_uow(), forms.HideOpinionForm()
    found = queries.opinion_of(uow, opinion_id)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            moderation.hide_opinion(uow, found, form.reason(), expected_version=version)
            return _back(opinion_id, "consultations.hidden")
        except DomainError as refusal:
            forms.put_refusal(form, refusal, found)
    show_version(form, found)
    return filled("consultations/hide.html", form, opinion=found)


@console.post("/opinions/<uuid:opinion_id>/leave")
@requires(ConsultationsPermission.HIDE)
def leave(opinion_id: UUID) -> Response:
    """Nothing is wrong with what readers flagged."""
    uow = current_uow()
    found = queries.opinion_of(uow, opinion_id)
    moderation.leave_opinion(uow, found, expected_version=seen_here())
    return _back(opinion_id, "moderation.left")


@console.post("/opinions/<uuid:opinion_id>/show-again")
@requires(ConsultationsPermission.HIDE)
def show_again(opinion_id: UUID) -> Response:
    """Nothing is wrong with what was hidden on a flag."""
    uow = current_uow()
    found = queries.opinion_of(uow, opinion_id)
    moderation.show_opinion(uow, found, expected_version=seen_here())
    return _back(opinion_id, "consultations.shown")


@console.route("/opinions/<uuid:opinion_id>/support", methods=["GET", "POST"])
@requires(ConsultationsPermission.ENTER)
def support(opinion_id: UUID) -> Page:
    """A support given at the counter, by phone, on paper."""
    uow, form = current_uow(), SupportEntryForm()
    consultation, found = supportable_opinion(uow, opinion_id)
    if form.validate_on_submit():
        try:
            request_id = form.request_id.data
            is_new = support_opinion(uow, opinion_id, form.supporter(), request_id=request_id)
            said = "consultations.support-entered" if is_new else "consultations.supported-before"
            return _back(opinion_id, said)
        except DomainError as refusal:
            forms.put_refusal(form, refusal)
    shown = {
        "heading": gettext("Подкрепа на становище %(number)s", number=found.number),
        "title": consultation.title,
        "back_url": url_for(".one", opinion_id=opinion_id),
    }
    return filled("support/enter.html", form, **shown)


@console.get("/opinions/<uuid:opinion_id>/file")
@requires(ConsultationsPermission.SEE)
def opinion_file(opinion_id: UUID) -> Response:
    g.is_personal = True
    uow = current_uow()
    return send_file(uow, documents.opinion_file(uow, queries.opinion_of(uow, opinion_id)))


def _desk(found: Opinion, form: LookForm, told_form: HowToldForm | None = None) -> str:
    uow = current_uow()
    consultation = queries.consultation_of(uow, found.consultation_id)
    with uncounted():  # a name that its author had shown to everybody
        on_behalf = table.on_behalf(found)
    shown = {
        "opinion": found,
        "consultation": consultation,
        "state": state_of(consultation, uow.now),
        "paragraph": paragraph_at(paragraphs_of(consultation), found.paragraph),
        "answer": queries.answers_to(uow, [found]).get(found.id),
        "on_behalf": on_behalf,
        "channel": CHANNELS[found.channel],
        "flags": flags_on(uow, access_log.PART, [found.id]).get(found.id, {}),
        "is_provisional": moderation.is_provisional(uow, found),
        "rules": RULES,
        "look_form": form,
        "told_form": told_form or HowToldForm(formdata=None),
        "how_told": HOW.get(found.told_how, ""),
        "restricted": access_log.restricted(uow, found),
        "sees_author": access_log.sees_author(uow, found),
        "looks": access_log.looks_at(uow, found),
        "purposes": PURPOSES,
    }
    return render_template("consultations/desk.html", **shown, **context())


def _back(opinion_id: UUID, said: str) -> Response:
    return see_other(".one", opinion_id=opinion_id, said=said)
