"""Staff pages of one lesson that somebody else teaches: choosing them, opening its names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from obshto.modules.courses.console.courses import Answer, console
from obshto.modules.courses.console.groups import booked_in, meeting
from obshto.modules.courses.forms import ParticipantsLookForm, SubstituteForm
from obshto.modules.courses.models import CourseLesson, Group
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services import attendance, queries, substitutes
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings.access_log import look_at
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

LESSON = "/groups/<uuid:group_id>/lessons/<uuid:lesson_id>"


@console.route(f"{LESSON}/substitute", methods=["GET", "POST"])
@requires(CoursesPermission.TEACH)
def substitute(group_id: UUID, lesson_id: UUID) -> Answer:
    """Who teaches this lesson; those who are enrolled and the substitute are told."""
    uow, form = current_uow(), SubstituteForm()
    found = substitutes.planned_lesson(uow, group_id, lesson_id, to_change=form.is_submitted())
    group, lesson = found
    form.offer(group, lesson, substitutes.candidates(uow, group))
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            substitutes.choose_substitute(uow, *found, form.chosen, expected_version=seen)
            to = ".group" if queries.teaches(uow, group) else ".edit_one"
            return see_other(to, group_id=group_id, said="courses.substituted")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = lesson.version
    return filled("courses/substitute.html", form, **_about(group, lesson))


@console.post(f"{LESSON}/look")
@requires(CoursesPermission.TEACH)
def open_lesson_names(group_id: UUID, lesson_id: UUID) -> Answer:
    """The names of the list of one lesson, each with its look."""
    uow, form = current_uow(), ParticipantsLookForm()
    group, lesson = substitutes.held_lesson(uow, group_id, lesson_id)
    pairs = booked_in(group)
    if form.validate_on_submit():
        look_at(
            uow,
            PART,
            [booking for booking, _ in pairs],
            form.purpose.data,
            reason=form.typed_reason(),
        )
        to = {"group_id": group_id, "lesson_id": lesson_id}
        return see_other(".lesson", **to, said="courses.looked")
    shown = meeting(group, lesson, pairs) | {"look": form, "refusal": ""}
    came = set(attendance.attendance_of(uow, lesson))
    return render_template("courses/lesson.html", came=came, **shown), 422


def _about(group: Group, lesson: CourseLesson) -> dict[str, Any]:
    uow = current_uow()
    return {
        "group": group,
        "lesson": lesson,
        "course": queries.course_behind(uow, group),
        "is_planned": substitutes.is_planned(uow, group, lesson),
        "is_teacher": queries.teaches(uow, group),
    }
