"""Public pages of courses: the list, a course, enrolment, one's own course to its certificate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from obshto.modules.courses.forms import (
    DoorCodeForm,
    EnrolForm,
    EnrolmentCodeForm,
    offered_here,
)
from obshto.modules.courses.models import Course, CourseExemption, Enrolment, Group
from obshto.modules.courses.services import attendance, certificates, knowledge_tests, queries
from obshto.modules.courses.services.calendar_file import calendar_of_group
from obshto.modules.courses.services.enrolments import (
    accept_seat,
    enrol,
    enrolment_of,
    leave_group,
    only_enrolled,
)
from obshto.modules.courses.services.fees.charges import fee_of, is_given_back
from obshto.modules.courses.services.fees.exemptions import exemptions
from obshto.modules.courses.services.groups import lessons
from obshto.modules.courses.services.kinds import KINDS, LEVELS, PART
from obshto.modules.courses.services.materials import material_file, materials_of
from obshto.modules.courses.services.next_courses import NextCourses, next_courses
from obshto.modules.courses.settings import CoursesSettings
from obshto.platform.bookings import queries as bookings
from obshto.platform.bookings.access_log import PURPOSES, looks_at
from obshto.platform.bookings.codes import code_of
from obshto.platform.bookings.errors import SlotFull
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.states import ACTIVE, BOOKED, COLOURS, OFFERED, STATES
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.clock import day_of
from obshto.platform.documents.errors import NoSuchDocument
from obshto.platform.documents.services import read_file
from obshto.platform.errors import DomainError
from obshto.platform.followers.pages import follow_page
from obshto.platform.questionnaires.forms.questions import AnswersForm, FormContext, form_of
from obshto.platform.settings.services import settings_of
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

citizen = Blueprint("courses_citizen", __name__)
WORDS: dict[str, Any] = {"kinds": KINDS, "levels": LEVELS, "states": STATES, "colours": COLOURS}


@citizen.get("/")
@open_to_all
def index() -> str:
    uow, kind = current_uow(), request.args.get("kind", "")
    page = paginate(uow.session, queries.published(kind if kind in KINDS else ""), page_number())
    groups = queries.open_groups(uow, [one.id for one in page.rows])
    shown = {"page": page, "groups": groups, "left": queries.seats_left(uow, groups)}
    return render_template("courses/index.html", kind=kind, **shown, **WORDS)


@citizen.get("/<uuid:course_id>")
@open_to_all
def show(course_id: UUID) -> str:
    uow = current_uow()
    course = queries.public_course(uow, course_id)
    groups = queries.open_groups(uow, [course.id])
    left = queries.seats_left(uow, groups)
    exempt = exemptions(uow, active=True) if course.price_cents else ()
    shown = {"course": course, "groups": groups, "left": left, "exempt": exempt}
    return render_template("courses/show.html", **shown, **WORDS)


@citizen.route("/<uuid:course_id>/follow", methods=["GET", "POST"])
@open_to_all
def follow_course(course_id: UUID) -> Redirect:
    """A letter as soon as there is a new group."""
    return follow_page(queries.followed(queries.public_course(current_uow(), course_id)))


@citizen.get("/groups/<uuid:group_id>/calendar.ics")
@open_to_all
def calendar(group_id: UUID) -> Response:
    """The lessons of a group as a file for calendar programs."""
    course, group = queries.public_group(current_uow(), group_id)
    page = url_for(".show", course_id=course.id, _external=True)
    told = calendar_of_group(current_uow(), course, group, language=current_language(), url=page)
    return Response(told, content_type="text/calendar; charset=utf-8")


@citizen.route("/groups/<uuid:group_id>/enrol", methods=["GET", "POST"])
@open_to_all
def enter(group_id: UUID) -> Response | Redirect:
    """Name and a way to be told, for oneself or somebody else; with `wait` a place in the line."""
    uow, form, refusal = current_uow(), EnrolForm(), None
    course, group = queries.public_group(uow, group_id)
    exempt = offered_here(form, course)
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        try:
            made = _enrolled(form, group)
            return see_other(".enrolment", ref=ref_of(made), said=_said(made))
        except DomainError as problem:
            refusal = problem
            form.form_errors.append(str(problem))
    elif not form.is_submitted():
        form.name.data = current_principal().name if current_principal().is_known else ""
    return _enrol_page(form, course, group, isinstance(refusal, SlotFull), exempt)


@citizen.route("/enrolment", methods=["GET", "POST"])
@open_to_all
def follow() -> Response | Redirect:
    """By the code on the slip."""
    uow, form = current_uow(), EnrolmentCodeForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            bookings.booking_at(uow, PART, code)
            return see_other(".enrolment", ref=code)
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("courses/follow.html", form=form)


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, bookings.bookings_of(PART, me), page_number())
    return private_page("courses/mine.html", page=page, **WORDS)


@citizen.get("/enrolment/<ref>")
@open_to_all
def enrolment(ref: str) -> Response:
    """One's own course: when, where, the code at the door, materials, test, certificate."""
    return _own(ref, DoorCodeForm())


