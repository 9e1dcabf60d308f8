"""Applying: begin, answer one page after the other, check, send."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.errors import (
    NoSuchApplication,
    PowerNotInForce,
    PowerOfAnother,
    StaleVersion,
)
from obshto.modules.eservices.forms import draft_form
from obshto.modules.eservices.forms.acts import ResumeForm, StartForm
from obshto.modules.eservices.forms.powers import chosen_power, for_whom_choices
from obshto.modules.eservices.forms.prices import agreed_here
from obshto.modules.eservices.services import drafts
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.codes import RESUME
from obshto.modules.eservices.services.offers import is_online, offer_of
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.places import known_places
from obshto.modules.eservices.services.powers.use import usable_powers
from obshto.modules.eservices.services.submission import send_application, sent_from
from obshto.modules.eservices.settings import ServicesSettings
from obshto.platform.cases.codes import digits
from obshto.platform.settings.services import settings_of
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


@citizen.route("/<key>/start", methods=["GET", "POST"])
@open_to_all
def start(key: str) -> Response:
    uow, service, form = current_uow(), service_of(current_uow(), key), StartForm()
    if not is_online(service, offer_of(uow, key)):
        abort(404)
    powers = usable_powers(uow, key)
    form.power.choices = for_whom_choices(powers)
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        request_id, power = form.request_id.data, chosen_power(powers, form.power.data)
        return _begun(drafts.start_draft(uow, service, request_id=request_id, power=power))
    shown = {
        "service": service,
        "powers": powers,
        "days": settings_of(uow, "eservices", ServicesSettings).draft_days,
    }
    status = 422 if form.errors or form.is_asking else 200
    return private("eservices/start.html", status=status, form=form, **shown)


@citizen.route("/resume", methods=["GET", "POST"])
@open_to_all
def resume() -> Response:
    form = ResumeForm()
    if form.validate_on_submit():
        code = digits(form.code.data)
        return see_other(".check", ref=code)
    return private("eservices/resume.html", status=422 if form.errors else 200, form=form)


@citizen.route("/drafts/<ref>/<page>", methods=["GET", "POST"])
@open_to_all
def answer(ref: str, page: str) -> Response:
    uow, language = current_uow(), current_language()
    places = known_places(uow, language)  # asks elsewhere: before the draft is locked
    draft = drafts.draft_at(uow, ref, to_change=request.method == "POST")
    at = draft_form.page_at(draft, page) or abort(404)
    form = draft_form.questions_of(uow, draft, at, places=places, language=language)
    if form.validate_on_submit():
        try:
            return redirect(draft_form.save(uow, draft, at, form, _way(ref)), 303)
        except StaleVersion as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = drafts.state_of(draft.read(), at)
    shown = draft_form.question_shown(uow, draft, at, form, _way(ref))
    status = 422 if form.errors or form.form_errors else 200
    return private("eservices/question.html", status=status, **shown)


@citizen.route("/drafts/<ref>/speed", methods=["GET", "POST"])
@open_to_all
def speed(ref: str) -> Response:
    uow, way = current_uow(), _way(ref)
    draft = drafts.draft_at(uow, ref, to_change=request.method == "POST")
    form, shown = draft_form.speeds_of(uow, draft)
    if form.validate_on_submit():
        drafts.choose_speed(draft, form.speed.data, expected_version=form.expected_version.data)
        return redirect(draft_form.after_questions(draft, way), 303)
    return private("eservices/speed.html", status=422 if form.errors else 200, way=way, **shown)


@citizen.get("/drafts/<ref>")
@open_to_all
def check(ref: str) -> Response:
    try:
        draft = drafts.draft_at(current_uow(), ref)
    except NoSuchApplication:
        return see_other(".case", ref=_ref_of_case(ref))
    return private(
        "eservices/check.html", **draft_form.check_shown(current_uow(), draft, _way(ref))
    )


@citizen.post("/drafts/<ref>/send")
@open_to_all
def send(ref: str) -> Response:
    uow = current_uow()
    try:
        case = send_application(uow, ref, expected_version=seen_here(), agreed=agreed_here())
    except (PowerNotInForce, PowerOfAnother) as refusal:
        shown = draft_form.check_shown(uow, drafts.draft_at(uow, ref), _way(ref))
        return private("eservices/check.html", status=422, refusal=refusal, **shown)
    return see_other(".receipt", ref=case.id if case.person_id else digits(ref))


@citizen.post("/drafts/<ref>/keep")
@signed_in
def keep(ref: str) -> Response:
    """A draft begun without a profile goes into that of who says that it is theirs."""
    draft = drafts.keep_in_account(current_uow(), ref)
    return see_other(".check", ref=draft.id, said="eservices.kept")


@citizen.route("/drafts/<ref>/discard", methods=["GET", "POST"])
@open_to_all
def discard(ref: str) -> Response:
    uow = current_uow()
    draft = drafts.draft_at(uow, ref, to_change=True)
    if request.method == "POST":
        drafts.discard_draft(uow, draft, expected_version=seen_here())
        return see_other(".index", said="eservices.discarded")
    service = service_of(current_uow(), draft.service)
    return private("eservices/discard.html", way=_way(ref), draft=draft, service=service)


def _begun(ref: str) -> Response:
    """To the first question; to the application where this beginning was sent long ago."""
    try:
        draft = drafts.draft_at(current_uow(), ref)
    except NoSuchApplication:
        return see_other(".check", ref=ref)
    return see_other(".answer", ref=ref, page=definition_behind(draft).pages[0].id)


def _way(ref: str) -> draft_form.DraftUrls:
    return draft_form.DraftUrls(
        layout="site.html",
        page=lambda page: url_for(".answer", ref=ref, page=page),
        check=url_for(".check", ref=ref),
        papers=url_for(".papers", ref=ref),
        file=lambda id: url_for(".draft_file", ref=ref, paper=id),
        send=url_for(".send", ref=ref),
        speed=url_for(".speed", ref=ref),
        discard=url_for(".discard", ref=ref),
        language=current_language(),
        code=_code(ref),
        keep=url_for(".keep", ref=ref),
        call=url_for(".call_back", ref=ref),
        whom=url_for(".for_whom", ref=ref) if current_principal().is_known else "",
    )


def _code(ref: str) -> str:
    """The code to be written down; empty for who is signed in."""
    return digits(ref) if len(digits(ref)) == RESUME and not current_principal().is_known else ""


def _ref_of_case(ref: str) -> str:
    case = sent_from(current_uow(), ref)
    return str(case.id) if case.person_id else digits(ref)
