"""Earlier texts of a page, beside the one of today."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.modules.pages.permissions import PagesPermission
from obshto.modules.pages.services import versions as kept
from obshto.modules.pages.services.reading import page_of
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import seen_here
from obshto.platform.web.moves import see_other
from obshto.platform.web.paging import page_number, paginate

versions = Blueprint("versions", __name__)


@versions.get("/<uuid:page_id>/versions")
@requires(PagesPermission.WRITE)
def index(page_id: UUID) -> str:
    work = current_work()
    text = page_of(work, page_id)
    listed = paginate(work.session, kept.versions_of(text), page_number())
    return render_template("pages/versions.html", text=text, page=listed)


@versions.get("/versions/<uuid:version_id>")
@requires(PagesPermission.WRITE)
def compare(version_id: UUID) -> str:
    found = kept.compared(current_work(), version_id)
    return render_template("pages/version.html", found=found, page=found.page)


@versions.post("/versions/<uuid:version_id>/revert")
@requires(PagesPermission.PUBLISH)
def revert(version_id: UUID) -> Response:
    work = current_work()
    version, page = kept.version_of(work, version_id, to_change=True)
    kept.revert_page(work, page, version, seen=seen_here())
    return see_other("pages_console.edit", page_id=page.id, said="pages.reverted")
