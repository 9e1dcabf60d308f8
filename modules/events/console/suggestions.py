"""The queue of what citizens suggest."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.events.console.texts import Answer
from obshto.modules.events.forms import DeclineForm
from obshto.modules.events.permissions import EventsPermission
from obshto.modules.events.services import queries
from obshto.modules.events.services import suggestions as service
from obshto.modules.events.services.access_log import look_at_sender, restricted
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

suggestions = Blueprint("suggestions", __name__, url_prefix="/suggestions")
LISTS = {"waiting": service.waiting, "decided": service.decided}


@suggestions.get("/")
@requires(EventsPermission.ANSWER)
def index() -> str:
    uow = current_uow()
    chosen = request.args.get("list", "waiting")
    rows = LISTS.get(chosen) or abort(404)
    numbers = counts(uow, {name: of() for name, of in LISTS.items()})
    page = paginate(uow.session, rows(), page_number(), total=numbers[chosen])
    about = {"names": queries.settlements_here(uow), "counts": numbers, "chosen": chosen}
    return render_template("events/suggestions.html", page=page, **about)


@suggestions.route("/<uuid:suggestion_id>", methods=["GET", "POST"])
@requires(EventsPermission.ANSWER)
def show(suggestion_id: UUID) -> Answer:
    """Page of a suggestion; the form on it declines."""
    uow = current_uow()
    row = service.suggestion_of(uow, suggestion_id, to_change=request.method == "POST")
    look_at_sender(uow, row)
    form = DeclineForm(data={"expected_version": row.version})
    if form.validate_on_submit():
        seen = form.expected_version.data
        try:
            if refusal := restricted(uow, row):
                raise refusal
            reason = form.reason.data.strip()
            service.decline_suggestion(uow, row, reason=reason, expected_version=seen)
            return see_other("events_console.suggestions.index", said="events.declined")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    names = queries.settlements_here(uow)
    return filled(
        "events/suggestion.html", form, row=row, names=names, restricted=restricted(uow, row)
    )


@suggestions.get("/<uuid:suggestion_id>/picture")
@requires(EventsPermission.ANSWER)
def picture(suggestion_id: UUID) -> Response:
    """A part of the page of the suggestion, which has recorded the look."""
    g.is_personal = True
    uow = current_uow()
    row = service.suggestion_of(uow, suggestion_id)
    return send_file(uow, service.picture_of(uow, row))


@suggestions.post("/<uuid:suggestion_id>/accept")
@requires(EventsPermission.ANSWER)
def accept(suggestion_id: UUID) -> Response:
    uow = current_uow()
    row = service.suggestion_of(uow, suggestion_id, to_change=True)
    if refusal := restricted(uow, row):
        raise refusal
    event_id = service.accept_suggestion(uow, row, expected_version=seen_here())
    return see_other("events_console.edit", event_id=event_id, said="events.accepted")
