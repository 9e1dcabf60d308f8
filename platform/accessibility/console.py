"""What stands in people's way, until somebody has answered."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.platform.accessibility import services as barriers
from obshto.platform.accessibility.access_log import look_at_barriers
from obshto.platform.accessibility.permissions import AccessibilityPermission
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("accessibility_console", __name__)


@console.get("/")
@requires(AccessibilityPermission.ANSWER)
def index() -> str:
    page = paginate(current_uow().session, barriers.waiting(), page_number())
    look_at_barriers(current_uow(), page.rows)
    return render_template("accessibility/console.html", page=page)


@console.post("/<uuid:barrier_id>/answered")
@requires(AccessibilityPermission.ANSWER)
def answered(barrier_id: UUID) -> Response:
    barriers.answer(current_uow(), barrier_id, expected_version=seen_here())
    return see_other(".index", said="accessibility.answered")
