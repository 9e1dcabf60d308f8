"""Public pages of initiatives, and those of a committee."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.initiatives.forms.context import (
    common_words,
    moderation_words,
    page_words,
    units_here,
)
from obshto.modules.initiatives.forms.desk import mount_initiatives
from obshto.modules.initiatives.forms.fields import InitiativeForm
from obshto.modules.initiatives.services import initiatives, queries
from obshto.modules.initiatives.services.committee import COMMITTEE
from obshto.modules.initiatives.services.moderation import flag_initiative, words_of
from obshto.modules.initiatives.services.petition import PETITION
from obshto.platform.clock import next_midnight
from obshto.platform.errors import DomainError
from obshto.platform.moderation.pages import FlaggedThing, flag_page
from obshto.platform.petitions.desk import Answer
from obshto.platform.petitions.forms import JoinForm
from obshto.platform.thread.lines import line_of
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("initiatives_citizen", __name__)
COUNTED = timedelta(minutes=10)  # rows entered or checked meanwhile show after that


@citizen.get("/")
@open_to_all
def index() -> str:
    uow, chosen = current_uow(), request.args.get("list", "")
    chosen = chosen if chosen in queries.LISTS else ""
    page = paginate(uow.session, queries.public_list(chosen), page_number())
    answers = queries.answers_of(uow, [row.id for row in page.rows])
    shown = {"page": page, "chosen": chosen, "answers": answers}
    return render_template("initiatives/index.html", **shown, **common_words(uow))


@citizen.get("/<uuid:initiative_id>")
@open_to_all
def show(initiative_id: UUID) -> str:
    uow = current_uow()
    initiative = queries.public_initiative(uow, initiative_id)
    keep_until(next_midnight(uow.now))  # a term passes then
    is_counted = initiative.state in (*PETITION.enterable, *PETITION.checked)
    keep_until(uow.now + COUNTED if is_counted else None)
    members = COMMITTEE.number_of_members(uow, initiative)
    shown = page_words(uow, initiative, is_public=True) | common_words(uow)
    shown |= moderation_words(uow, initiative)
    shown |= {"members": members, "thread": line_of(uow, "initiatives", initiative.id)}
    return render_template("initiatives/show.html", initiative=initiative, **shown)


@citizen.route("/<uuid:initiative_id>/flag", methods=["GET", "POST"])
@open_to_all
def flag(initiative_id: UUID) -> Response:
    """Somebody says that it breaks a rule."""
    uow, is_sent = current_uow(), request.method == "POST"
    found = queries.public_initiative(uow, initiative_id, to_change=is_sent)
    thing = FlaggedThing(
        heading=gettext("Какво не е наред с гражданската инициатива?"),
        words=words_of(found),
        back_url=url_for(".show", initiative_id=initiative_id),
        is_hidden=found.hidden_at is not None,
    )

    def act(rule: str, request_id: UUID) -> None:
        flag_initiative(uow, found, rule, request_id=request_id)

    return flag_page(thing, act)


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, queries.committees_of(me), page_number())
    return private_page("initiatives/mine.html", page=page, **common_words(uow))


@citizen.route("/new", methods=["GET", "POST"])
@signed_in
def new() -> Answer:
    """A committee begins with what it proposes."""
    uow, form = current_uow(), InitiativeForm()
    form.offer(units_here(uow))
    if form.validate_on_submit():
        request_id = form.request_id.data
        initiative = initiatives.write_initiative(uow, form.said(), request_id=request_id)
        return see_other(".desk", initiative_id=initiative.id, said="initiatives.drafted")
    words = {"layout": "site.html", "is_staff": False, "initiative": None}
    return filled("initiatives/edit.html", form, **words, **common_words(uow))


@citizen.route("/join", methods=["GET", "POST"])
@signed_in
def join() -> Answer:
    """A member takes the place in a committee by its code."""
    form = JoinForm()
    if form.validate_on_submit():
        try:
            initiative = COMMITTEE.join(current_uow(), form.code.data)
            return see_other(".desk", initiative_id=initiative.id, said="initiatives.joined")
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    above = (gettext("Граждански инициативи"), url_for(".index"))
    return filled("petitions/join.html", form, above=above)


mount_initiatives(
    blueprint=citizen,
    prefix="/committee",
    access=signed_in,
    rows_access=signed_in,
    find=queries.own_initiative,
    layout="site.html",
    is_staff=False,
)
