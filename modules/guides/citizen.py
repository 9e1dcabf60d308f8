"""Public pages of guides."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, g, render_template, request
from werkzeug.wrappers import Response as Answer

from obshto.modules.guides.forms.texts import YES, ReadingForm
from obshto.modules.guides.models import CitizenGuide
from obshto.modules.guides.services import queries
from obshto.modules.guides.services.kind import KIND
from obshto.modules.guides.services.page_context import page_of, places_here
from obshto.modules.guides.services.readings import count_reading
from obshto.platform.editorial.attachments import file_for, leads_of
from obshto.platform.publication_window import next_change
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("guides_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    """All guides by title; with `q` those that have all of these words."""
    uow, words = current_uow(), request.args.get("q", "").strip()[:100]
    keep_until(next_change(uow, CitizenGuide))
    page = paginate(uow.session, queries.public(uow, words), page_number())
    shown = queries.translations(uow, page.rows, current_language())
    leads = leads_of(uow, KIND, [guide.id for guide in page.rows])
    return render_template(
        "guides/index.html", page=page, words=words, translated=shown, leads=leads
    )


@citizen.get("/<uuid:guide_id>")
@open_to_all
def show(guide_id: UUID) -> str:
    uow = current_uow()
    guide = queries.public_guide(uow, guide_id)
    return render_template("guides/show.html", **page_of(uow, guide, current_language()))


@citizen.get("/files/<uuid:attachment_id>")
@open_to_all
def file(attachment_id: UUID) -> Response:
    uow = current_uow()
    return send_file(uow, file_for(uow, KIND, attachment_id))


@citizen.route("/<uuid:guide_id>/read", methods=["GET", "POST"])
@open_to_all
def read(guide_id: UUID) -> str | tuple[str, int] | Answer:
    """Who came to the end says whether it was of use."""
    uow = current_uow()
    g.is_personal = True  # its request_id is for one reader: no cache may give it to another
    guide = queries.public_guide(uow, guide_id)
    names = places_here(uow, current_language())
    form = ReadingForm(data={"was_useful": request.args.get("answer")}, names=names)
    if form.validate_on_submit() and form.passes():
        count_reading(
            uow,
            guide,
            was_useful=form.was_useful.data == YES,
            settlement=form.settlement.data or "",
            request_id=form.request_id.data,
        )
        return see_other("guides_citizen.show", guide_id=guide.id, said="guides.read")
    page = render_template("guides/read.html", guide=guide, form=form)
    return (page, 422) if form.errors or form.is_asking else page
