"""Staff pages of what is taught: courses, their groups, the figures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.courses.forms import (
    CourseCopyForm,
    EditCourseForm,
    EditGroupForm,
    NewCourseForm,
    NewGroupForm,
    fields_of,
    group_fields,
)
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services import courses as acts
from obshto.modules.courses.services import figures, queries, substitutes
from obshto.modules.courses.services.groups import (
    cancel_group,
    change_group,
    lessons,
    write_group,
)
from obshto.modules.courses.services.kinds import KINDS, LEVELS
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import ages, people_who_may, place_names, settlements_of
from obshto.tenants.ports import cashier

console = Blueprint("courses_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/catalogue")
@requires(CoursesPermission.KEEP)
def catalogue() -> str:
    uow, lists = current_uow(), queries.lists()
    chosen = request.args.get("list", "courses")
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(uow, lists)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    shown = {"page": page, "chosen": chosen, "counts": numbers}
    return render_template("courses/catalogue.html", kinds=KINDS, levels=LEVELS, **shown)


@console.route("/new", methods=["GET", "POST"])
@requires(CoursesPermission.KEEP)
def write() -> Answer:
    form = NewCourseForm()
    form.offer(cashier().kinds(current_uow()))
    if form.validate_on_submit():
        course = acts.write_course(current_uow(), form.entry(), request_id=form.request_id.data)
        return see_other(".edit", course_id=course.id, said="courses.written")
    return filled("courses/write.html", form)


@console.route("/<uuid:course_id>", methods=["GET", "POST"])
@requires(CoursesPermission.KEEP)
def edit(course_id: UUID) -> Answer:
    uow = current_uow()
    course = queries.course_of(uow, course_id, to_change=request.method == "POST")
    form = EditCourseForm(data=fields_of(course))
    form.offer(cashier().kinds(uow))
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            acts.edit_course(uow, course, form.entry(), expected_version=version)
            return see_other(".edit", course_id=course_id, said="courses.saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = course.version  # told once
    groups = queries.groups_of(uow, course)
    shown = {"course": course, "groups": groups, "numbers": queries.numbers_of(uow, groups)}
    return filled("courses/edit.html", form, copy=CourseCopyForm(), now=uow.now, **shown)


@console.post("/<uuid:course_id>/publish")
@requires(CoursesPermission.KEEP)
def publish(course_id: UUID) -> Response:
    return _shown(course_id, True, "courses.published")


@console.post("/<uuid:course_id>/hide")
@requires(CoursesPermission.KEEP)
def hide(course_id: UUID) -> Response:
    return _shown(course_id, False, "courses.hidden")


@console.post("/<uuid:course_id>/copy")
@requires(CoursesPermission.KEEP)
def copy(course_id: UUID) -> Response:
    """A draft with the same words."""
    uow, form = current_uow(), CourseCopyForm()
    course = queries.course_of(uow, course_id)
    if not form.validate_on_submit():  # without its id a second press would be a second copy
        abort(422)
    made = acts.copy_course(uow, course, request_id=form.request_id.data)
    return see_other(".edit", course_id=made.id, said="courses.written")


@console.route("/<uuid:course_id>/groups/new", methods=["GET", "POST"])
@requires(CoursesPermission.KEEP)
def write_one(course_id: UUID) -> Answer:
    uow = current_uow()
    course = queries.course_of(uow, course_id, to_change=request.method == "POST")
    form = NewGroupForm(**_choices())
    if form.validate_on_submit():
        try:
            key = form.request_id.data
            write_group(uow, course, form.entry(), form.series(), request_id=key)
            return see_other(".edit", course_id=course_id, said="courses.saved")
        except DomainError as refusal:
            form.first.errors = [str(refusal)]
    return filled("courses/group_form.html", form, course=course, group=None)


@console.route("/groups/<uuid:group_id>/edit", methods=["GET", "POST"])
@requires(CoursesPermission.KEEP)
def edit_one(group_id: UUID) -> Answer:
    uow = current_uow()
    group = queries.group_of(uow, group_id, to_change=request.method == "POST")
    course = queries.course_behind(uow, group)
    form = EditGroupForm(**_choices(), data=group_fields(group))
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            change_group(uow, course, group, form.entry(), expected_version=version)
            return see_other(".edit", course_id=course.id, said="courses.saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = group.version
    planned = [one for one in lessons(uow, group) if substitutes.is_planned(uow, group, one)]
    return filled("courses/group_form.html", form, course=course, group=group, planned=planned)


@console.post("/groups/<uuid:group_id>/cancel")
@requires(CoursesPermission.KEEP)
def cancel_one(group_id: UUID) -> Response:
    """It does not take place; each person is told."""
    uow = current_uow()
    group = queries.group_of(uow, group_id, to_change=True)
    course = queries.course_behind(uow, group)
    cancel_group(uow, course, group, expected_version=seen_here())
    return see_other(".edit", course_id=course.id, said="courses.group-cancelled")


@console.get("/figures")
@requires(CoursesPermission.OVERSEE)
def numbers() -> str:
    """Who comes, by village and by age; who found no place."""
    uow = current_uow()
    places = place_names(uow.scope.slug, current_language())
    return render_template(
        "courses/figures.html",
        villages=figures.by_village(uow, places),
        by_age=figures.by_age(uow, ages()),
        lacking=figures.without_place(uow),
        waiting=figures.waiting_for_group(uow),
    )


def _shown(course_id: UUID, is_shown: bool, said: str) -> Response:
    uow = current_uow()
    course = queries.course_of(uow, course_id, to_change=True)
    acts.publish_course(uow, course, is_shown, expected_version=seen_here())
    return see_other(".edit", course_id=course_id, said=said)


def _choices() -> dict[str, Any]:
    """Places of the municipality and those who may teach."""
    uow = current_uow()
    places = {
        place.ekatte: {**place.names, "bg": f"{place.kind} {place.names['bg']}"}
        for place in settlements_of(uow.scope.slug)
    }
    return {"places": places, "teachers": people_who_may(uow, CoursesPermission.TEACH)}
