"""What is still missing, for those who answer for the portal."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from obshto.ops.onboarding.checklist import TITLES, WHERE, checklist
from obshto.ops.onboarding.permissions import OnboardingPermission
from obshto.platform.web.access import requires
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import current_municipality

console = Blueprint("onboarding_console", __name__)


@console.get("/")
@requires(OnboardingPermission.SEE)
def index() -> str:
    found = checklist(current_uow(), current_municipality() or abort(404))
    return render_template("onboarding/checklist.html", found=found, titles=TITLES, where=WHERE)
