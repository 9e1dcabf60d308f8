"""The statement, and the form on which one says what stood in the way."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.accessibility.forms import BarrierForm
from obshto.platform.accessibility.services import tell
from obshto.platform.accessibility.settings import AccessibilitySettings
from obshto.platform.settings.services import settings_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("accessibility_citizen", __name__)
MADE_ON = date(2026, 11, 26)  # the day of the last look at the whole portal by its makers


@citizen.get("/")
@open_to_all
def statement() -> str:
    uow = current_uow()
    own = settings_of(uow, "accessibility", AccessibilitySettings)
    shown = {"scope": uow.within, "exceptions": own.exceptions, "made_on": MADE_ON}
    return render_template("accessibility/statement.html", **shown)


@citizen.route("/tell", methods=["GET", "POST"])
@open_to_all
def barrier() -> str | tuple[str, int] | Response:
    g.is_personal = True  # its request_id is for one reader: no cache may give it to another
    form = BarrierForm(data={"page": request.args.get("page", "")[:300]})
    if form.validate_on_submit() and form.passes():
        tell(current_uow(), form.told(), request_id=form.request_id.data)
        return see_other(".statement", said="accessibility.told")
    filled = render_template("accessibility/tell.html", form=form)
    return (filled, 422) if form.errors or form.is_asking else filled
