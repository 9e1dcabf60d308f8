"""Entering an application for the person in front, on the phone, or from a letter."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered, console, id_in
from obshto.modules.eservices.errors import (
    NoSuchApplication,
    NotTheirService,
    NotYours,
    PowerNotFound,
    PowerNotInForce,
    StaleVersion,
)
from obshto.modules.eservices.forms import draft_form
from obshto.modules.eservices.forms.acts import EnterForm, TakeUpForm
from obshto.modules.eservices.forms.prices import agreed_here
from obshto.modules.eservices.models import Case, Draft
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import case_queries, counter_entry, drafts
from obshto.modules.eservices.services.access_log import opens
from obshto.modules.eservices.services.answers import to_bring
from obshto.modules.eservices.services.catalogue import listed, service_of, services
from obshto.modules.eservices.services.departments import own_of
from obshto.modules.eservices.services.fees import fee_of
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.paper import filled_form
from obshto.modules.eservices.services.places import known_places
from obshto.modules.eservices.services.powers.looks import look_at_power
from obshto.modules.eservices.services.powers.use import power_numbered
from obshto.modules.eservices.services.prices import LAW as FEE_LAW
from obshto.platform.cases.channels import CHANNELS, COUNTER
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.legal.terms import LAW
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.route("/enter", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def enter() -> Answer:
    form = EnterForm().offer(own_of(current_uow(), listed(current_uow())))
    if form.validate_on_submit():
        try:
            return _to_first(_entered(form))
        except (PowerNotFound, PowerNotInForce) as refusal:
            form.power.errors = [str(refusal)]
    return _entrance(form, TakeUpForm(formdata=None))


@console.post("/enter/code")
@requires(ServicesPermission.HANDLE)
def take_up() -> Answer:
    form = TakeUpForm()
    if form.validate_on_submit():
        try:
            code = digits(form.code.data)
            return _to_first(counter_entry.take_up(current_uow(), code, channel=COUNTER))
        except (NoSuchApplication, NotTheirService) as refusal:
            form.code.errors = [str(refusal)]
    own = own_of(current_uow(), listed(current_uow()))
    return _entrance(EnterForm(formdata=None).offer(own), form)


@console.route("/enter/<ref>/<page>", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def answer(ref: str, page: str) -> Answer:
    uow, language = current_uow(), current_language()
    places = known_places(uow, language)  # asks elsewhere: before the draft is locked
    draft = counter_entry.opened_draft(uow, id_in(ref), to_change=request.method == "POST")
    at = draft_form.page_at(draft, page) or abort(404)
    form = draft_form.questions_of(uow, draft, at, places=places, language=language)
    if form.validate_on_submit():
        try:
            return redirect(draft_form.save(uow, draft, at, form, _way(draft)), 303)
        except StaleVersion as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = drafts.state_of(draft.read(), at)
    shown = draft_form.question_shown(uow, draft, at, form, _way(draft))
    return answered(form, render_template("eservices/question.html", **shown))


@console.route("/enter/<ref>/speed", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def speed(ref: str) -> Answer:
    uow = current_uow()
    draft = counter_entry.opened_draft(uow, id_in(ref), to_change=request.method == "POST")
    form, shown = draft_form.speeds_of(uow, draft)
    if form.validate_on_submit():
        drafts.choose_speed(draft, form.speed.data, expected_version=form.expected_version.data)
        return redirect(draft_form.after_questions(draft, _way(draft)), 303)
    page = render_template("eservices/speed.html", way=_way(draft), **shown)
    return answered(form, page)


@console.get("/enter/<ref>")
@requires(ServicesPermission.HANDLE)
def check(ref: str) -> Answer:
    uow = current_uow()
    try:
        draft = counter_entry.opened_draft(uow, id_in(ref))
    except NoSuchApplication:
        return see_other(".receipt", case_id=counter_entry.case_entered(uow, id_in(ref)).id)
    return render_template(
        "eservices/check.html", **draft_form.check_shown(uow, draft, _way(draft))
    )


@console.post("/enter/<ref>/send")
@requires(ServicesPermission.HANDLE)
def send(ref: str) -> Response:
    case = counter_entry.send_entered(
        current_uow(), id_in(ref), expected_version=seen_here(), agreed=agreed_here()
    )
    return see_other(".receipt", case_id=case.id)


@console.route("/enter/<ref>/discard", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def discard(ref: str) -> Answer:
    uow, is_sure = current_uow(), request.method == "POST"
    draft = counter_entry.entered_draft(uow, id_in(ref), to_change=is_sure)
    if is_sure:
        drafts.discard_draft(uow, draft, expected_version=seen_here())
        return see_other(".enter", said="eservices.discarded")
    service = service_of(current_uow(), draft.service)
    return render_template("eservices/discard.html", way=_way(draft), draft=draft, service=service)


@console.get("/<uuid:case_id>/receipt")
@requires(ServicesPermission.HANDLE)
def receipt(case_id: UUID) -> str:
    """To be printed for the person, with the code and the form to be signed."""
    uow = current_uow()
    case = case_queries.case_of(uow, case_id)
    if not opens(uow, case):
        raise NotYours
    shown = _receipt(case)
    return render_template("eservices/receipt.html", layout="console.html", case=case, **shown)


def _entered(form: EnterForm) -> Draft:
    """Raises PowerNotFound, PowerNotInForce."""
    uow, service = current_uow(), service_of(current_uow(), form.service.data)
    number, power = "".join((form.power.data or "").split()), None
    if number:
        power = power_numbered(uow, number, service.key)
        look_at_power(uow, power)
    channel, request_id = form.channel.data, form.request_id.data
    return counter_entry.start_for(
        uow, service, channel=channel, request_id=request_id, power=power
    )


def _receipt(case: Case) -> dict[str, object]:
    definition = definition_behind(case)
    return {
        "case_url": url_for(".case", case_id=case.id),
        "service": service_of(current_uow(), case.service),
        "term": case_queries.term_of(case),
        "law": LAW,
        "fee": fee_of(current_uow(), case),
        "fee_law": FEE_LAW,
        "code": counter_entry.code_for(case.request_id, case.code_index),
        "grouped": grouped,
        "channel": CHANNELS[case.channel],
        "bring": to_bring(definition, case.read(), current_language()),
        "lines": filled_form(current_uow(), case),
        "by_sms": case_queries.is_told_by_sms(current_uow(), case),
    }


def _entrance(form: EnterForm, by_code: TakeUpForm) -> Answer:
    begun = current_uow().session.scalars(counter_entry.entered_drafts(current_uow()).limit(20))
    page = render_template(
        "eservices/enter.html",
        form=form,
        by_code=by_code,
        drafts=list(begun),
        services=services(current_uow()),
        channels=CHANNELS,
    )
    return (page, 422) if form.errors or by_code.errors else page


def _to_first(draft: Draft) -> Response:
    first = definition_behind(draft).pages[0].id
    return see_other(".answer", ref=draft.id, page=first)


def _way(draft: Draft) -> draft_form.DraftUrls:
    return draft_form.DraftUrls(
        layout="console.html",
        page=lambda page: url_for(".answer", ref=draft.id, page=page),
        check=url_for(".check", ref=draft.id),
        papers=url_for(".entered_papers", ref=draft.id),
        file=lambda id: url_for(".file", paper_id=id),
        send=url_for(".send", ref=draft.id),
        speed=url_for(".speed", ref=draft.id),
        discard=url_for(".discard", ref=draft.id),
        language=current_language(),
        code=counter_entry.code_for(draft.id, draft.code_index),
    )
