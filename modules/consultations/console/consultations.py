"""Staff pages of consultations: writing, documents, preview, publishing, extending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.consultations import forms
from obshto.modules.consultations.forms.agenda import AgendaForm
from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.services import consultations as acts
from obshto.modules.consultations.services import documents, queries
from obshto.modules.consultations.services.continuation import agendas_here, agendas_of
from obshto.modules.consultations.services.deadlines import (
    Deadline,
    deadline_of,
    law_of,
    rule_here,
    term_of,
)
from obshto.modules.consultations.services.kinds import DOCUMENT, PICTURE
from obshto.modules.consultations.services.page_context import page_of, words_of
from obshto.modules.consultations.services.states import state_of
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.legal.errors import NoRuleYet
from obshto.platform.soft_delete import counts
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files

console = Blueprint("consultations_console", __name__)
Page = str | tuple[str, int] | Response


@console.get("/")
@requires(ConsultationsPermission.SEE)
def index() -> str:
    uow = current_uow()
    lists = queries.lists(uow.now)
    chosen = request.args.get("list", "open")
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(uow, lists)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    opinions = queries.numbers_of(uow, [row.id for row in page.rows])
    shown = {"page": page, "chosen": chosen, "counts": numbers, "opinions": opinions}
    return render_template("consultations/console.html", **shown, **context())


@console.route("/new", methods=["GET", "POST"])
@requires(ConsultationsPermission.WRITE)
@takes_files
def write() -> Page:
    form = forms.NewConsultationForm()
    if shown := _brought("consultations/write.html", form):
        return shown
    if form.validate_on_submit():
        row = acts.write_consultation(
            current_uow(), form.written(), request_id=form.request_id.data
        )
        return back(row.id, "consultations.written")
    return filled("consultations/write.html", form)


def _brought(template: str, form: forms.ConsultationForm, **shown: Any) -> Page | None:
    """The page with the text of the file that came, to be read before it is saved."""
    if request.method != "POST" or not form.document.data:
        return None
    told = form.take_document()
    page = render_template(template, form=form, told=told, **shown)
    return page, 422 if told is None else 200


@console.get("/<uuid:consultation_id>")
@requires(ConsultationsPermission.SEE)
def show(consultation_id: UUID) -> str:
    return overview(queries.consultation_of(current_uow(), consultation_id))


def overview(found: Consultation, refusal: str = "") -> str:
    """The page of a consultation for staff, with what could not be done on it."""
    uow = current_uow()
    shown = {
        "consultation": found,
        "state": state_of(found, uow.now),
        "papers": documents.documents_of(uow, found),
        "numbers": queries.opinion_counts(uow, found),
        "term": None if found.outcome_at else term_of(found),
        "refusal": refusal,
        **on_agendas(found),
    }
    return render_template("consultations/overview.html", **shown, **context())


def on_agendas(found: Consultation) -> dict[str, Any]:
    """Meetings that take the outcome up, and those that could, with the form that does it."""
    if not found.outcome_at:
        return {}
    uow = current_uow()
    chosen, offered = agendas_of(uow, found), agendas_here(uow)
    form = AgendaForm(formdata=None)
    form.offer({key: title for key, title in offered.items() if UUID(key) not in chosen})
    return {"agendas": chosen, "agenda_form": form if form.meeting.choices else None}


@console.route("/<uuid:consultation_id>/text", methods=["GET", "POST"])
@requires(ConsultationsPermission.WRITE)
@takes_files
def edit(consultation_id: UUID) -> Page:
    found = row_named(consultation_id)
    form = forms.EditConsultationForm(obj=found)
    show_version(form, found)
    if shown := _brought("consultations/text.html", form, consultation=found):
        return shown
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            acts.edit_consultation(current_uow(), found, form.written(), expected_version=version)
            return back(consultation_id, "consultations.saved")
        except DomainError as refusal:
            forms.put_refusal(form, refusal, found)
    return filled("consultations/text.html", form, consultation=found)


@console.route("/<uuid:consultation_id>/document", methods=["GET", "POST"])
@requires(ConsultationsPermission.WRITE)
@takes_files
def document(consultation_id: UUID) -> Page:
    found, form = row_named(consultation_id), forms.DocumentForm()
    form.offer((DOCUMENT, PICTURE, *law_of(current_uow(), found).proofs))
    if form.validate_on_submit() and (given := forms.given_file(form.file)):
        try:
            documents.add_document(
                current_uow(),
                found,
                given.stream,
                name=given.name,
                title=form.title.data.strip(),
                role=form.role.data,
                request_id=form.request_id.data,
            )
            return back(consultation_id, "consultations.document-added")
        except DomainError as refusal:
            forms.put_refusal(form, refusal)
    return filled("consultations/document.html", form, consultation=found)


@console.get("/files/<uuid:document_id>")
@requires(ConsultationsPermission.SEE)
def file(document_id: UUID) -> Response:
    uow = current_uow()
    g.is_personal = True
    return send_file(uow, documents.document_file(uow, document_id, for_staff=True))


@console.post("/<uuid:consultation_id>/documents/<uuid:document_id>/remove")
@requires(ConsultationsPermission.WRITE)
def remove_document(consultation_id: UUID, document_id: UUID) -> Response:
    found = row_named(consultation_id)
    documents.remove_document(current_uow(), found, document_id, expected_version=seen_here())
    return back(consultation_id, "consultations.document-removed")


@console.get("/<uuid:consultation_id>/preview")
@requires(ConsultationsPermission.SEE)
def preview(consultation_id: UUID) -> str:
    """As citizens will read it; our own page may frame it."""
    g.is_preview = True
    found = queries.consultation_of(current_uow(), consultation_id)
    deadline = deadline_here(found)[0]
    asked = request.args.get("paragraph", type=int)
    shown = page_of(current_uow(), found, current_language(), paragraph=asked) | {
        "deadline": deadline,
        "is_preview": True,
    }
    return render_template("consultations/show.html", **shown)


@console.get("/<uuid:consultation_id>/phone")
@requires(ConsultationsPermission.SEE)
def phone(consultation_id: UUID) -> str:
    found = queries.consultation_of(current_uow(), consultation_id)
    return render_template("consultations/phone.html", consultation=found)


@console.get("/<uuid:consultation_id>/publish")
@requires(ConsultationsPermission.PUBLISH)
def ask_to_publish(consultation_id: UUID) -> str:
    return _to_publish(queries.consultation_of(current_uow(), consultation_id))


@console.post("/<uuid:consultation_id>/publish")
@requires(ConsultationsPermission.PUBLISH)
def publish(consultation_id: UUID) -> Page:
    found = row_named(consultation_id)
    if deadline_here(found)[1]:
        return _to_publish(found), 422
    acts.publish_consultation(current_uow(), found, expected_version=seen_here())
    return back(consultation_id, "consultations.published")


def _to_publish(found: Consultation) -> str:
    deadline, refusal = deadline_here(found)
    shown = {
        "consultation": found,
        "deadline": deadline,
        "refusal": refusal,
    }
    return render_template("consultations/publish.html", **shown, **context())


@console.route("/<uuid:consultation_id>/extend", methods=["GET", "POST"])
@requires(ConsultationsPermission.PUBLISH)
def extend(consultation_id: UUID) -> Page:
    found = row_named(consultation_id)
    form = forms.ConsultationExtendForm(data={"closes_on": found.closes_on, "note": found.note})
    if form.validate_on_submit():
        try:
            acts.extend_consultation(
                current_uow(),
                found,
                closes_on=form.closes_on.data,
                note=form.note.data.strip(),
                expected_version=form.expected_version.data,
            )
            return back(consultation_id, "consultations.extended")
        except DomainError as refusal:
            forms.put_refusal(form, refusal, found)
    show_version(form, found)
    return filled("consultations/extend.html", form, consultation=found)


@console.get("/<uuid:consultation_id>/delete")
@requires(ConsultationsPermission.WRITE)
def ask_to_delete(consultation_id: UUID) -> str:
    found = queries.consultation_of(current_uow(), consultation_id)
    return render_template("consultations/delete.html", consultation=found)


@console.post("/<uuid:consultation_id>/delete")
@requires(ConsultationsPermission.WRITE)
def delete(consultation_id: UUID) -> Response:
    found = row_named(consultation_id, or_deleted=True)
    acts.delete_draft(current_uow(), found, expected_version=seen_here())
    return see_other(".index", list="deleted", said="consultations.deleted")


@console.post("/<uuid:consultation_id>/restore")
@requires(ConsultationsPermission.WRITE)
def restore(consultation_id: UUID) -> Response:
    found = row_named(consultation_id, or_deleted=True)
    acts.restore_draft(current_uow(), found, expected_version=seen_here())
    return back(consultation_id, "consultations.restored")


def deadline_here(found: Consultation) -> tuple[Deadline | None, str]:
    """The last day if it were published today, or why not."""
    if found.published_at:
        return None, ""
    try:
        return (
            deadline_of(
                found.kind,
                starts_on=day_of(current_uow().now),
                closes_on=found.closes_on,
                short_why=found.short_why,
                rule=rule_here(current_uow(), found.kind),
            ),
            "",
        )
    except (DomainError, NoRuleYet) as refusal:
        return None, str(refusal)


def allowed() -> dict[str, bool]:
    """What who looks may do, so that no page offers what it then refuses."""
    me: Any = current_principal()
    return {f"may_{word.name.lower()}": me.may(word) for word in ConsultationsPermission}


def context() -> dict[str, Any]:
    """What every page of the console knows."""
    return {**allowed(), **words_of(current_uow())}


def row_named(consultation_id: UUID, *, or_deleted: bool = False) -> Consultation:
    """Locked when it is to be changed."""
    is_change = request.method == "POST"
    uow = current_uow()
    return queries.consultation_of(uow, consultation_id, to_change=is_change, or_deleted=or_deleted)


def back(consultation_id: UUID, said: str) -> Response:
    """To the page of the consultation, which says what was done."""
    return see_other(".show", consultation_id=consultation_id, said=said)