@citizen.route("/enrolment/<ref>/cancel", methods=["GET", "POST"])
@open_to_all
def cancel(ref: str) -> Response | Redirect:
    """The seat, or the place in the line, goes to another: it is asked once."""
    uow = current_uow()
    found = bookings.booking_at(uow, PART, ref)
    if request.method == "POST":
        leave_group(uow, found, expected_version=seen_here())
        return see_other(".enrolment", ref=ref, said="courses.cancelled")
    own = enrolment_of(uow, found)
    group = uow.session.get_one(Group, own.group_id)
    course = queries.course_behind(uow, group)
    shown: dict[str, Any] = {"booking": found, "group": group, "course": course}
    shown |= {"fee": fee_of(uow, found.id), "is_given_back": is_given_back(uow, found, group)}
    return private_page("courses/cancel.html", ref=ref, **shown)


@citizen.post("/enrolment/<ref>/accept")
@open_to_all
def accept(ref: str) -> Redirect:
    uow = current_uow()
    found = bookings.booking_at(uow, PART, ref)
    accept_seat(uow, found, expected_version=seen_here())
    return see_other(".enrolment", ref=ref, said=_said(found))


@citizen.post("/enrolment/<ref>/door")
@open_to_all
def door(ref: str) -> Response | Redirect:
    """The code that is said at the door."""
    uow, form = current_uow(), DoorCodeForm()
    if form.validate_on_submit() and form.passes():
        try:
            own = _mine(ref)[1]
            attendance.come_by_code(uow, own, digits(form.door.data))
            return see_other(".enrolment", ref=ref, said="courses.came")
        except DomainError as refusal:
            form.door.errors = [str(refusal)]
    return _own(ref, form)


@citizen.route("/enrolment/<ref>/test", methods=["GET", "POST"])
@open_to_all
def test(ref: str) -> Response | Redirect:
    """The same few questions before and after; only how many were right is kept."""
    uow = current_uow()
    booking, own, group, course = _mine(ref)
    phase = knowledge_tests.phase_of(uow, course, group, own)
    if not phase:
        return see_other(".enrolment", ref=ref)
    form = _test_form(course)
    if form.validate_on_submit():
        knowledge_tests.keep_result(uow, course, group, own, form.kept())
        return see_other(".enrolment", ref=ref, said="courses.tested")
    return private_page("courses/test.html", form=form, course=course, phase=phase, ref=ref)


@citizen.post("/enrolment/<ref>/certificate")
@open_to_all
def certificate(ref: str) -> Redirect:
    """Issue it, once; the same press again finds it."""
    booking, own, group, course = _mine(ref)
    certificates.issue_certificate(current_uow(), course, group, booking, own)
    return see_other(".enrolment", ref=ref, said="courses.certified")


@citizen.get("/enrolment/<ref>/certificate.pdf")
@open_to_all
def certificate_file(ref: str) -> Response:
    g.is_personal = True
    paper = certificates.certificate_of(current_uow(), _mine(ref)[1])
    return pdf_answer(read_file(paper) if paper else b"", paper.number if paper else "")


@citizen.get("/enrolment/<code>/materials/<uuid:material_id>")
@open_to_all
def material(code: str, material_id: UUID) -> Response:
    g.is_personal = True
    course = _mine(code)[3]
    return send_file(current_uow(), material_file(current_uow(), course, material_id))


