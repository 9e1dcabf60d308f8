"""Entering an application for the person in front, on the phone, or from a letter."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered, console, id_in
from obshto.modules.eservices.errors import ChangedMeanwhile, NoSuchApplication, NotYours
from obshto.modules.eservices.forms import asking
from obshto.modules.eservices.forms.acts import EnterForm, TakeUpForm
from obshto.modules.eservices.forms.prices import agreed_here
from obshto.modules.eservices.models import Case, Draft
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import drafts, entering, reading
from obshto.modules.eservices.services.answers import to_bring
from obshto.modules.eservices.services.catalogue import service_of, services
from obshto.modules.eservices.services.channels import CHANNELS, COUNTER
from obshto.modules.eservices.services.codes import digits, grouped
from obshto.modules.eservices.services.fees import fee_of
from obshto.modules.eservices.services.looks import opens
from obshto.modules.eservices.services.paper import filled_form
from obshto.modules.eservices.services.places import known_places
from obshto.modules.eservices.services.prices import LAW as FEE_LAW
from obshto.modules.eservices.services.terms import LAW
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.moves import see_other


@console.route("/enter", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def enter() -> Answer:
    form = EnterForm()
    if form.validate_on_submit():
        service, request_id = service_of(form.service.data), form.request_id.data
        draft = entering.start_for(
            current_work(), service, channel=form.channel.data, request_id=request_id
        )
        return _to_first(draft)
    return _entrance(form, TakeUpForm(formdata=None))


@console.post("/enter/code")
@requires(ServicesPermission.HANDLE)
def take_up() -> Answer:
    form = TakeUpForm()
    if form.validate_on_submit():
        try:
            code = digits(form.code.data)
            return _to_first(entering.take_up(current_work(), code, channel=COUNTER))
        except NoSuchApplication as refusal:
            form.code.errors = [str(refusal)]
    return _entrance(EnterForm(formdata=None), form)


@console.route("/enter/<ref>/<page>", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def answer(ref: str, page: str) -> Answer:
    work, places = current_work(), known_places()  # asks elsewhere: before the draft is locked
    draft = entering.entered_draft(work, id_in(ref), to_change=request.method == "POST")
    at = asking.page_at(draft, page) or abort(404)
    form = asking.questions_of(work, draft, at, places=places, language=current_language())
    if form.validate_on_submit():
        try:
            return redirect(asking.save(work, draft, at, form, _way(draft)), 303)
        except ChangedMeanwhile as refusal:
            form.form_errors.append(str(refusal))
            form.seen.data = drafts.state_of(draft.read(), at)
    shown = asking.question_shown(work, draft, at, form, _way(draft))
    return answered(form, render_template("eservices/question.html", **shown))


@console.route("/enter/<ref>/speed", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def speed(ref: str) -> Answer:
    work = current_work()
    draft = entering.entered_draft(work, id_in(ref), to_change=request.method == "POST")
    form, shown = asking.speeds_of(work, draft)
    if form.validate_on_submit():
        drafts.choose_speed(draft, form.speed.data, seen=form.seen.data)
        return redirect(asking.after_questions(draft, _way(draft)), 303)
    page = render_template("eservices/speed.html", way=_way(draft), **shown)
    return answered(form, page)


@console.get("/enter/<ref>")
@requires(ServicesPermission.HANDLE)
def check(ref: str) -> Answer:
    work = current_work()
    try:
        draft = entering.entered_draft(work, id_in(ref))
    except NoSuchApplication:
        return see_other(".receipt", case_id=entering.case_entered(work, id_in(ref)).id)
    return render_template("eservices/check.html", **asking.check_shown(work, draft, _way(draft)))


@console.post("/enter/<ref>/send")
@requires(ServicesPermission.HANDLE)
def send(ref: str) -> Response:
    case = entering.send_entered(current_work(), id_in(ref), seen=seen_here(), agreed=agreed_here())
    return see_other(".receipt", case_id=case.id)


@console.route("/enter/<ref>/discard", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def discard(ref: str) -> Answer:
    work, is_sure = current_work(), request.method == "POST"
    draft = entering.entered_draft(work, id_in(ref), to_change=is_sure)
    if is_sure:
        drafts.discard_draft(work, draft, seen=seen_here())
        return see_other(".enter", said="eservices.discarded")
    service = service_of(draft.service)
    return render_template("eservices/discard.html", way=_way(draft), draft=draft, service=service)


@console.get("/<uuid:case_id>/receipt")
@requires(ServicesPermission.HANDLE)
def receipt(case_id: UUID) -> str:
    """To be printed for the person, with the code and the form to be signed."""
    work = current_work()
    case = reading.case_of(work, case_id)
    if not opens(work, case):
        raise NotYours
    shown = _receipt(case)
    return render_template("eservices/receipt.html", layout="console.html", case=case, **shown)


def _receipt(case: Case) -> dict[str, object]:
    definition = reading.definition_behind_case(case)
    return {
        "case_url": url_for(".case", case_id=case.id),
        "service": service_of(case.service),
        "term": reading.term_of(case),
        "law": LAW,
        "fee": fee_of(current_work(), case),
        "fee_law": FEE_LAW,
        "code": entering.code_for(case.request_id, case.code_index),
        "grouped": grouped,
        "channel": CHANNELS[case.channel],
        "bring": to_bring(definition, case.read(), current_language()),
        "lines": filled_form(current_work(), case),
    }


def _entrance(form: EnterForm, by_code: TakeUpForm) -> Answer:
    begun = current_work().session.scalars(entering.entered_drafts(current_work()).limit(20))
    page = render_template(
        "eservices/enter.html",
        form=form,
        by_code=by_code,
        drafts=list(begun),
        services=services(),
        channels=CHANNELS,
    )
    return (page, 422) if form.errors or by_code.errors else page


def _to_first(draft: Draft) -> Response:
    first = drafts.definition_behind(draft).pages[0].id
    return see_other(".answer", ref=draft.id, page=first)


def _way(draft: Draft) -> asking.Way:
    return asking.Way(
        layout="console.html",
        page=lambda page: url_for(".answer", ref=draft.id, page=page),
        check=url_for(".check", ref=draft.id),
        papers=url_for(".entered_papers", ref=draft.id),
        file=lambda id: url_for(".file", paper_id=id),
        send=url_for(".send", ref=draft.id),
        speed=url_for(".speed", ref=draft.id),
        discard=url_for(".discard", ref=draft.id),
        language=current_language(),
        code=entering.code_for(draft.id, draft.code_index),
    )
