"""Call an event off, move it, say that it takes place after all."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from obshto.modules.events.console.texts import Answer, refuse, to_change
from obshto.modules.events.forms import EVERYWHERE, ChangeNoteForm, MoveForm
from obshto.modules.events.models import Event
from obshto.modules.events.permissions import EventsPermission
from obshto.modules.events.services import changes, queries
from obshto.modules.events.services.event_text import when_of
from obshto.modules.events.services.occurrences import Occurrence, next_of
from obshto.platform.errors import DomainError, NotFound
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

DAYS = 60  # of what repeats, to choose from


def add_changes(console: Blueprint) -> None:
    """Its pages belong to the console of events."""
    console.add_url_rule("/<uuid:event_id>/cancel", view_func=cancel, methods=["GET", "POST"])
    console.add_url_rule("/<uuid:event_id>/move", view_func=move, methods=["GET", "POST"])
    console.add_url_rule("/<uuid:event_id>/reinstate", view_func=reinstate, methods=["POST"])


@requires(EventsPermission.PUBLISH)
def cancel(event_id: UUID) -> Answer:
    uow, event = current_uow(), _event(event_id)
    form = ChangeNoteForm(
        data={"expected_version": event.version, "on": request.args.get("on", "")}
    )
    coming = _offer(form, event, or_all=True)
    if form.validate_on_submit():
        told = {"note": form.note.data.strip(), "expected_version": form.expected_version.data}
        try:
            changes.cancel_event(uow, event, on=form.day, **told)
            return see_other("events_console.edit", event_id=event_id, said="events.cancelled")
        except DomainError as refusal:
            refuse(form, refusal, event)
    return filled("events/cancel.html", form, event=event, coming=coming)


@requires(EventsPermission.PUBLISH)
def move(event_id: UUID) -> Answer:
    uow, event = current_uow(), _event(event_id)
    typed: dict[str, Any] = {"expected_version": event.version, "on": request.args.get("on", "")}
    if not event.repeats:
        typed |= {"starts_at": event.starts_at, "ends_at": event.ends_at}
    form = MoveForm(data=typed)
    coming = _offer(form, event, or_all=not event.repeats)
    if form.validate_on_submit():
        starts_at, ends_at = form.span()
        try:
            changes.move_event(
                uow,
                event,
                on=form.day,
                starts_at=starts_at,
                ends_at=ends_at,
                note=form.note.data.strip(),
                expected_version=form.expected_version.data,
            )
            return see_other("events_console.edit", event_id=event_id, said="events.moved")
        except DomainError as refusal:
            refuse(form, refusal, event)
    return filled("events/move.html", form, event=event, coming=coming)


@requires(EventsPermission.PUBLISH)
def reinstate(event_id: UUID) -> Response:
    """Undo of a cancellation: of all of it, or of the day `on`."""
    event, on = to_change(event_id), request.form.get("on", "")
    if not on:
        changes.reinstate_event(current_uow(), event, expected_version=seen_here())
    else:
        try:
            day = date.fromisoformat(on)
        except ValueError:
            raise NotFound from None
        changes.reinstate_day(current_uow(), event, day, expected_version=seen_here())
    return see_other("events_console.edit", event_id=event_id, said="events.reinstated")


def _event(event_id: UUID) -> Event:
    return queries.event_of(current_uow(), event_id, to_change=request.method == "POST")


def _offer(form: ChangeNoteForm, event: Event, *, or_all: bool) -> list[Occurrence[Event]]:
    """The days to choose from. Of what takes place once there is nothing to choose."""
    coming = next_of(event, current_uow().now, DAYS) if event.repeats else []
    days = [SelectChoice(one.on.isoformat(), when_of(one)) for one in coming]
    whole = [SelectChoice(EVERYWHERE, gettext("Цялото събитие"))] if or_all else []
    form.on.choices = [*whole, *days]
    if not event.repeats:
        form.on.data = EVERYWHERE
    return coming
