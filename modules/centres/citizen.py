"""Public pages of centres: the list, one centre, its free times, one's own bookings."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, jsonify, make_response, render_template, request
from werkzeug.wrappers import Response as Redirect

from obshto.modules.centres.forms.centres import BookForm, BookingCodeForm
from obshto.modules.centres.models import Centre
from obshto.modules.centres.services import needs, queries, video_hours
from obshto.modules.centres.services.booking_kind import title_of
from obshto.modules.centres.services.equipment import named
from obshto.modules.centres.services.kinds import (
    CENTRE,
    EQUIPMENT,
    FEATURES,
    MANNERS,
    OFFICE,
    PART,
)
from obshto.modules.centres.services.moves import move_booking
from obshto.modules.centres.services.times import (
    bus_query,
    moment_of,
    shown_week,
    trip_of,
    visits_of,
    ways_of,
    written,
)
from obshto.platform.bookings import queries as bookings
from obshto.platform.bookings import services as acts
from obshto.platform.bookings.access_log import PURPOSES, looks_at
from obshto.platform.bookings.calendar_address import (
    CalendarOwner,
    address_of,
    calendar_at,
    renew_address,
    token_of,
)
from obshto.platform.bookings.calendar_file import calendar_of_booking
from obshto.platform.bookings.codes import code_of
from obshto.platform.bookings.errors import SlotFull
from obshto.platform.bookings.kinds import kind_of
from obshto.platform.bookings.locks import checked_times
from obshto.platform.bookings.models import Booking, Resource
from obshto.platform.bookings.states import ACTIVE, BOOKED, COLOURS, OFFERED, STATES
from obshto.platform.bookings.waiting_list import accept_offer
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.errors import DomainError
from obshto.platform.opening_hours.hours import read, state_of
from obshto.platform.video.rooms import video_rooms
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import seen_here
from obshto.platform.web.headers import allow_media
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

citizen = Blueprint("centres_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    return _listed(CENTRE)


@citizen.get("/reception")
@open_to_all
def reception() -> str:
    """Office hours of the mayor and of departments (АПК чл. 110, ал. 3)."""
    return _listed(OFFICE)


@citizen.get("/<uuid:centre_id>")
@open_to_all
def show(centre_id: UUID) -> str:
    uow = current_uow()
    centre = queries.public_centre(uow, centre_id)
    hours, origin = read(centre.hours), request.args.get("from", "")
    return render_template(
        "centres/show.html",
        centre=centre,
        hours=hours,
        state=state_of(hours, uow.now),
        resources=queries.offered_by(uow, [centre])[centre.id],
        features=FEATURES,
        equipment=EQUIPMENT,
        title_of=title_of,
        is_surveyed=bool(needs.told_to_all(uow, centre)),
        **ways_of(uow, centre, visits_of(uow, hours), origin),
    )


@citizen.get("/<uuid:centre_id>/needs")
@open_to_all
def wanted(centre_id: UUID) -> str:
    """What people said that they need, beside what there is."""
    uow = current_uow()
    centre = queries.public_centre(uow, centre_id)
    told = needs.told_to_all(uow, centre)
    return render_template(
        "centres/wanted.html",
        centre=centre,
        told=told,
        compared=needs.compared(told),
        hours=read(centre.hours),
        things=queries.offered_by(uow, [centre])[centre.id],
        has=needs.has_of(centre),
        title_of=title_of,
    )


@citizen.get("/times/<uuid:resource_id>")
@open_to_all
def times(resource_id: UUID) -> str:
    """Free times of a week, each a button."""
    return _times(*queries.public_resource(current_uow(), resource_id))


def _times(centre: Centre, resource: Resource) -> str:
    shown = shown_week(current_uow(), centre, resource, request.args)
    return render_template(
        "centres/times.html", centre=centre, resource=resource, title_of=title_of, **shown
    )


@citizen.route("/book/<uuid:resource_id>", methods=["GET", "POST"])
@open_to_all
def book(resource_id: UUID) -> Response | Redirect:
    """Name and a way to be told; with `wait` in the address a place in the line."""
    uow, form = current_uow(), BookForm()
    centre, resource = queries.public_resource(uow, resource_id)
    form.offer(resource, centre)
    if (start := moment_of(request.args.get("at", ""))) is None:
        return make_response(_times(centre, resource))
    refusal: DomainError | None = None
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        try:
            made = _taken(form, resource, start)
            return see_other(
                ".booking", ref=ref_of(made), said=_said(made), **bus_query(request.args)
            )
        except DomainError as problem:
            refusal = problem
            form.form_errors.append(str(problem))
    elif not form.is_submitted():
        checked_times(uow, resource, [start])
        form.name.data = current_principal().name if current_principal().is_known else ""
    return _booking_form(form, centre, resource, start, isinstance(refusal, SlotFull))


@citizen.route("/booking", methods=["GET", "POST"])
@open_to_all
def follow() -> Response | Redirect:
    """By the code on the slip."""
    uow, form = current_uow(), BookingCodeForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            bookings.booking_at(uow, PART, code)
            return see_other(".booking", ref=code)
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("centres/follow.html", form=form)


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, bookings.bookings_of(PART, me), page_number())
    shown: dict[str, Any] = {"states": STATES, "colours": COLOURS, "title_of": title_of}
    shown |= {"address": address_of(uow, CalendarOwner(person_id=me)), "token_of": token_of}
    return private_page("centres/mine.html", page=page, **shown)


@citizen.post("/mine/calendar")
@signed_in
def renew_calendar() -> Redirect:
    """An address for calendar programs, or another one."""
    uow, me = current_uow(), current_principal().person_id or abort(403)
    renew_address(uow, CalendarOwner(person_id=me), expected_version=seen_here())
    return see_other(".mine", said="centres.calendar")


@citizen.get("/calendar/<token>.ics")
@open_to_all
def feed(token: str) -> Response:
    """Opened by its secret address alone: a calendar program can't sign in."""
    g.is_personal = True
    uow = current_uow()
    page = f"{uow.scope.address}{request.script_root}"
    told = calendar_at(uow, token, language=current_language(), page=page)
    return Response(told, content_type="text/calendar; charset=utf-8")


