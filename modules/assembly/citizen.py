"""Public pages of assembly: the list, one assembly, its notice for print."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.assembly.forms.page_context import common_words, page_words
from obshto.modules.assembly.services import papers, queries, rules
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.thread.lines import line_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import public_pdf
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("assembly_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    uow, chosen = current_uow(), request.args.get("list", "")
    chosen = chosen if chosen in queries.LISTS else ""
    page = paginate(uow.session, queries.public(chosen), page_number())
    agendas = queries.questions_of(uow, [row.id for row in page.rows])
    about = {"page": page, "chosen": chosen, "agendas": agendas}
    about["law"] = rules.way_of_an_assembly(day_of(uow.now))
    return render_template("assembly/index.html", **about, **common_words(uow))


@citizen.get("/<uuid:assembly_id>")
@open_to_all
def show(assembly_id: UUID) -> str:
    """The notice before, the result after, what followed."""
    uow = current_uow()
    found = queries.public_assembly(uow, assembly_id)
    keep_until(next_midnight(uow.now))  # a term passes then
    about = page_words(uow, found) | common_words(uow)
    about["thread"] = line_of(uow, "assembly", found.id)
    return render_template("assembly/show.html", **about)


@citizen.get("/<uuid:assembly_id>/notice.pdf")
@open_to_all
def notice(assembly_id: UUID) -> Response:
    uow = current_uow()
    found = queries.public_assembly(uow, assembly_id)
    return public_pdf("obyava", papers.notice_pdf(uow, found, queries.agenda_of(uow, found)))