def pdf_answer(pdf: bytes, number: str) -> Response:
    """A certificate to keep. Raises NoSuchDocument where there is none."""
    if not pdf:
        raise NoSuchDocument
    answer = Response(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="certificate-{number}.pdf"'
    return answer


def ref_of(booking: Booking) -> str:
    """Its place in the account, or its code."""
    return str(booking.id) if booking.person_id else code_of(booking.request_id)


def _enrolled(form: EnrolForm, group: Group) -> Booking:
    """The seat, or a place in the line. Raises as `enrol`."""
    key, waits = form.request_id.data, bool(request.args.get("wait"))
    who, told = form.booker(), form.participant()
    return enrol(current_uow(), group, who, told, request_id=key, waits=waits)


def _said(made: Booking) -> str:
    if made.state != BOOKED:
        return "courses.queued"
    fee = fee_of(current_uow(), made.id)
    return "courses.owed" if fee and fee.is_open else "courses.enrolled"


def _enrol_page(
    form: EnrolForm, course: Course, group: Group, is_full: bool, exempt: Sequence[CourseExemption]
) -> Response:
    shown: dict[str, Any] = {
        "course": course,
        "group": group,
        "exempt": exempt,
        "terms": settings_of(current_uow(), PART, CoursesSettings),
        "lessons": lessons(current_uow(), group),
    }
    waits = bool(request.args.get("wait"))
    shown |= {"is_full": is_full, "waits": waits}
    return private_page("courses/enrol.html", form=form, **shown)


def _mine(ref: str) -> tuple[Booking, Enrolment, Group, Course]:
    """What is behind a code or an id, of who is enrolled. Raises NoSuchBooking, NotEnrolled."""
    uow = current_uow()
    booking = bookings.booking_at(uow, PART, ref)
    only_enrolled(booking)
    own = enrolment_of(uow, booking)
    group = uow.session.get_one(Group, own.group_id)
    return booking, own, group, queries.course_behind(uow, group)


def _own(ref: str, form: DoorCodeForm) -> Response:
    uow = current_uow()
    booking = bookings.booking_at(uow, PART, ref)
    own = enrolment_of(uow, booking)
    group = uow.session.get_one(Group, own.group_id)
    course = queries.course_behind(uow, group)
    is_coming = booking.state in ACTIVE and group.starts_at > uow.now
    has_code = not (booking.person_id or booking.is_emptied)
    every = lessons(uow, group)
    shown = {
        "booking": booking,
        "own": own,
        "group": group,
        "course": course,
        "lessons": every,
        "is_on": any(attendance.is_on(uow, one) for one in every),
        "came": attendance.attended_by(uow, own),
        "code": grouped(code_of(booking.request_id)) if has_code else "",
        "is_enrolled": booking.state == BOOKED,
        "is_offered": is_coming and booking.state == OFFERED,
        "can_cancel": is_coming,
        "is_over": group.ends_at <= uow.now,
        "materials": materials_of(uow, course),
        "phase": knowledge_tests.phase_of(uow, course, group, own),
        "fee": fee_of(uow, booking.id),
        "looks": looks_at(uow, booking),
        "purposes": PURPOSES,
        **_certified(booking, own, group, course),
        "onward": _onward(booking, own, group, course),
        **WORDS,
    }
    return private_page("courses/enrolment.html", ref=ref, form=form, **shown)


def _onward(booking: Booking, own: Enrolment, group: Group, course: Course) -> NextCourses | None:
    """What to learn next, for who was in the course when it is over."""
    is_over = booking.state == BOOKED and group.ends_at <= current_uow().now
    return next_courses(current_uow(), course, own) if is_over else None


def _certified(booking: Booking, own: Enrolment, group: Group, course: Course) -> dict[str, object]:
    """The certificate, or why there is none yet."""
    uow = current_uow()
    paper, why = certificates.certificate_of(uow, own), ""
    if paper is None:
        try:
            certificates.refuse_certificate(uow, course, group, booking, own)
        except DomainError as refusal:
            why = str(refusal)
    return {"paper": paper, "why": why}


def _test_form(course: Course) -> AnswersForm:
    context = FormContext(language=SOURCE, answers={}, today=day_of(current_uow().now))
    asked = knowledge_tests.questions_of(course).values()
    return form_of(asked, context, filled={}, expected_version=course.version)
