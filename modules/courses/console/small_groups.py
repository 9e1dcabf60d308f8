"""Staff pages of groups that begin soon with too few people, to be decided about."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from obshto.modules.courses.console.courses import console
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services import queries
from obshto.modules.courses.services.groups import let_go_on
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/groups/small")
@requires(CoursesPermission.KEEP)
def small() -> str:
    uow = current_uow()
    page = paginate(uow.session, queries.small_groups(uow), page_number())
    return render_template(
        "courses/small.html",
        page=page,
        days=queries.DECIDED.days,
        courses=queries.courses_behind(uow, page.rows),
        numbers=queries.numbers_of(uow, page.rows),
    )


@console.post("/groups/<uuid:group_id>/go-on")
@requires(CoursesPermission.KEEP)
def go_on(group_id: UUID) -> Response:
    """It takes place with however few."""
    uow = current_uow()
    group = queries.group_of(uow, group_id, to_change=True)
    let_go_on(uow, queries.course_behind(uow, group), group, expected_version=seen_here())
    return see_other(".small", said="courses.goes-on")
