"""Staff pages of calls that somebody asked for who fills in an application."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from obshto.modules.eservices.console.blueprint import console
from obshto.modules.eservices.forms.draft_form import answered_pages
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.call_backs import CALL_DESK, shown_draft
from obshto.modules.eservices.services.catalogue import service_behind
from obshto.platform.calls.pages import add_call_pages
from obshto.platform.web.access import requires
from obshto.platform.web.request_uow import current_uow

add_call_pages(console, CALL_DESK)


@console.get("/calls/<uuid:call_id>/draft")
@requires(ServicesPermission.HANDLE)
def called_draft(call_id: UUID) -> str:
    """What is filled in so far, of who lets staff read it."""
    draft = shown_draft(current_uow(), call_id)
    return render_template(
        "eservices/called_draft.html",
        service=service_behind(current_uow(), draft),
        pages=answered_pages(draft),
    )
