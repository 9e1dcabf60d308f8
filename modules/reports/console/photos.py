"""Staff pages of a report's photographs: shown, and covered before everybody sees them."""

from __future__ import annotations

from uuid import UUID

from flask import g
from werkzeug.wrappers import Response

from obshto.modules.reports.console.blueprint import (
    HANDLE,
    INSPECT,
    Answer,
    back_to,
    console,
    to_change,
)
from obshto.modules.reports.forms.acts import CoverForm
from obshto.modules.reports.services import access_log
from obshto.modules.reports.services.photos import file_among, photos_of
from obshto.modules.reports.services.report_actions import cover_photo
from obshto.platform.errors import DomainError
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, show_version, tell
from obshto.platform.web.request_uow import current_uow


@console.get("/<uuid:report_id>/photos/<uuid:photo_id>")
@requires(HANDLE, INSPECT)
def photo(report_id: UUID, photo_id: UUID) -> Response:
    g.is_personal = True
    uow = current_uow()
    found = to_change(report_id)
    return send_file(uow, file_among(uow, photos_of(uow, found), photo_id))


@console.route("/<uuid:report_id>/photos/<uuid:photo_id>/cover", methods=["GET", "POST"])
@requires(HANDLE, INSPECT)
def cover(report_id: UUID, photo_id: UUID) -> Answer:
    """Faces and number plates, before it is shown; what was there is gone for good."""
    uow, found, form = current_uow(), to_change(report_id), CoverForm()
    file = file_among(uow, photos_of(uow, found), photo_id)
    access_log.look_at_told(uow, found)
    if form.validate_on_submit():
        once, version = form.request_id.data, form.expected_version.data
        areas = form.areas.areas or ()
        try:
            cover_photo(uow, found, photo_id, areas, request_id=once, expected_version=version)
            return back_to(report_id, "reports.covered")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("reports/cover.html", form, report=found, photo_id=photo_id, file=file)
