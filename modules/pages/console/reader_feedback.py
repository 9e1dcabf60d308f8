"""What readers found unclear, and links that lead nowhere."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.modules.pages.permissions import PagesPermission
from obshto.modules.pages.services import answers as given
from obshto.modules.pages.services.links import listed
from obshto.modules.pages.services.queries import pages_named
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

listening = Blueprint("listening", __name__)


@listening.get("/answers")
@requires(PagesPermission.LISTEN)
def answers() -> str:
    uow = current_uow()
    page = paginate(uow.session, given.unread(), page_number())
    about = pages_named(uow, {row.page_id for row in page.rows})
    return render_template("pages/answers.html", page=page, about=about)


@listening.post("/answers/<uuid:answer_id>/read")
@requires(PagesPermission.LISTEN)
def mark_read(answer_id: UUID) -> Response:
    uow = current_uow()
    answer, page = given.answer_of(uow, answer_id)
    given.mark_read(uow, answer, page, expected_version=seen_here())
    return see_other("pages_console.listening.answers", said="pages.answer-read")


@listening.get("/links")
@requires(PagesPermission.WRITE)
def links() -> str:
    uow = current_uow()
    page = paginate(uow.session, listed(), page_number())
    on = pages_named(uow, {row.page_id for row in page.rows})
    return render_template("pages/links.html", page=page, on=on)
