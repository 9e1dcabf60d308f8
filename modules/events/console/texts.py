"""Write events, look at them, publish them, take them back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.events.forms import EditEventForm, NewEventForm, TranslationForm, shown
from obshto.modules.events.models import Event
from obshto.modules.events.permissions import EventsPermission
from obshto.modules.events.services import edits, publication, queries
from obshto.modules.events.services.kind import KIND
from obshto.modules.events.services.occurrences import next_of
from obshto.modules.events.services.page_context import page_of
from obshto.modules.events.services.suggestions import waiting
from obshto.platform.editorial.acts import add_deletion, add_press, add_translation
from obshto.platform.editorial.attachments import files_on
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.village_map import PickerMap, picker_map
from obshto.platform.web.access import requires
from obshto.platform.web.forms import ScheduleForm, filled, tell
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import villages_here

console = Blueprint("events_console", __name__)
LISTS = {"published": queries.published, "drafts": queries.drafts, "deleted": queries.deleted}
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(EventsPermission.WRITE)
def index() -> str:
    uow = current_uow()
    chosen = request.args.get("list", "published")
    rows = LISTS.get(chosen) or abort(404)
    numbers = counts(uow, {**{name: of() for name, of in LISTS.items()}, "waiting": waiting()})
    page = paginate(uow.session, rows(), page_number(), total=numbers[chosen])
    coming = {event.id: next_of(event, uow.now, 1) for event in page.rows}
    about = {"page": page, "chosen": chosen, "counts": numbers, "now": uow.now, "coming": coming}
    return render_template("events/console.html", **about)


@console.route("/new", methods=["GET", "POST"])
@requires(EventsPermission.WRITE)
@takes_files
def write() -> Answer:
    uow = current_uow()
    form = NewEventForm(names=queries.settlements_here(uow))
    if form.validate_on_submit():
        try:
            text, details = form.text(), form.details()
            event = edits.write_with_picture(
                uow,
                text,
                details,
                request_id=form.request_id.data,
                picture=form.stream(),
                alt=(form.picture_alt.data or "").strip(),
            )
            if edits.reads(event, text) and edits.details_of(event) == edits.checked(details):
                return see_other("events_console.edit", event_id=event.id, said="events.written")
            return _written_before(event, form)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("events/write.html", form, chart=_chart())


@console.route("/<uuid:event_id>", methods=["GET", "POST"])
@requires(EventsPermission.WRITE)
def edit(event_id: UUID) -> Answer:
    uow = current_uow()
    event = queries.event_of(uow, event_id, to_change=request.method == "POST")
    form = EditEventForm(data=shown(event), names=queries.settlements_here(uow))
    if form.validate_on_submit():
        try:
            edits.edit_event(
                uow,
                event,
                form.text(),
                form.details(),
                expected_version=form.expected_version.data,
            )
            return see_other("events_console.edit", event_id=event.id, said="events.saved")
        except DomainError as refusal:
            uow.session.refresh(event)  # what was refused is not half taken over
            tell(form, refusal, event)
    return _edited(event, form)


@console.get("/<uuid:event_id>/preview")
@requires(EventsPermission.WRITE)
def preview(event_id: UUID) -> str:
    uow = current_uow()
    g.is_preview = True  # may be framed by our own page
    context = page_of(uow, queries.event_of(uow, event_id))
    return render_template("events/show.html", is_preview=True, **context)


@console.route("/<uuid:event_id>/when", methods=["GET", "POST"])
@requires(EventsPermission.PUBLISH)
def schedule(event_id: UUID) -> Answer:
    uow = current_uow()
    event = queries.event_of(uow, event_id, to_change=request.method == "POST")
    form = ScheduleForm(obj=event, data={"expected_version": event.version})
    if form.validate_on_submit():
        try:
            times = {"at": form.published_at.moment, "until": form.until.moment}
            seen = form.expected_version.data
            publication.publish_event(uow, event, expected_version=seen, **times)
            return see_other("events_console.edit", event_id=event.id, said="events.scheduled")
        except DomainError as refusal:
            refuse(form, refusal, event)
    return filled("events/schedule.html", form, event=event)


add_translation(console, KIND, lambda event: TranslationForm, edits.translate_event)
add_press(console, KIND, "publish", publication.publish_event, said="published")
add_press(console, KIND, "hide", publication.hide_event, said="hidden")
add_deletion(console, KIND, delete=publication.delete_event, restore=publication.restore_event)


def to_change(event_id: UUID) -> Event:
    """The event, locked."""
    return queries.event_of(current_uow(), event_id, to_change=True)


def refuse(form: Any, refusal: DomainError, event: Event) -> None:
    """Told once: who saves again after that has seen what the other wrote."""
    form.form_errors.append(str(refusal))
    form.expected_version.data = event.version


def _written_before(event: Event, again: NewEventForm) -> Answer:
    """Back, changed, sent once more: what was saved first, to be changed into what is typed now."""
    typed = {field.name: field.data for field in again if field.name != "request_id"}
    typed |= {"starts_at": again.starts_at.moment, "ends_at": again.ends_at.moment}
    names = queries.settlements_here(current_uow())
    form = EditEventForm(
        formdata=None, data={**typed, "expected_version": event.version}, names=names
    )
    form.form_errors.append(
        gettext(
            "Това събитие вече е запазено. Ето го с това, което написахте сега: прегледайте го и"
            " запазете."
        )
    )
    return _edited(event, form)


def _edited(event: Event, form: EditEventForm) -> Answer:
    uow = current_uow()
    return filled(
        "events/edit.html",
        form,
        kind=KIND,
        event=event,
        original=event,
        now=uow.now,
        coming=next_of(event, uow.now),
        files=files_on(uow, KIND, event),
        chart=_chart(),
    )


def _chart() -> PickerMap | None:
    return picker_map(villages_here(current_uow(), current_language()))
