"""The yearly drill: when it was last, what is planned, its beginning."""

from __future__ import annotations

from obshto.modules.dataprotection.console.blueprint import Answer, console
from obshto.modules.dataprotection.forms import DrillForm
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services import drills
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.route("/drill", methods=["GET", "POST"])
@requires(DataProtectionPermission.INCIDENT)
def drill() -> Answer:
    """Plan the next one; the last one with its day, red once a year has passed."""
    uow = current_uow()
    found = drills.drill_standing(uow)
    form = DrillForm(obj=found.plan)
    if form.validate_on_submit():
        try:
            key, seen = form.request_id.data, form.expected_version.data
            drills.plan_drill(uow, form.words(), request_id=key, expected_version=seen)
            return see_other(".drill", said="dataprotection.drill-planned")
        except DomainError as refusal:
            tell(form, refusal, found.plan)
    if found.plan:
        show_version(form, found.plan)
    return filled("dataprotection/drill.html", form, found=found, now=uow.now)
