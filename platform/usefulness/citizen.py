"""Page on which a reader says whether something was of use."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.usefulness.forms import YES, UsefulnessForm
from obshto.platform.usefulness.services import count_answer, entries_here
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import SAID, on_to, with_flash
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("usefulness_citizen", __name__)
COUNTED = "usefulness.counted"


@citizen.route("/<part>/<uuid:object_id>", methods=["GET", "POST"])
@open_to_all
def ask(part: str, object_id: UUID) -> str | tuple[str, int] | Response:
    uow = current_uow()
    g.is_personal = True  # its request_id is for one reader: no cache may give it to another
    entry = entries_here(uow, part, {object_id}, current_language()).get(object_id) or abort(404)
    form = UsefulnessForm(data={"was_useful": request.args.get("answer")})
    if form.validate_on_submit() and form.passes():
        was_useful, request_id = form.was_useful.data == YES, form.request_id.data
        count_answer(uow, part, object_id, was_useful=was_useful, request_id=request_id)
        return with_flash(on_to(f"{entry.path}?{SAID}={COUNTED}"), COUNTED)
    page = render_template("usefulness/ask.html", part=part, entry=entry, form=form)
    return (page, 422) if form.errors or form.is_asking else page