@citizen.get("/booking/<ref>")
@open_to_all
def booking(ref: str) -> Response:
    """One's own booking: when, where, and three buttons."""
    found = bookings.booking_at(current_uow(), PART, ref)
    return private_page("centres/booking.html", ref=ref, **_own(found))


@citizen.post("/booking/<ref>/cancel")
@open_to_all
def cancel(ref: str) -> Redirect:
    uow = current_uow()
    found = bookings.booking_at(uow, PART, ref)
    acts.cancel(uow, found, PART, expected_version=seen_here())
    return see_other(".booking", ref=ref, said="centres.cancelled")


@citizen.post("/booking/<ref>/accept")
@open_to_all
def accept(ref: str) -> Redirect:
    uow = current_uow()
    found = bookings.booking_at(uow, PART, ref)
    accept_offer(uow, found, PART, expected_version=seen_here())
    return see_other(".booking", ref=ref, said="centres.booked")


@citizen.route("/booking/<ref>/move", methods=["GET", "POST"])
@open_to_all
def move(ref: str) -> Response | Redirect:
    """The free times again; the button that is pressed is the new one."""
    uow = current_uow()
    found = bookings.booking_at(uow, PART, ref)
    refusal = ""
    if request.method == "POST":
        try:
            at = request.form.get("at", "")
            move_booking(uow, found, at, expected_version=seen_here())
            return see_other(".booking", ref=ref, said="centres.moved", **bus_query(request.args))
        except DomainError as problem:
            refusal = str(problem)
    status = 422 if refusal else 200
    return private_page(
        "centres/move.html", status=status, ref=ref, refusal=refusal, **_moves(found)
    )


@citizen.get("/booking/<ref>/calendar.ics")
@open_to_all
def calendar(ref: str) -> Response:
    g.is_personal = True
    uow = current_uow()
    found = bookings.booking_at(uow, PART, ref)
    url = request.url.removesuffix("/calendar.ics")
    ends_at = bookings.ends_of(uow, [found])[found.id]
    told = calendar_of_booking(uow, found, ends_at, language=current_language(), url=url)
    return Response(told, content_type="text/calendar; charset=utf-8")


