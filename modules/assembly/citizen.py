"""Public pages of assembly: the list, one assembly, its notice for print, petitions for one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.assembly.forms.page_context import common_words, page_words
from obshto.modules.assembly.forms.petition_context import petition_common, petition_words
from obshto.modules.assembly.forms.petition_desk import mount_petitions
from obshto.modules.assembly.forms.petition_fields import AssemblyPetitionForm
from obshto.modules.assembly.services import papers, petition_queries, petitions, queries, rules
from obshto.modules.assembly.services.places import units_here
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.petitions.desk import Answer
from obshto.platform.thread.lines import line_of
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.file_responses import public_pdf
from obshto.platform.web.forms import filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("assembly_citizen", __name__)
COUNTED = timedelta(minutes=10)  # rows entered or checked meanwhile show after that


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


@citizen.get("/petitions/", endpoint="petitions")
@open_to_all
def petition_list() -> str:
    """Every petition that may be or was signed."""
    uow = current_uow()
    page = paginate(uow.session, petition_queries.public_petitions(), page_number())
    law = rules.way_of_an_assembly(day_of(uow.now))[:1]
    about = {"page": page, "law": law, **petition_common(uow)}
    return render_template("assembly/petitions.html", **about)


@citizen.get("/petitions/<uuid:petition_id>")
@open_to_all
def petition(petition_id: UUID) -> str:
    uow = current_uow()
    found = petition_queries.public_petition(uow, petition_id)
    keep_until(min(next_midnight(uow.now), uow.now + COUNTED))
    called = petition_queries.notice_of(uow, found)
    called = called if called and called.sequence else None  # a draft is of staff
    about = petition_words(uow, found) | petition_common(uow)
    return render_template("assembly/petition_show.html", petition=found, called=called, **about)


@citizen.get("/petitions/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, petition_queries.petitions_of(me), page_number())
    return private_page("assembly/petition_mine.html", page=page, **petition_common(uow))


@citizen.route("/petitions/new", methods=["GET", "POST"])
@signed_in
def new_petition() -> Answer:
    """Whoever wants an assembly begins with its questions."""
    uow, form = current_uow(), AssemblyPetitionForm()
    form.offer(units_here(uow))
    if form.validate_on_submit():
        once = form.request_id.data
        row = petitions.write_petition(uow, form.said(), request_id=once)
        return see_other(".petition_desk", petition_id=row.id, said="assembly.petition")
    words = {"layout": "site.html", "is_staff": False, "petition": None}
    return filled("assembly/petition_edit.html", form, **words)


mount_petitions(
    blueprint=citizen,
    prefix="/petitions/mine",
    access=signed_in,
    rows_access=signed_in,
    find=petition_queries.own_petition,
    layout="site.html",
    is_staff=False,
)
