"""Staff pages of bookings: the plan of a day, calls, one booking, booking for somebody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.centres.console.centres import Answer, console
from obshto.modules.centres.forms.centres import CounterBookForm, NamesForm
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services import queries
from obshto.modules.centres.services.booking_kind import title_of
from obshto.modules.centres.services.call_desk import CALL_DESK
from obshto.modules.centres.services.equipment import named
from obshto.modules.centres.services.kinds import PART, RECEPTION, STAFF_MANNERS
from obshto.modules.centres.services.moves import move_booking
from obshto.modules.centres.services.times import bus_query, moment_of, shown_week, trip_of
from obshto.platform.bookings import queries as bookings
from obshto.platform.bookings import services as acts
from obshto.platform.bookings.access_log import (
    AT_ONCE,
    PURPOSES,
    look_at,
    looked_at,
    looks_at,
    restricted,
    usable,
)
from obshto.platform.bookings.calendar_address import (
    CalendarOwner,
    address_of,
    renew_address,
    token_of,
)
from obshto.platform.bookings.calendar_file import calendar_of
from obshto.platform.bookings.calls import calls_about
from obshto.platform.bookings.codes import code_of
from obshto.platform.bookings.kinds import kind_of
from obshto.platform.bookings.models import Booking, Resource
from obshto.platform.bookings.resources import resource_of, resources_of
from obshto.platform.bookings.states import ACTIVE, BOOKED, COLOURS, OFFERED, STATES
from obshto.platform.bookings.waiting_list import accept_offer
from obshto.platform.calls.pages import CALL_WORDS, add_call_pages
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.requested_days import day_asked

WORDS = {
    "states": STATES,
    "colours": COLOURS,
    "title_of": title_of,
    "manners": STAFF_MANNERS,
    "things_of": named,
}

add_call_pages(console, CALL_DESK)


@console.get("/<uuid:centre_id>/day")
@requires(CentresPermission.HANDLE)
def day(centre_id: UUID) -> str:
    """Who comes on a day; names once a purpose was said. It prints."""
    return render_template("centres/day.html", form=NamesForm(), **_plan(centre_id))


@console.post("/<uuid:centre_id>/day")
@requires(CentresPermission.HANDLE)
def open_names(centre_id: UUID) -> Answer:
    """The names of that day, each with its look."""
    form, plan = NamesForm(), _plan(centre_id)
    if form.validate_on_submit():
        look_at(current_uow(), PART, plan["rows"], form.purpose.data, reason=form.typed_reason())
        of_day = {"centre_id": centre_id, "day": plan["day"].isoformat()}
        return see_other(".day", **of_day, said="centres.looked")
    return filled("centres/day.html", form, **plan)


@console.get("/bookings")
@requires(CentresPermission.HANDLE)
def booked() -> str:
    """By a code, a whole phone number or e-mail address; by state."""
    uow = current_uow()
    words = request.args.get("words", "").strip()[:120]
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    rows = bookings.found(
        PART, words=read_phone(words) or words, state=state, coming=None if words else uow.now
    )
    page = paginate(uow.session, rows, page_number())
    return render_template("centres/bookings.html", page=page, words=words, state=state, **WORDS)


@console.get("/bookings/<uuid:booking_id>")
@requires(CentresPermission.HANDLE)
def one(booking_id: UUID) -> str:
    return _desk(bookings.booking_of(current_uow(), PART, booking_id), NamesForm())


@console.post("/bookings/<uuid:booking_id>/look")
@requires(CentresPermission.HANDLE)
def look(booking_id: UUID) -> Answer:
    uow, form = current_uow(), NamesForm()
    found = bookings.booking_of(uow, PART, booking_id)
    if form.validate_on_submit():
        look_at(uow, PART, [found], form.purpose.data, reason=form.typed_reason())
        return see_other(".one", booking_id=booking_id, said="centres.looked")
    return _desk(found, form), 422


@console.post("/bookings/<uuid:booking_id>/cancel")
@requires(CentresPermission.HANDLE)
def cancel_one(booking_id: UUID) -> Response:
    uow = current_uow()
    found = bookings.booking_of(uow, PART, booking_id)
    acts.cancel(uow, found, PART, expected_version=seen_here())
    return see_other(".one", booking_id=booking_id, said="centres.cancelled")


@console.post("/bookings/<uuid:booking_id>/accept")
@requires(CentresPermission.HANDLE)
def accept_one(booking_id: UUID) -> Response:
    """The person said yes on the phone."""
    uow = current_uow()
    found = usable(uow, bookings.booking_of(uow, PART, booking_id))
    accept_offer(uow, found, PART, expected_version=seen_here())
    return see_other(".one", booking_id=booking_id, said="centres.booked")


@console.post("/bookings/<uuid:booking_id>/attended")
@requires(CentresPermission.HANDLE)
def attended(booking_id: UUID) -> Response:
    uow = current_uow()
    found = bookings.booking_of(uow, PART, booking_id)
    came = request.form.get("came") == "yes"
    acts.mark_attended(uow, found, PART, came, expected_version=seen_here())
    resource, at = found.slot.resource, day_of(found.slot.starts_at)
    of_day = {"centre_id": resource.object_id, "day": at.isoformat()}
    return see_other(".day", **of_day, said="centres.saved")


@console.route("/bookings/<uuid:booking_id>/move", methods=["GET", "POST"])
@requires(CentresPermission.HANDLE)
def move_one(booking_id: UUID) -> Answer:
    uow, refusal = current_uow(), ""
    found = usable(uow, bookings.booking_of(uow, PART, booking_id))
    if request.method == "POST":
        seen: dict[str, Any] = {"expected_version": seen_here(), "by_staff": True}
        try:
            move_booking(uow, found, request.form.get("at", ""), **seen)
            return see_other(".one", booking_id=booking_id, said="centres.moved")
        except DomainError as problem:
            refusal = str(problem)
    resource = found.slot.resource
    centre = queries.centre_of(uow, resource.object_id)
    shown = {"booking": found, "resource": resource}
    shown |= shown_week(uow, centre, resource, request.args)
    page = render_template("centres/move_one.html", refusal=refusal, title_of=title_of, **shown)
    return (page, 422) if refusal else page


@console.get("/times/<uuid:resource_id>")
@requires(CentresPermission.HANDLE)
def times(resource_id: UUID) -> Response:
    """Free times, to book one for somebody."""
    uow = current_uow()
    resource = resource_of(uow, PART, resource_id)
    centre = queries.centre_of(uow, resource.object_id)
    address = address_of(uow, CalendarOwner(resource_id=resource.id))
    shown: dict[str, Any] = {"centre": centre, "resource": resource, "address": address}
    shown |= shown_week(uow, centre, resource, request.args)
    return private_page("centres/desk_times.html", title_of=title_of, token_of=token_of, **shown)


@console.post("/times/<uuid:resource_id>/calendar")
@requires(CentresPermission.HANDLE)
def renew_resource_calendar(resource_id: UUID) -> Response:
    """An address of the taken times for calendar programs, or another one."""
    uow = current_uow()
    resource = resource_of(uow, PART, resource_id)
    owner = CalendarOwner(resource_id=resource.id)
    renew_address(uow, owner, expected_version=seen_here())
    return see_other(".times", resource_id=resource_id, said="centres.calendar")


@console.get("/times/<uuid:resource_id>/calendar.ics")
@requires(CentresPermission.HANDLE)
def resource_calendar(resource_id: UUID) -> Response:
    """Taken times for a calendar program, without names."""
    g.is_personal = True
    uow = current_uow()
    resource = resource_of(uow, PART, resource_id)
    told = calendar_of(uow, resource, language=current_language())
    return Response(told, content_type="text/calendar; charset=utf-8")


@console.route("/book/<uuid:resource_id>", methods=["GET", "POST"])
@requires(CentresPermission.HANDLE)
def book(resource_id: UUID) -> Answer:
    """For somebody on the phone or at the counter."""
    uow, form = current_uow(), CounterBookForm()
    resource = resource_of(uow, PART, resource_id)
    centre = queries.centre_of(uow, resource.object_id)
    form.offer(resource, centre)
    if (start := moment_of(request.args.get("at", ""))) is None:
        return times(resource_id)
    if form.validate_on_submit():
        try:
            made = _taken(form, resource, start)
            bus = bus_query(request.args)
            return see_other(".slip", booking_id=made.id, said="centres.entered", **bus)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    shown = {"centre": centre, "resource": resource, "start": start, "title_of": title_of}
    return filled("centres/enter.html", form, waits=bool(request.args.get("wait")), **shown)


@console.get("/bookings/<uuid:booking_id>/slip")
@requires(CentresPermission.HANDLE)
def slip(booking_id: UUID) -> str:
    """The code, to be read out or printed; only for who entered it."""
    uow = current_uow()
    found = bookings.booking_of(uow, PART, booking_id)
    if found.entered_by_id != current_principal().person_id:
        abort(404)
    resource, starts_at = found.slot.resource, found.slot.starts_at
    what, code = kind_of(resource).describe(uow, resource), grouped(code_of(found.request_id))
    centre, ends_at = queries.centre_of(uow, resource.object_id), bookings.ends_of(uow, [found])
    trip = trip_of(uow, centre, starts_at, ends_at[found.id], request.args.get("from", ""))
    shown = {"booking": found, "what": what, "code": code, "trip": trip}
    return render_template("centres/slip.html", **shown, **WORDS)


def _taken(form: CounterBookForm, resource: Resource, start: datetime) -> Booking:
    """The seat, or a place in the line. Raises as `book` of the bookings."""
    uow, key, booker = current_uow(), form.request_id.data, form.booker()
    if request.args.get("wait"):
        return acts.join_waiting_list(uow, resource, start, booker, request_id=key)
    return acts.book(uow, resource, form.starts(start, resource), booker, request_id=key)


def _plan(centre_id: UUID) -> dict[str, Any]:
    uow = current_uow()
    centre = queries.centre_of(uow, centre_id)
    wanted = day_asked("day") or day_of(uow.now)
    things = resources_of(uow, PART, [centre.id], or_retired=True)
    of_day = bookings.plan_of(PART, [thing.id for thing in things], wanted)
    rows = uow.session.scalars(of_day.limit(AT_ONCE)).all()
    return {
        "centre": centre,
        "day": wanted,
        "today": day_of(uow.now),
        "now": uow.now,
        "before": wanted - timedelta(days=1),
        "after": wanted + timedelta(days=1),
        "rows": rows,
        "things": [thing for thing in things if thing.retired_at is None],
        "opened": looked_at(uow, rows),
        "asking": bookings.asking_for_equipment(uow, [row.id for row in rows]),
        "booked": BOOKED,
        "may_receive": current_principal().may(CentresPermission.RECEIVE),
        "reception": RECEPTION,
        **WORDS,
    }


def _desk(found: Booking, form: NamesForm) -> str:
    uow, resource = current_uow(), found.slot.resource
    is_coming = found.state in ACTIVE and found.slot.starts_at > uow.now
    return render_template(
        "centres/desk.html",
        booking=found,
        form=form,
        what=kind_of(resource).describe(uow, resource),
        ends_at=bookings.ends_of(uow, [found])[found.id],
        restricted=restricted(uow, found),
        sees_name=found.id in looked_at(uow, [found]),
        is_asking=bool(bookings.asking_for_equipment(uow, [found.id])),
        is_coming=is_coming,
        can_move=is_coming and found.state == BOOKED,
        is_offered=is_coming and found.state == OFFERED,
        channel=CHANNELS[found.channel],
        looks=looks_at(uow, found),
        purposes=PURPOSES,
        calls=calls_about(uow, found),
        **WORDS,
        **CALL_WORDS,
    )
