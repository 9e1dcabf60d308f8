"""Parts of lines: stops and days of service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from obshto.modules.transit.console.lines import Answer
from obshto.modules.transit.forms import NOWHERE, CalendarForm, StopForm
from obshto.modules.transit.models import BusLine
from obshto.modules.transit.permissions import TransitPermission
from obshto.modules.transit.services import edits, queries
from obshto.platform.errors import DomainError
from obshto.platform.village_map import PickerMap, picker_map
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import named_settlements, settlements_of_region, villages_here

GET_POST = ("GET", "POST")


def add_parts(console: Blueprint) -> None:
    """Mounts the pages of stops and of days."""
    for path, view in (
        ("/stops/new", write_stop),
        ("/stops/<uuid:stop_id>", edit_stop),
        ("/days/new", write_days),
        ("/days/<uuid:calendar_id>", edit_days),
    ):
        console.add_url_rule(path, view_func=view, methods=GET_POST)
    console.add_url_rule("/stops/", view_func=stops)
    console.add_url_rule("/days/", view_func=days)
    console.add_url_rule("/stops/<uuid:stop_id>/remove", view_func=delete_stop, methods=["POST"])
    console.add_url_rule("/days/<uuid:calendar_id>/remove", view_func=delete_days, methods=["POST"])


@requires(TransitPermission.WRITE)
def stops() -> str:
    uow = current_uow()
    page = paginate(uow.session, queries.stops_here(), page_number())
    served = edits.named_anywhere(uow.session.scalars(select(BusLine)))
    about = {"page": page, "served": served, "names": settlements_of_region()}
    return render_template("transit/stops.html", **about)


@requires(TransitPermission.WRITE)
def write_stop() -> Answer:
    form = _stop_form()
    if form.validate_on_submit():
        try:
            edits.write_stop(current_uow(), form.details(), request_id=form.request_id.data)
            return see_other("transit_console.stops", said="transit.stop-saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("transit/stop_edit.html", form, stop=None, chart=_chart())


@requires(TransitPermission.WRITE)
def edit_stop(stop_id: UUID) -> Answer:
    uow = current_uow()
    stop = queries.stop_of(uow, stop_id, to_change=request.method == "POST")
    has_point = stop.latitude is not None and stop.longitude is not None
    shown = {
        "name": stop.name,
        "settlement": stop.settlement or NOWHERE,
        "access": stop.access,
        "point": f"{stop.latitude}, {stop.longitude}" if has_point else "",
        "expected_version": stop.version,
    }
    form = _stop_form(data=shown)
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            edits.edit_stop(uow, stop, form.details(), expected_version=seen)
            return see_other("transit_console.stops", said="transit.stop-saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = stop.version
    lines = edits.lines_with(uow, "stops", str(stop.id))
    return filled("transit/stop_edit.html", form, stop=stop, lines=lines, chart=_chart())


@requires(TransitPermission.WRITE)
def delete_stop(stop_id: UUID) -> Response:
    uow = current_uow()
    stop = queries.stop_of(uow, stop_id, to_change=True)
    edits.delete_stop(uow, stop, expected_version=seen_here())
    return see_other("transit_console.stops", said="transit.stop-deleted")


def _stop_form(**more: Any) -> StopForm:
    uow = current_uow()
    others = settlements_of_region()
    return StopForm(own=named_settlements(uow.scope.slug), others=others, **more)


def _chart() -> PickerMap | None:
    return picker_map(villages_here(current_uow(), current_language()))


@requires(TransitPermission.WRITE)
def days() -> str:
    return render_template("transit/days.html", rows=queries.calendars_here(current_uow()))


@requires(TransitPermission.WRITE)
def write_days() -> Answer:
    form = CalendarForm()
    if form.validate_on_submit():
        edits.write_calendar(current_uow(), form.details(), request_id=form.request_id.data)
        return see_other("transit_console.days", said="transit.days-saved")
    return filled("transit/days_edit.html", form, row=None)


@requires(TransitPermission.WRITE)
def edit_days(calendar_id: UUID) -> Answer:
    uow = current_uow()
    row = queries.calendar_of(uow, calendar_id, to_change=request.method == "POST")
    words = ("name", "holidays", "without", "also")
    shown = {name: getattr(row, name) for name in words}
    form = CalendarForm(
        data=shown | {"weekdays": list(row.weekdays), "expected_version": row.version}
    )
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            edits.edit_calendar(uow, row, form.details(), expected_version=seen)
            return see_other("transit_console.days", said="transit.days-saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = row.version
    lines = edits.lines_with(uow, "calendars", str(row.id))
    return filled("transit/days_edit.html", form, row=row, lines=lines)


@requires(TransitPermission.WRITE)
def delete_days(calendar_id: UUID) -> Response:
    uow = current_uow()
    row = queries.calendar_of(uow, calendar_id, to_change=True)
    edits.delete_calendar(uow, row, expected_version=seen_here())
    return see_other("transit_console.days", said="transit.days-deleted")
