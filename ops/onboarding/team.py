"""The team's pages on the operations host: let a municipality in, watch it come."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.ops.onboarding.checklist import TITLES
from obshto.ops.onboarding.forms import WelcomeForm
from obshto.ops.onboarding.models import OnboardingStep
from obshto.ops.onboarding.services import ask_for_portal, try_again, welcome_of, welcomes
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import RegionPermission, find_municipality

welcoming = Blueprint("welcoming", __name__)


@welcoming.get("/welcome")
@requires(RegionPermission.WELCOME)
def index() -> str:
    return render_template("onboarding/index.html", rows=welcomes(current_uow()))


@welcoming.route("/welcome/new", methods=["GET", "POST"])
@requires(RegionPermission.WELCOME)
def new() -> str | tuple[str, int] | Response:
    form = WelcomeForm()
    form.offer()
    if form.validate_on_submit():
        asked = ask_for_portal(
            current_uow(),
            form.slug.data.strip(),
            form.given(),
            reason=form.reason.data.strip(),
            request_id=form.request_id.data,
        )
        return see_other(".show", slug=asked.slug, said="onboarding.asked")
    return filled("onboarding/new.html", form)


@welcoming.get("/welcome/<slug>")
@requires(RegionPermission.WELCOME)
def show(slug: str) -> str:
    welcome = welcome_of(current_uow(), slug)
    here = find_municipality(slug)
    return render_template(
        "onboarding/show.html", it=welcome, steps=OnboardingStep, here=here, titles=TITLES
    )


@welcoming.post("/welcome/<slug>/again")
@requires(RegionPermission.WELCOME)
def again(slug: str) -> Response:
    try_again(current_uow(), welcome_of(current_uow(), slug))
    return see_other(".show", slug=slug, said="onboarding.again")
