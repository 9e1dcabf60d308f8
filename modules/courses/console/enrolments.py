"""Staff pages of enrolments: entered at the counter, called, accepted, cancelled, certified."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.courses.console.courses import Answer, console
from obshto.modules.courses.forms import (
    CounterEnrolForm,
    ParticipantsLookForm,
    RevokeForm,
    offered_here,
)
from obshto.modules.courses.models import Course, Enrolment, Group
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services import attendance, certificates, queries
from obshto.modules.courses.services.call_desk import CALL_DESK
from obshto.modules.courses.services.enrolments import (
    accept_seat,
    enrol,
    enrolment_of,
    leave_group,
)
from obshto.modules.courses.services.fees.charges import fee_of
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings import queries as bookings
from obshto.platform.bookings.access_log import (
    PURPOSES,
    look_at,
    looked_at,
    looks_at,
    restricted,
    usable,
)
from obshto.platform.bookings.calls import calls_about
from obshto.platform.bookings.codes import code_of
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.states import ACTIVE, COLOURS, OFFERED, STATES
from obshto.platform.calls.pages import CALL_WORDS, add_call_pages
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import grouped
from obshto.platform.documents.errors import NoSuchDocument
from obshto.platform.documents.services import read_file, revoke
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

Found = tuple[Booking, Enrolment, Group, Course]
add_call_pages(console, CALL_DESK)


@console.route("/groups/<uuid:group_id>/enrol", methods=["GET", "POST"])
@requires(CoursesPermission.TEACH)
def enter(group_id: UUID) -> Answer:
    """For somebody on the phone or at the counter; full, they are put in line."""
    uow, form = current_uow(), CounterEnrolForm()
    found = queries.taught_group(uow, group_id)
    course = queries.course_behind(uow, found)
    exempt = offered_here(form, course)
    if form.validate_on_submit():
        try:
            key, told = form.request_id.data, form.participant()
            made = enrol(uow, found, form.booker(), told, request_id=key, waits=True)
            return see_other(".slip", booking_id=made.id, said="courses.entered")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    left = queries.seats_left(uow, [found])[found.id]
    shown = {"group": found, "course": course, "left": left, "exempt": exempt}
    return filled("courses/enter.html", form, **shown)


@console.get("/enrolments/<uuid:booking_id>/slip")
@requires(CoursesPermission.TEACH)
def slip(booking_id: UUID) -> str:
    """The code, to be read out or printed; only for who entered it."""
    booking, _own, group, course = _found(booking_id)
    if booking.entered_by_id != current_principal().person_id:
        abort(404)
    code = grouped(code_of(booking.request_id))
    shown = {"group": group, "course": course, "code": code, "states": STATES, "colours": COLOURS}
    fee = fee_of(current_uow(), booking.id)
    return render_template("courses/slip.html", booking=booking, fee=fee, **shown)


@console.get("/enrolments/<uuid:booking_id>")
@requires(CoursesPermission.TEACH)
def one(booking_id: UUID) -> str:
    return render_template("courses/one.html", form=ParticipantsLookForm(), **_desk(booking_id))


@console.post("/enrolments/<uuid:booking_id>/look")
@requires(CoursesPermission.TEACH)
def look(booking_id: UUID) -> Answer:
    form = ParticipantsLookForm()
    if form.validate_on_submit():
        look_at(
            current_uow(),
            PART,
            [_found(booking_id)[0]],
            form.purpose.data,
            reason=form.typed_reason(),
        )
        return see_other(".one", booking_id=booking_id, said="courses.looked")
    return filled("courses/one.html", form, **_desk(booking_id))


@console.post("/enrolments/<uuid:booking_id>/cancel")
@requires(CoursesPermission.TEACH)
def cancel(booking_id: UUID) -> Response:
    booking = _found(booking_id)[0]
    leave_group(current_uow(), booking, expected_version=seen_here())
    return see_other(".one", booking_id=booking_id, said="courses.cancelled")


@console.post("/enrolments/<uuid:booking_id>/accept")
@requires(CoursesPermission.TEACH)
def accept(booking_id: UUID) -> Response:
    """The person said yes on the phone."""
    booking = usable(current_uow(), _found(booking_id)[0])
    accept_seat(current_uow(), booking, expected_version=seen_here())
    return see_other(".one", booking_id=booking_id, said="courses.enrolled")


@console.post("/enrolments/<uuid:booking_id>/certificate")
@requires(CoursesPermission.TEACH)
def certify(booking_id: UUID) -> Response:
    """Issue it for who has no phone; the name must be open already."""
    booking, own, group, course = _opened(booking_id)
    usable(current_uow(), booking)
    certificates.issue_certificate(current_uow(), course, group, booking, own)
    return see_other(".one", booking_id=booking_id, said="courses.certified")


@console.get("/enrolments/<uuid:booking_id>/certificate.pdf")
@requires(CoursesPermission.TEACH)
def certificate_file(booking_id: UUID) -> Response:
    g.is_personal = True
    paper = certificates.certificate_of(current_uow(), _opened(booking_id)[1])
    if paper is None or not (pdf := read_file(paper)):
        raise NoSuchDocument
    return Response(pdf, content_type="application/pdf")


@console.route("/enrolments/<uuid:booking_id>/revoke", methods=["GET", "POST"])
@requires(CoursesPermission.TEACH)
def take_back(booking_id: UUID) -> Answer:
    """A certificate that was issued by mistake; a check says so from now on."""
    uow = current_uow()
    booking, own, _group, course = _found(booking_id)
    usable(uow, booking)
    paper = certificates.certificate_of(uow, own)
    if paper is None:
        if request.method == "POST":  # pressed twice
            return see_other(".one", booking_id=booking_id, said="courses.revoked")
        raise NoSuchDocument
    form = RevokeForm(data={"expected_version": paper.version})
    if form.validate_on_submit():
        try:
            reason, version = form.reason.data.strip(), form.expected_version.data
            revoke(uow, paper, reason, expected_version=version)
            return see_other(".one", booking_id=booking_id, said="courses.revoked")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("courses/revoke.html", form, paper=paper, booking=booking, course=course)


def _found(booking_id: UUID) -> Found:
    """Of a group that this member of staff may see, without the name."""
    uow = current_uow()
    booking = bookings.booking_of(uow, PART, booking_id)
    own = enrolment_of(uow, booking)
    group = queries.taught_group(uow, own.group_id)
    return booking, own, group, queries.course_behind(uow, group)


def _opened(booking_id: UUID) -> Found:
    """The same with the name, where a purpose was said; else there is nothing to see."""
    found = _found(booking_id)
    return found if found[0].id in looked_at(current_uow(), [found[0]]) else abort(403)


def _desk(booking_id: UUID) -> dict[str, Any]:
    uow = current_uow()
    booking, own, group, course = _found(booking_id)
    is_coming = booking.state in ACTIVE and group.starts_at > uow.now
    sees_name = booking.id in looked_at(uow, [booking])
    fee = fee_of(uow, booking.id)
    return {
        "booking": booking,
        "own": own,
        "group": group,
        "course": course,
        "sees_name": sees_name,
        "restricted": restricted(uow, booking),
        "fee": fee,
        # Why somebody pays less is opened with the name, under the same look.
        "exemption": fee.exemption if fee and sees_name else None,
        "is_coming": is_coming,
        "is_offered": is_coming and booking.state == OFFERED,
        "is_over": group.ends_at <= uow.now,
        "came": attendance.attended_in(uow, group).get(own.id, 0),
        "needed": attendance.needed(uow, course, group),
        "paper": certificates.certificate_of(uow, own),
        "channel": CHANNELS[booking.channel],
        "looks": looks_at(uow, booking),
        "calls": calls_about(uow, booking),
        **CALL_WORDS,
        "purposes": PURPOSES,
        "states": STATES,
        "colours": COLOURS,
    }
