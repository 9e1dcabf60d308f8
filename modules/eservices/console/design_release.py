"""Service designer: a design is tried out, published, compared, withdrawn."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered, console
from obshto.modules.eservices.errors import (
    DesignChanged,
    DesignFaulty,
    NoSuchApplication,
    StaleVersion,
    StillMissing,
)
from obshto.modules.eservices.forms import draft_form
from obshto.modules.eservices.forms.designer import (
    PublishVersionForm,
    RegionVersionForm,
    WithdrawServiceForm,
)
from obshto.modules.eservices.models import DesignedService, Draft
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import drafts
from obshto.modules.eservices.services.design import designs, trial
from obshto.modules.eservices.services.design.checks import faults_in
from obshto.modules.eservices.services.design.comparison import ADDED, compared
from obshto.modules.eservices.services.own_services import definition_behind, definition_in
from obshto.modules.eservices.services.places import known_places
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.questionnaires.forms.questions import AnswersForm, FormContext, form_of
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.post("/own/<uuid:row_id>/try")
@requires(ServicesPermission.DESIGN)
def start_trial(row_id: UUID) -> Response:
    uow = current_uow()
    row = designs.design_row(uow, row_id, to_change=True)
    if any(fault.blocks for fault in faults_in(designs.read_design(row))):
        raise DesignFaulty
    draft = trial.start_trial(uow, row, expected_version=seen_here())
    return see_other(".try_page", row_id=row_id, page=definition_behind(draft).pages[0].id)


@console.route("/own/<uuid:row_id>/try/pages/<page>", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def try_page(row_id: UUID, page: str) -> Answer:
    uow, language = current_uow(), current_language()
    places = known_places(uow, language)
    _, draft = _trial(row_id)
    at, way = draft_form.page_at(draft, page) or abort(404), _way(row_id)
    form = draft_form.questions_of(uow, draft, at, places=places, language=language)
    if form.validate_on_submit():
        try:
            return redirect(draft_form.save(uow, draft, at, form, way), 303)
        except StaleVersion as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = drafts.state_of(draft.read(), at)
    shown = draft_form.question_shown(uow, draft, at, form, way)
    return answered(form, render_template("eservices/question.html", **shown))


@console.route("/own/<uuid:row_id>/try/check", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def try_check(row_id: UUID) -> Answer:
    _, draft = _trial(row_id)
    if request.method == "POST":
        return see_other(".try_decision", row_id=row_id)
    shown = draft_form.check_shown(current_uow(), draft, _way(row_id))
    return render_template("eservices/check.html", **shown)


@console.route("/own/<uuid:row_id>/try/decision", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def try_decision(row_id: UUID) -> Answer:
    """What the clerk would see, what would be printed, what the letters would say."""
    uow = current_uow()
    row, draft = _trial(row_id)
    form = _official_form(draft)
    if form.validate_on_submit():
        draft.keep({**draft.read(), **form.kept()})
        uow.session.flush()
    try:
        seen = trial.rehearse(uow, row, draft, _official(draft))
    except StillMissing:
        return see_other(".try_check", row_id=row_id)
    page = render_template("eservices/design_trial.html", row=row, form=form, seen=seen)
    return answered(form, page)


@console.get("/own/<uuid:row_id>/try/<any(document, refusal):which>.pdf")
@requires(ServicesPermission.DESIGN)
def try_document(row_id: UUID, which: str) -> Response:
    uow = current_uow()
    row, draft = _trial(row_id)
    seen = trial.rehearse(uow, row, draft, _official(draft))
    text = seen.document if which == "document" else seen.refusal
    return private_pdf(row.key, trial.printed(uow, text))


@console.route("/own/<uuid:row_id>/publish", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def publish_service(row_id: UUID) -> Answer:
    row = _locked(row_id)
    form = RegionVersionForm() if row.regional_at else PublishVersionForm()
    if not row.offered_at:
        del form.due_on
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            note, due_on = form.note.data.strip(), form.due_on.data if form.due_on else None
            designs.publish_design(current_uow(), row, note, due_on=due_on, expected_version=seen)
            return see_other(".own_service", row_id=row_id, said="eservices.published")
        except DomainError as refusal:
            _tell(form, refusal, row)
    if not form.is_submitted():
        form.expected_version.data = row.version
    faults = faults_in(designs.read_design(row))
    shown = {"row": row, "faults": faults, "section": "publish"}
    return answered(form, render_template("eservices/design_form.html", form=form, **shown))


@console.route("/own/<uuid:row_id>/withdraw", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def withdraw_service(row_id: UUID) -> Answer:
    row, form = _locked(row_id), WithdrawServiceForm()
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            designs.withdraw_service(
                current_uow(), row, form.because.data.strip(), expected_version=seen
            )
            return see_other(".own_service", row_id=row_id, said="eservices.service-withdrawn")
        except DomainError as refusal:
            _tell(form, refusal, row)
    if not form.is_submitted():
        form.expected_version.data = row.version
    shown = {"row": row, "section": "withdraw"}
    return answered(form, render_template("eservices/design_form.html", form=form, **shown))


@console.post("/own/<uuid:row_id>/discard")
@requires(ServicesPermission.DESIGN)
def discard_service(row_id: UUID) -> Response:
    designs.discard_design(current_uow(), _locked(row_id), expected_version=seen_here())
    return see_other(".own_services", said="eservices.design-discarded")


@console.get("/own/<uuid:row_id>/versions")
@requires(ServicesPermission.DESIGN)
def service_versions(row_id: UUID) -> str:
    """Every version, and what changed from the one before to the one that is looked at."""
    uow = current_uow()
    row = designs.design_row(uow, row_id)
    versions = designs.versions_of(uow, row)
    number = request.args.get("number", type=int, default=row.published)
    texts = {version.number: version.definition for version in versions}
    lines = None
    if number in texts and number - 1 in texts:
        lines = compared(definition_in(texts[number - 1]), definition_in(texts[number]))
    return render_template(
        "eservices/design_versions.html",
        row=row,
        versions=versions,
        number=number,
        lines=lines,
        added=ADDED,
    )


def _trial(row_id: UUID) -> tuple[DesignedService, Draft]:
    uow = current_uow()
    row = designs.design_row(uow, row_id)
    try:
        return row, trial.trial_draft(uow, row, to_change=request.method == "POST")
    except NoSuchApplication:
        abort(404)


def _locked(row_id: UUID) -> DesignedService:
    to_change = request.method == "POST"
    return designs.design_row(current_uow(), row_id, to_change=to_change)


def _tell(
    form: PublishVersionForm | WithdrawServiceForm, refusal: DomainError, row: DesignedService
) -> None:
    form.form_errors.append(str(refusal))
    if isinstance(refusal, DesignChanged):
        form.expected_version.data = row.version


def _official(draft: Draft) -> dict[str, str]:
    answers, fields = draft.read(), definition_behind(draft).document.fields
    return {name: answers[name] for name in fields if answers.get(name)}


def _official_form(draft: Draft) -> AnswersForm:
    fields = definition_behind(draft).document.fields
    ground = FormContext(
        language=current_language(), answers={}, today=day_of(current_uow().now), spare=5
    )
    filled = _official(draft)
    return form_of(fields.values(), ground, filled=filled, expected_version=draft.version)


def _way(row_id: UUID) -> draft_form.DraftUrls:
    check = url_for(".try_check", row_id=row_id)
    return draft_form.DraftUrls(
        layout="console.html",
        page=lambda page: url_for(".try_page", row_id=row_id, page=page),
        check=check,
        papers=check,
        file=lambda id: check,
        send=check,
        speed=check,
        discard=url_for(".own_service", row_id=row_id),
        language=current_language(),
        is_trial=True,
    )
