"""The page that says how whole the site is and leads to what is to mend."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.platform.selfcheck.permissions import SelfcheckPermission
from obshto.platform.selfcheck.services import UNSEEN, ask_to_look, report
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("selfcheck_console", __name__)


@console.get("/")
@requires(SelfcheckPermission.SEE)
def index() -> str:
    found = report(current_uow())
    version = found.version if found else UNSEEN
    return render_template("selfcheck/index.html", report=found, version=version)


@console.post("/again")
@requires(SelfcheckPermission.SEE)
def again() -> Response:
    ask_to_look(current_uow(), expected_version=seen_here())
    return see_other(".index", said="selfcheck.asked")
