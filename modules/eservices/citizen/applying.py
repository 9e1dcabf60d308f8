"""Applying: begin, answer one page after the other, check, send."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.errors import ChangedMeanwhile, NoSuchApplication
from obshto.modules.eservices.forms import asking
from obshto.modules.eservices.forms.acts import ResumeForm, StartForm
from obshto.modules.eservices.forms.prices import agreed_here
from obshto.modules.eservices.services import drafts
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.codes import RESUME, digits
from obshto.modules.eservices.services.offers import is_online, offer_of
from obshto.modules.eservices.services.places import known_places
from obshto.modules.eservices.services.sending import send_application, sent_from
from obshto.modules.eservices.settings import ServicesSettings
from obshto.platform.settings.services import settings_of
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.edge import current_principal, current_work
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.moves import see_other


@citizen.route("/<key>/start", methods=["GET", "POST"])
@open_to_all
def start(key: str) -> Response:
    work, service, form = current_work(), service_of(key), StartForm()
    if not is_online(service, offer_of(work, key)):
        abort(404)
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        return _begun(drafts.start_draft(work, service, request_id=form.request_id.data))
    days = settings_of(work, "eservices", ServicesSettings).draft_days
    status = 422 if form.errors or form.is_asking else 200
    return private("eservices/start.html", status=status, service=service, form=form, days=days)


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
    work, places = current_work(), known_places()  # asks elsewhere: before the draft is locked
    draft = drafts.draft_at(work, ref, to_change=request.method == "POST")
    at = asking.page_at(draft, page) or abort(404)
    form = asking.questions_of(work, draft, at, places=places, language=current_language())
    if form.validate_on_submit():
        try:
            return redirect(asking.save(work, draft, at, form, _way(ref)), 303)
        except ChangedMeanwhile as refusal:
            form.form_errors.append(str(refusal))
            form.seen.data = drafts.state_of(draft.read(), at)
    shown = asking.question_shown(work, draft, at, form, _way(ref))
    status = 422 if form.errors or form.form_errors else 200
    return private("eservices/question.html", status=status, **shown)


@citizen.route("/drafts/<ref>/speed", methods=["GET", "POST"])
@open_to_all
def speed(ref: str) -> Response:
    work, way = current_work(), _way(ref)
    draft = drafts.draft_at(work, ref, to_change=request.method == "POST")
    form, shown = asking.speeds_of(work, draft)
    if form.validate_on_submit():
        drafts.choose_speed(draft, form.speed.data, seen=form.seen.data)
        return redirect(asking.after_questions(draft, way), 303)
    return private("eservices/speed.html", status=422 if form.errors else 200, way=way, **shown)


@citizen.get("/drafts/<ref>")
@open_to_all
def check(ref: str) -> Response:
    try:
        draft = drafts.draft_at(current_work(), ref)
    except NoSuchApplication:
        return see_other(".case", ref=_ref_of_case(ref))
    return private("eservices/check.html", **asking.check_shown(current_work(), draft, _way(ref)))


@citizen.post("/drafts/<ref>/send")
@open_to_all
def send(ref: str) -> Response:
    case = send_application(current_work(), ref, seen=seen_here(), agreed=agreed_here())
    return see_other(".receipt", ref=case.id if case.person_id else digits(ref))


@citizen.post("/drafts/<ref>/keep")
@signed_in
def keep(ref: str) -> Response:
    """A draft begun without a profile goes into that of who says that it is theirs."""
    draft = drafts.keep_in_account(current_work(), ref)
    return see_other(".check", ref=draft.id, said="eservices.kept")


@citizen.route("/drafts/<ref>/discard", methods=["GET", "POST"])
@open_to_all
def discard(ref: str) -> Response:
    work = current_work()
    draft = drafts.draft_at(work, ref, to_change=True)
    if request.method == "POST":
        drafts.discard_draft(work, draft, seen=seen_here())
        return see_other(".index", said="eservices.discarded")
    service = service_of(draft.service)
    return private("eservices/discard.html", way=_way(ref), draft=draft, service=service)


def _begun(ref: str) -> Response:
    """To the first question; to the application where this beginning was sent long ago."""
    try:
        draft = drafts.draft_at(current_work(), ref)
    except NoSuchApplication:
        return see_other(".check", ref=ref)
    return see_other(".answer", ref=ref, page=drafts.definition_behind(draft).pages[0].id)


def _way(ref: str) -> asking.Way:
    return asking.Way(
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
    )


def _code(ref: str) -> str:
    """The code to be written down; empty for who is signed in."""
    return digits(ref) if len(digits(ref)) == RESUME and not current_principal().is_known else ""


def _ref_of_case(ref: str) -> str:
    case = sent_from(current_work(), ref)
    return str(case.id) if case.person_id else digits(ref)
