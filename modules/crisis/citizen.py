"""Public pages: dangers that stand now and were, who wants to be called."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.crisis.errors import PhoneKnown
from obshto.modules.crisis.forms.call_list import OwnContactForm, shown_of
from obshto.modules.crisis.services import contacts, queries
from obshto.modules.crisis.services.kinds import KINDS
from obshto.modules.crisis.services.settlements import settlements_here
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("crisis_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    uow = current_uow()
    page = paginate(uow.session, queries.public(), page_number())
    texts = queries.latest_sent(uow, page.rows)
    keep_until(None)
    return render_template("crisis/index.html", page=page, texts=texts, names=settlements_here(uow))


@citizen.get("/<uuid:crisis_id>")
@open_to_all
def show(crisis_id: UUID) -> str:
    uow = current_uow()
    crisis = queries.public_crisis(uow, crisis_id)
    texts = [one for one in queries.texts_of(uow, crisis) if one.sent_at]
    keep_until(None)
    about = {"texts": texts, "names": settlements_here(uow), "kind": KINDS[crisis.kind]}
    return render_template("crisis/show.html", crisis=crisis, **about)


@citizen.route("/call-me", methods=["GET", "POST"])
@signed_in
def call_me() -> Response:
    """Who is signed in asks to be called, changes it."""
    uow, me = current_uow(), current_principal().person_id or abort(403)
    row = contacts.own_contact(uow, me, to_change=request.method == "POST")
    form = OwnContactForm(data=shown_of(row) if row else {"name": current_principal().name})
    form.offer(settlements_here(uow))
    if form.validate_on_submit():
        try:
            if row:
                seen = form.expected_version.data
                contacts.edit_contact(uow, row, form.told(), expected_version=seen)
            else:
                once = form.request_id.data
                contacts.write_contact(uow, form.told(), request_id=once, is_own=True)
            return see_other(".call_me", said="crisis.own-saved")
        except DomainError as refusal:
            tell(form, refusal, row, at={PhoneKnown: "phone"})
    if row:
        show_version(form, row)
    return private_page("crisis/call_me.html", form=form, row=row)


@citizen.post("/call-me/stop")
@signed_in
def stop() -> Response:
    """The consent is withdrawn: all of it goes at once."""
    uow, me = current_uow(), current_principal().person_id or abort(403)
    if row := contacts.own_contact(uow, me, to_change=True):
        contacts.remove_contact(uow, row, expected_version=seen_here())
    return see_other(".call_me", said="crisis.own-removed")
