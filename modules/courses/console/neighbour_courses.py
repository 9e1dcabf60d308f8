"""Staff pages of courses of other municipalities: what they teach, and a draft made of it."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from obshto.modules.courses.console.courses import Answer, console
from obshto.modules.courses.forms import CourseCopyForm
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services import neighbour_courses as shared
from obshto.modules.courses.services.kinds import KINDS, LEVELS
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/others")
@requires(CoursesPermission.KEEP)
def others() -> str:
    """What neighbours have published, of one kind or all."""
    asked = request.args.get("kind", "")
    kind = asked if asked in KINDS else ""
    shown = {"offers": shared.offers(current_uow(), kind), "kind": kind}
    return render_template("courses/others.html", kinds=KINDS, levels=LEVELS, **shown)


@console.route("/others/<uuid:course_id>", methods=["GET", "POST"])
@requires(CoursesPermission.KEEP)
def copy_other(course_id: UUID) -> Answer:
    """The whole description to read, then a draft of it."""
    uow, form = current_uow(), CourseCopyForm()
    offered = shared.offer_of(uow, course_id)
    if form.validate_on_submit():
        made = shared.copy_from_neighbour(uow, offered, request_id=form.request_id.data)
        return see_other(".edit", course_id=made.id, said="courses.written")
    return filled("courses/copy_other.html", form, offered=offered, kinds=KINDS, levels=LEVELS)
