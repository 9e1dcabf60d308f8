"""The operations host's list of municipalities, and the way into one."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from obshto.ops.forms import StepInForm
from obshto.platform.web.access import requires
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.api import (
    RegionPermission,
    find_municipality,
    municipalities,
    step_in,
    steps_in,
)

entry = Blueprint("entry", __name__)


@entry.get("/municipalities")
@requires(RegionPermission.SEE)
def index() -> str:
    me = current_principal().person_id or abort(403)
    return render_template(
        "ops/municipalities.html", everyone=municipalities(), inside=steps_in(current_uow(), me)
    )


@entry.route("/municipalities/<slug>/step-in", methods=["GET", "POST"])
@requires(RegionPermission.STEP_IN)
def begin(slug: str) -> str | tuple[str, int] | Response:
    """Ask for a reason. The way over is a link: a form may not lead to another host."""
    here = find_municipality(slug) or abort(404)
    form = StepInForm()
    if form.validate_on_submit():
        step_in(
            current_uow(),
            slug,
            reason=form.reason.data.strip(),
            minutes=form.minutes.data,
            request_id=form.request_id.data,
        )
        return see_other(".index", said="ops.stepped-in")
    page = render_template("ops/step_in.html", form=form, here=here)
    return (page, 422) if form.errors else page
