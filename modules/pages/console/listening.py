"""What readers found unclear, and links that lead nowhere."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.modules.pages.permissions import PagesPermission
from obshto.modules.pages.services import answers as given
from obshto.modules.pages.services.links import listed
from obshto.modules.pages.services.reading import pages_named
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import seen_here
from obshto.platform.web.moves import see_other
from obshto.platform.web.paging import page_number, paginate

listening = Blueprint("listening", __name__)


@listening.get("/answers")
@requires(PagesPermission.LISTEN)
def answers() -> str:
    work = current_work()
    page = paginate(work.session, given.unread(), page_number())
    about = pages_named(work, {row.page_id for row in page.rows})
    return render_template("pages/answers.html", page=page, about=about)


@listening.post("/answers/<uuid:answer_id>/read")
@requires(PagesPermission.LISTEN)
def mark_read(answer_id: UUID) -> Response:
    work = current_work()
    answer, page = given.answer_of(work, answer_id)
    given.mark_read(work, answer, page, seen=seen_here())
    return see_other("pages_console.listening.answers", said="pages.answer-read")


@listening.get("/links")
@requires(PagesPermission.WRITE)
def links() -> str:
    work = current_work()
    page = paginate(work.session, listed(), page_number())
    on = pages_named(work, {row.page_id for row in page.rows})
    return render_template("pages/links.html", page=page, on=on)
