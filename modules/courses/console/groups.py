"""A teacher's pages, made for a phone: own groups, list, attendance, absence, notes, materials."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.courses.console.courses import Answer, console
from obshto.modules.courses.forms import (
    AbsenceForm,
    MaterialForm,
    ParticipantsLookForm,
    TeacherNoteForm,
)
from obshto.modules.courses.models import CourseLesson, Enrolment, Group
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services import attendance, queries, substitutes
from obshto.modules.courses.services.enrolments import doubles, participants, waiting
from obshto.modules.courses.services.fees.charges import fees_of
from obshto.modules.courses.services.groups import cancel_lesson, lesson_of, lessons
from obshto.modules.courses.services.kinds import PART
from obshto.modules.courses.services.materials import (
    add_material,
    material_file,
    materials_of,
    remove_material,
)
from obshto.modules.courses.services.teacher_notes import UNWRITTEN, own_note, write_note
from obshto.platform.bookings.access_log import look_at, looked_at
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.states import BOOKED, COLOURS, STATES
from obshto.platform.errors import DomainError
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, lines_of, seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files

Pairs = list[tuple[Booking, Enrolment]]


@console.get("/")
@requires(CoursesPermission.TEACH)
def index() -> str:
    """Own groups; all of them for who handles all."""
    uow = current_uow()
    page = paginate(uow.session, queries.taught(uow), page_number())
    instead = substitutes.own_substitutions(uow)
    return render_template(
        "courses/console.html",
        page=page,
        courses=queries.courses_behind(uow, page.rows),
        numbers=queries.numbers_of(uow, page.rows),
        now=uow.now,
        instead=instead,
        instead_courses=queries.courses_behind(uow, [group for _lesson, group in instead]),
        may_keep=current_principal().may(CoursesPermission.KEEP),
    )


@console.get("/groups/<uuid:group_id>")
@requires(CoursesPermission.TEACH)
def group(group_id: UUID) -> str:
    """Who comes and who waits; names once a purpose was said. It prints."""
    return render_template("courses/group.html", form=ParticipantsLookForm(), **_group(group_id))


@console.post("/groups/<uuid:group_id>/look")
@requires(CoursesPermission.TEACH)
def open_names(group_id: UUID) -> Answer:
    """The names of the group, each with its look."""
    form, told = ParticipantsLookForm(), _group(group_id)
    if form.validate_on_submit():
        pairs = [*told["pairs"], *told["line"]]
        look_at(
            current_uow(),
            PART,
            [booking for booking, _ in pairs],
            form.purpose.data,
            reason=form.typed_reason(),
        )
        return see_other(".group", group_id=group_id, said="courses.looked")
    return filled("courses/group.html", form, **told)


@console.route("/groups/<uuid:group_id>/lessons/<uuid:lesson_id>", methods=["GET", "POST"])
@requires(CoursesPermission.TEACH)
def lesson(group_id: UUID, lesson_id: UUID) -> Answer:
    """The list of a lesson to tick, and the code to say at the door."""
    uow = current_uow()
    to_change, refusal = request.method == "POST", ""
    found, held = substitutes.held_lesson(uow, group_id, lesson_id, to_change=to_change)
    pairs = booked_in(found)
    came = set(attendance.attendance_of(uow, held))
    if request.method == "POST":
        came = _ids("came")
        try:
            kept: dict[str, Any] = {"seen": _ids("seen"), "expected_version": seen_here()}
            attendance.mark_attendance(uow, held, [own for _, own in pairs], came, **kept)
            to = {"group_id": group_id, "lesson_id": lesson_id}
            return see_other(".lesson", **to, said="courses.marked")
        except DomainError as problem:
            refusal = str(problem)
    page = render_template(
        "courses/lesson.html", came=came, refusal=refusal, **meeting(found, held, pairs)
    )
    return (page, 422) if refusal else page


@console.post("/groups/<uuid:group_id>/lessons/<uuid:lesson_id>/cancel")
@requires(CoursesPermission.TEACH)
def cancel_meeting(group_id: UUID, lesson_id: UUID) -> Answer:
    """The teacher is absent: all are told with one press."""
    uow, form = current_uow(), AbsenceForm()
    found = queries.taught_group(uow, group_id, to_change=True)
    held = lesson_of(uow, found, lesson_id)
    if form.validate_on_submit():
        try:
            version, instead = form.expected_version.data, form.instead_at.moment
            cancel_lesson(uow, found, held, instead, expected_version=version)
            return see_other(".group", group_id=group_id, said="courses.lesson-cancelled")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = found.version
    return filled("courses/absence.html", form, group=found, lesson=held)


@console.route("/groups/<uuid:group_id>/note", methods=["GET", "POST"])
@requires(CoursesPermission.TEACH)
def note(group_id: UUID) -> Answer:
    """What a teacher notes for themselves."""
    uow, me = current_uow(), current_principal().person_id or abort(403)
    found = queries.taught_group(uow, group_id, to_change=request.method == "POST")
    kept = own_note(uow, found)
    version = kept.version if kept else UNWRITTEN
    form = TeacherNoteForm(data={"words": kept.words if kept else "", "expected_version": version})
    if form.validate_on_submit():
        try:
            words, version = lines_of(form.words.data or ""), form.expected_version.data
            write_note(uow, found, me, words, expected_version=version)
            return see_other(".group", group_id=group_id, said="courses.saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("courses/note.html", form, group=found)


@console.route("/groups/<uuid:group_id>/materials", methods=["GET", "POST"])
@requires(CoursesPermission.TEACH)
@takes_files
def materials(group_id: UUID) -> Answer:
    """Files for all who are enrolled in the course."""
    uow, form = current_uow(), MaterialForm()
    found = queries.taught_group(uow, group_id)
    course = queries.course_behind(uow, found)
    if form.validate_on_submit():
        file, told = form.file.data, form.title.data.strip()
        kept: dict[str, Any] = {"name": file.filename or "", "title": told}
        try:
            add_material(uow, course, file.stream, request_id=form.request_id.data, **kept)
            return see_other(".materials", group_id=group_id, said="courses.saved")
        except DomainError as refusal:
            form.file.errors = [str(refusal)]
    rows = materials_of(uow, course)
    return filled("courses/materials.html", form, group=found, course=course, rows=rows)


@console.get("/groups/<uuid:group_id>/materials/<uuid:material_id>")
@requires(CoursesPermission.TEACH)
def material(group_id: UUID, material_id: UUID) -> Response:
    g.is_personal = True
    uow = current_uow()
    course = queries.course_behind(uow, queries.taught_group(uow, group_id))
    return send_file(uow, material_file(uow, course, material_id))


@console.post("/groups/<uuid:group_id>/materials/<uuid:material_id>/remove")
@requires(CoursesPermission.TEACH)
def remove(group_id: UUID, material_id: UUID) -> Response:
    uow = current_uow()
    course = queries.course_behind(uow, queries.taught_group(uow, group_id))
    remove_material(uow, course, material_id, expected_version=seen_here())
    return see_other(".materials", group_id=group_id, said="courses.saved")


def _ids(name: str) -> set[UUID]:
    """What was ticked; nobody types it, so what is no id is left out."""
    found = set()
    for one in request.form.getlist(name):
        with suppress(ValueError):
            found.add(UUID(one))
    return found


def booked_in(found: Group) -> Pairs:
    """Who has a seat in the group, without names."""
    rows = participants(current_uow(), found)
    return [pair for pair in rows if pair[0].state == BOOKED]


def meeting(found: Group, held: CourseLesson, pairs: Pairs) -> dict[str, Any]:
    """What the page of a lesson shows."""
    uow = current_uow()
    is_ahead = not held.cancelled_at and held.starts_at > uow.now
    is_teacher = queries.teaches(uow, found)
    return {
        "group": found,
        "lesson": held,
        "pairs": pairs,
        "opened": looked_at(uow, [booking for booking, _ in pairs]),
        "before": attendance.attendance_of(uow, held),
        "can_mark": not held.cancelled_at and held.starts_at - attendance.AROUND <= uow.now,
        "is_on": attendance.is_on(uow, held),
        "form": AbsenceForm(formdata=None, data={"expected_version": found.version}),
        "look": ParticipantsLookForm(),
        "is_teacher": is_teacher,
        "is_coming": is_ahead and is_teacher,
    }


def _group(group_id: UUID) -> dict[str, Any]:
    uow = current_uow()
    found: Group = queries.taught_group(uow, group_id)
    course = queries.course_behind(uow, found)
    pairs, line = participants(uow, found), waiting(uow, found)
    return {
        "group": found,
        "course": course,
        "pairs": pairs,
        "line": line,
        "lessons": lessons(uow, found),
        "opened": looked_at(uow, [booking for booking, _ in (*pairs, *line)]),
        "doubles": doubles(pairs),
        "fees": fees_of(uow, [booking.id for booking, _ in pairs]),
        "attended": attendance.attended_in(uow, found),
        "needed": attendance.needed(uow, course, found),
        "is_open": not found.cancelled_at and found.starts_at > uow.now,
        "is_over": found.ends_at <= uow.now,
        "states": STATES,
        "colours": COLOURS,
        "now": uow.now,
    }
