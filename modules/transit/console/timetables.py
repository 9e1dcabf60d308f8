"""The timetable of a line as a table that needs no script: each button sends all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import gettext

from obshto.modules.transit.console.lines import Answer, refuse
from obshto.modules.transit.forms import TimetableForm
from obshto.modules.transit.models import BusLine, ServiceCalendar
from obshto.modules.transit.permissions import TransitPermission
from obshto.modules.transit.services import edits, queries
from obshto.modules.transit.services.timetable import Direction, direction_of
from obshto.modules.transit.services.typed_table import TypedTable
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.language import SOURCE
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import settlements_of_region

SAVE = "save"
DIGITS, NONE = 3, -1


def add_timetables(console: Blueprint) -> None:
    """Mounts the page of each direction."""
    for word, key in (("there", "0"), ("back", "1")):
        path = f"/lines/<uuid:line_id>/timetable/{word}"
        methods = ("GET", "POST")
        console.add_url_rule(path, view_func=timetable, methods=methods, defaults={"key": key})


@requires(TransitPermission.WRITE)
def timetable(line_id: UUID, key: str) -> Answer:
    uow = current_uow()
    line = queries.line_of(uow, line_id, to_change=request.method == "POST")
    form = TimetableForm(data={"expected_version": line.version})
    calendars = queries.calendars_here(uow)
    if not form.validate_on_submit():
        return _drawn(form, line, key, _begun(line, key, calendars), calendars)
    table, act = TypedTable.of_form(request.form), request.form.get("act", SAVE)
    if act != SAVE or table.errors:
        change_table(table, act, request.form)
        form.form_errors.extend(table.errors)
        return _drawn(form, line, key, table, calendars)
    return _saved(form, line, key, table, calendars)


def _saved(
    form: TimetableForm,
    line: BusLine,
    key: str,
    table: TypedTable,
    calendars: Sequence[ServiceCalendar],
) -> Answer:
    uow = current_uow()
    stops = {str(stop.id) for stop in uow.session.scalars(queries.stops_here())}
    way = table.read(stops, {str(row.id) for row in calendars})
    if way is None:
        form.form_errors.extend(table.errors)
        return _drawn(form, line, key, table, calendars)
    try:
        edits.write_timetable(uow, line, key, way, expected_version=form.expected_version.data)
        return see_other("transit_console.edit", line_id=line.id, said="transit.saved")
    except DomainError as refusal:
        refuse(form, refusal, line)
        return _drawn(form, line, key, table, calendars)


def change_table(table: TypedTable, act: str, form: Any) -> None:
    """One of the buttons beside the table; an unknown one changes nothing."""
    word, _, number = act.partition("-")
    if word == "stop":
        table.add_stop(_at(form.get("after", "")))
    elif word == "trip":
        table.add_trip()
    elif word == "drop":
        table.drop_trip(_at(number))
    elif word == "reverse":
        table.reverse()
    elif word == "copy":
        at = _at(form.get("copied", ""))
        table.copy_trip(at, form.get("minutes", ""), form.get("times", ""))


def _at(typed: str) -> int:
    """A row or a column; no such one for what is no number."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS else NONE


def _begun(line: BusLine, key: str, calendars: Sequence[ServiceCalendar]) -> TypedTable:
    """As it was saved; the way back begins with the stops of the way there."""
    first = str(calendars[0].id) if calendars else ""
    way, other = direction_of(line.draft.get(key)), direction_of(line.draft.get("0"))
    if key == "1" and not way.stops and other.stops:
        way = Direction(other.stops[::-1])
    return TypedTable.of_direction(way, first_calendar=first)


def _drawn(
    form: TimetableForm,
    line: BusLine,
    key: str,
    table: TypedTable,
    calendars: Sequence[ServiceCalendar],
) -> Answer:
    uow, names = current_uow(), settlements_of_region()
    stops = {
        str(stop.id): ", ".join(
            filter(None, (queries.place_of(stop.settlement, names, SOURCE), stop.name))
        )
        for stop in uow.session.scalars(queries.stops_here())
    }
    ends = [stops[stop] for stop in (*table.stops[:1], *table.stops[-1:]) if stop in stops]
    return filled(
        "transit/timetable.html",
        form,
        line=line,
        key=key,
        table=table,
        stops=stops,
        calendars={str(row.id): row.name for row in calendars},
        way=" – ".join(ends) or gettext("без спирки още"),
        is_typed_on=True,
    )
