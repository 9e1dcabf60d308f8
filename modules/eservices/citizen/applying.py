"""Applying: begin, answer one page after the other, check, send."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.errors import ChangedMeanwhile, NoSuchApplication
from obshto.modules.eservices.forms.acts import ResumeForm, StartForm
from obshto.modules.eservices.forms.questions import AUTOCOMPLETE, AnswersForm, Ground, form_of
from obshto.modules.eservices.models import Draft
from obshto.modules.eservices.services import drafts
from obshto.modules.eservices.services.answers import (
    asked,
    missing,
    next_page,
    pages_asked,
    to_bring,
)
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.codes import RESUME, digits, grouped
from obshto.modules.eservices.services.definitions import Definition, Page
from obshto.modules.eservices.services.offers import is_online, offer_of
from obshto.modules.eservices.services.sending import send_application, sent_from
from obshto.modules.eservices.services.states import PROCEDURES
from obshto.modules.eservices.services.terms import day_of, received_on, term
from obshto.modules.eservices.settings import ServicesSettings
from obshto.platform.settings.services import settings_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_principal, current_work
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.moves import see_other
from obshto.tenants.api import addresses_of_region

ELECTRONIC = frozenset({"electronic"})  # only for who is signed in: a code opens for anybody


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
    places = known_places()  # asks elsewhere: before the draft is locked
    draft, definition, at = _page(ref, page)
    form = _form(draft, definition, at, places)
    if form.validate_on_submit():
        try:
            kept, seen = form.kept(), form.seen.data
            answers = drafts.save_page(current_work(), draft, at, kept, seen=seen)
            following = next_page(definition, answers, at.id)
            if following is None:
                return see_other(".check", ref=ref)
            return see_other(".answer", ref=ref, page=following.id)
        except ChangedMeanwhile as refusal:
            form.form_errors.append(str(refusal))
            form.seen.data = drafts.state_of(draft.read(), at)
    return _question(ref, draft, definition, at, form)


@citizen.get("/drafts/<ref>")
@open_to_all
def check(ref: str) -> Response:
    try:
        draft = drafts.draft_at(current_work(), ref)
    except NoSuchApplication:
        return see_other(".case", ref=_ref_of_case(ref))
    return private("eservices/check.html", **_checked(ref, draft))


@citizen.post("/drafts/<ref>/send")
@open_to_all
def send(ref: str) -> Response:
    case = send_application(current_work(), ref, seen=seen_here())
    return see_other(".receipt", ref=case.id if case.person_id else digits(ref))


@citizen.route("/drafts/<ref>/discard", methods=["GET", "POST"])
@open_to_all
def discard(ref: str) -> Response:
    work = current_work()
    draft = drafts.draft_at(work, ref, to_change=True)
    if request.method == "POST":
        drafts.discard_draft(work, draft, seen=seen_here())
        return see_other(".index", said="eservices.discarded")
    return private(
        "eservices/discard.html", ref=ref, draft=draft, service=service_of(draft.service)
    )


def _begun(ref: str) -> Response:
    """To the first question; to the application where this beginning was sent long ago."""
    try:
        draft = drafts.draft_at(current_work(), ref)
    except NoSuchApplication:
        return see_other(".check", ref=ref)
    return see_other(".answer", ref=ref, page=drafts.definition_behind(draft).pages[0].id)


def _page(ref: str, page: str) -> tuple[Draft, Definition, Page]:
    draft = drafts.draft_at(current_work(), ref, to_change=request.method == "POST")
    definition = drafts.definition_behind(draft)
    found = [at for at in pages_asked(definition, draft.read()) if at.id == page]
    return draft, definition, found[0] if found else abort(404)


def _form(draft: Draft, definition: Definition, page: Page, places: Collection[str]) -> AnswersForm:
    answers = draft.read()
    questions = [q for q in asked(definition.questions, answers) if q.id in page.fields]
    is_place = any(question.type == "settlement" for question in questions)
    ground = Ground(
        language=current_language(),
        answers=answers,
        today=day_of(current_work().now),
        places=places if is_place else (),
        without=frozenset() if draft.person_id else ELECTRONIC,
    )
    return form_of(questions, ground, filled=answers, seen=drafts.state_of(answers, page))


def known_places() -> list[str]:
    """The towns and villages of the region as an official form writes them."""
    short = {"град": "гр.", "село": "с."}
    return [
        f"{short[kind]} {name}, община {municipality}, област Видин"
        for kind, name, municipality in addresses_of_region()
    ]


def _question(
    ref: str, draft: Draft, definition: Definition, page: Page, form: AnswersForm
) -> Response:
    pages = pages_asked(definition, draft.read())
    at = pages.index(page)
    back = url_for(".answer", ref=ref, page=pages[at - 1].id) if at else url_for(".check", ref=ref)
    is_wrong = form.errors or form.form_errors
    return private(
        "eservices/question.html",
        status=422 if is_wrong else 200,
        ref=ref,
        code=_code(ref),
        service=service_of(draft.service),
        page=page,
        step=at + 1,
        steps=len(pages),
        form=form,
        back_url=back,
        complete=AUTOCOMPLETE,
        grouped=grouped,
        until=drafts.kept_until(current_work(), draft),
    )


def _checked(ref: str, draft: Draft) -> dict[str, Any]:
    work = current_work()
    definition, answers = drafts.definition_behind(draft), draft.read()
    return {
        "ref": ref,
        "code": _code(ref),
        "grouped": grouped,
        "draft": draft,
        "service": service_of(draft.service),
        "pages": _answered(definition, answers),
        "left": missing(definition.questions, answers),
        "page_of": {name: page.id for page in definition.pages for name in page.fields},
        "bring": to_bring(definition, answers, current_language()),
        "offer": offer_of(work, draft.service),
        "promised": term(definition.term, starts_on=received_on(work.now)),
        "procedure": PROCEDURES[definition.procedure],
        "until": drafts.kept_until(work, draft),
    }


def _answered(definition: Definition, answers: dict[str, str]) -> list[tuple[Page, list[object]]]:
    ids = {question.id: question for question in asked(definition.questions, answers)}
    return [
        (page, [(ids[name], answers.get(name, "")) for name in page.fields if name in ids])
        for page in pages_asked(definition, answers)
    ]


def _code(ref: str) -> str:
    """The code to be written down; empty for who is signed in."""
    return digits(ref) if len(digits(ref)) == RESUME and not current_principal().is_known else ""


def _ref_of_case(ref: str) -> str:
    case = sent_from(current_work(), ref)
    return str(case.id) if case.person_id else digits(ref)