@citizen.get("/booking/<ref>/video")
@open_to_all
def video(ref: str) -> Response:
    """The room of one's own hour, from a quarter of an hour before it."""
    found = bookings.booking_at(current_uow(), PART, ref)
    shown = _own(found)
    address, opens_at = video_rooms().address, video_hours.opens_at(found)
    if address and shown["is_open"]:
        allow_media(address)
    return private_page("centres/video.html", ref=ref, address=address, opens_at=opens_at, **shown)


@citizen.get("/booking/<ref>/video/token")
@open_to_all
def video_token(ref: str) -> Response:
    """What a browser connects with, for two minutes; a sentence where it may not."""
    uow = current_uow()
    token = video_hours.citizen_token(uow, bookings.booking_at(uow, PART, ref))
    answer = jsonify(address=video_rooms().address, token=token)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def ref_of(booking: Booking) -> str:
    """Its place in the account, or its code."""
    return str(booking.id) if booking.person_id else code_of(booking.request_id)


def _taken(form: BookForm, resource: Resource, start: datetime) -> Booking:
    """The seat, or a place in the line. Raises as `book` of the bookings."""
    uow, key, booker = current_uow(), form.request_id.data, form.booker()
    if request.args.get("wait"):
        return acts.join_waiting_list(uow, resource, start, booker, request_id=key)
    return acts.book(uow, resource, form.starts(start, resource), booker, request_id=key)


def _booking_form(
    form: BookForm, centre: Centre, resource: Resource, start: datetime, is_full: bool
) -> Response:
    return private_page(
        "centres/book.html",
        form=form,
        centre=centre,
        resource=resource,
        start=start,
        at=written(start),
        waits=bool(request.args.get("wait")),
        is_full=is_full,
        title_of=title_of,
    )


def _own(found: Booking) -> dict[str, Any]:
    """What a booker reads of it."""
    uow, resource = current_uow(), found.slot.resource
    is_coming = found.state in ACTIVE and found.slot.starts_at > uow.now
    centre = queries.centre_if_shown(uow, resource.object_id)
    ends_at = bookings.ends_of(uow, [found])[found.id]
    origin = request.args.get("from", "")
    has_code = not (found.person_id or found.is_emptied)
    return {
        "booking": found,
        "ends_at": ends_at,
        "trip": trip_of(uow, centre, found.slot.starts_at, ends_at, origin) if centre else None,
        "what": kind_of(resource).describe(uow, resource),
        "centre": centre,
        "code": grouped(code_of(found.request_id)) if has_code else "",
        "can_cancel": is_coming,
        "can_move": is_coming and found.state == BOOKED,
        "is_by_video": video_hours.is_by_video(found),
        "is_open": video_hours.is_open(uow, found, ends_at),
        "is_offered": is_coming and found.state == OFFERED,
        "states": STATES,
        "colours": COLOURS,
        "manners": MANNERS,
        "things": named(found),
        "looks": looks_at(uow, found),
        "purposes": PURPOSES,
    }


def _moves(found: Booking) -> dict[str, Any]:
    """The times to which it can go."""
    uow, resource = current_uow(), found.slot.resource
    centre = queries.centre_of(uow, resource.object_id)
    return {
        "booking": found,
        "what": kind_of(resource).describe(uow, resource),
        **shown_week(uow, centre, resource, request.args),
    }


def _listed(kind: str) -> str:
    uow = current_uow()
    page = paginate(uow.session, queries.published(kind), page_number())
    return render_template(
        "centres/index.html",
        page=page,
        kind=kind,
        states={one.id: state_of(read(one.hours), uow.now) for one in page.rows},
        resources=queries.offered_by(uow, page.rows),
        features=FEATURES,
        title_of=title_of,
    )


def _said(booking: Booking) -> str:
    return "centres.booked" if booking.state == BOOKED else "centres.queued"
