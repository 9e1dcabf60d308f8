"""Staff page of the text after the opinions: typed or brought, compared, published."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import request

from obshto.modules.consultations import forms
from obshto.modules.consultations.console.consultations import Page, back, console, context
from obshto.modules.consultations.models import Consultation
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
    form = forms.DraftVersionForm(data={"draft": now, "follows": len(there) + 1})
    told = form.take_document()
    is_valid = not form.document.data and form.validate_on_submit()
    changes: Sequence[versions.ParagraphChange] = ()
    if is_valid and request.form.get("seen") == form.fingerprint:
        words = form.told(request.form)
        if request.form.get("step") == "publish" and _is_published(found, form, words):
            return back(consultation_id, "consultations.version-published")
        form.follows.data = len(there) + 1  # what the page compares with from here on
        changes = versions.typed_changes(found, there, words)
    elif is_valid or told is not None:
        changes = versions.proposed_changes(uow, found, there, form.lines)
    shown = {"consultation": found, "state": state_of(found, uow.now), "changes": changes}
    return filled("consultations/version.html", form, told=told, **shown, **context())


def _is_published(
    found: Consultation, form: forms.DraftVersionForm, words: versions.VersionWords
) -> bool:
    """Or why not, in the form."""
    try:
        once = form.request_id.data
        versions.publish_version(current_uow(), found.id, words, request_id=once)
    except DomainError as refusal:
        forms.put_refusal(form, refusal)
        return False
    return True
