"""Staff page of the text after the opinions: typed or brought, compared, published."""

from __future__ import annotations

from uuid import UUID

from flask import request

from obshto.modules.consultations import forms
from obshto.modules.consultations.console.consultations import Page, back, console, context
from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.services import queries, versions
from obshto.modules.consultations.services.states import state_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files


@console.route("/<uuid:consultation_id>/version", methods=["GET", "POST"])
@requires(ConsultationsPermission.PUBLISH)
@takes_files
def version(consultation_id: UUID) -> Page:
    """First the changes are shown with who seems to have moved them, then they are published."""
    uow = current_uow()
    found = queries.consultation_of(uow, consultation_id)
    there = versions.versions_of(uow, found)
    now = "\n".join(one.text for one in versions.newest_text(found, there))
    form = forms.VersionForm(data={"draft": now, "follows": len(there) + 1})
    is_brought = request.method == "POST" and bool(form.document.data)
    told = form.take_document() if is_brought else None
    is_valid = not is_brought and form.validate_on_submit()
    is_seen = is_valid and request.form.get("seen") == form.fingerprint
    words = form.told(request.form)
    if is_seen and request.form.get("step") == "publish":
        try:
            once = form.request_id.data
            versions.publish_version(uow, found.id, words, request_id=once)
            return back(consultation_id, "consultations.version-published")
        except DomainError as refusal:
            forms.put_refusal(form, refusal)
            form.follows.data = len(there) + 1  # what the page compares with from here on
    changes = []
    if is_seen:
        changes = versions.typed_changes(found, there, words)
    elif is_valid or told is not None:
        changes = versions.proposed_changes(uow, found, there, form.lines)
    shown = {"consultation": found, "state": state_of(found, uow.now), "changes": changes}
    return filled("consultations/version.html", form, told=told, **shown, **context())
