"""A person's own page: what we know of them, where they are signed in, the way out everywhere."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.unit_of_work import open_uow
from obshto.platform.web.access import also_when_read_only, also_while_acting, signed_in
from obshto.platform.web.cookies import SESSION, cookie_name, delete_cookie
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.people.credentials import credentials_of
from obshto.tenants.people.directory import change_contact, people_of
from obshto.tenants.people.failures import failures_of
from obshto.tenants.people.models import Person
from obshto.tenants.people.national import identity_of
from obshto.tenants.people.sessions import (
    act_under,
    end_one_session,
    session_behind,
    sessions_of,
    sign_out_everywhere,
)
from obshto.tenants.people.step_in import step_out
from obshto.tenants.portal.forms import ContactForm
from obshto.tenants.portal.territory import municipalities
from obshto.tenants.request_gate import current_municipality

account = Blueprint("account", __name__)


@account.route("/account", methods=["GET", "POST"])
@signed_in
def show() -> str | tuple[str, int] | Response:
    person = _person()
    form = ContactForm(obj=person)
    if form.validate_on_submit():
        change_contact(person.id, phone=form.number(), language=form.language.data)
        return see_other(".show", said="tenants.contact-changed")
    names = {tenant.slug: tenant.titles for tenant in municipalities(with_practice=True)}
    works_in = [(slug, names[slug]) for slug in names if slug in person.works_in]
    page = render_template(
        "tenants/account.html",
        person=person,
        known=identity_of(current_uow(), person.id),
        form=form,
        sessions=sessions_of(person.id),
        own=session_behind(_token()),
        names=names,
        works_in=works_in,
        failures=failures_of(person.id),
    )
    return (page, 422) if form.errors else page


@account.get("/account/ways")
@signed_in
def ways() -> str:
    """By what I sign in. Each change leads to the provider, which alone can make it."""
    return render_template("tenants/ways.html", ways=credentials_of(_person()))


@account.post("/account/sessions/<uuid:session_id>/end")
@also_when_read_only
@signed_in
def end(session_id: UUID) -> Response:
    """Another device is signed out. Somebody else's session does not exist for me."""
    here = session_behind(_token())
    ended = end_one_session(_me(), session_id, own=here.idp_session if here else None)
    if ended is None:
        abort(404)
    return see_other(".show", said="tenants.session-ended" if ended else "tenants.session-half")


@account.post("/account/sign-out-everywhere")
@also_when_read_only
@signed_in
def end_all() -> Response:
    is_out_there = sign_out_everywhere(_person())
    said = "sso.signed-out" if is_out_there else "tenants.signed-out-here"
    answer = see_other("tenants_portal.home", said=said)
    delete_cookie(answer, SESSION)
    return answer


@account.post("/stop-acting")
@also_when_read_only
@also_while_acting
@signed_in
def stop_acting() -> Response:
    """From now on whoever is signed in acts for themselves again."""
    act_under(_token(), None)
    return see_other("tenants_portal.home", said="tenants.delegation_gate-stopped")


@account.post("/step-out")
@also_when_read_only
@also_while_acting
@signed_in
def leave_municipality() -> Response:
    """The region's specialist has finished here."""
    here, who = current_municipality() or abort(404), current_principal()
    with open_uow(None, who) as region:
        step_out(region, here.slug, _me())
    return see_other("tenants_portal.home", said="tenants.stepped-out")


def _person() -> Person:
    """Who has left the directory since they signed in has no page here any more."""
    return people_of({_me()}).get(_me()) or abort(404)


def _me() -> UUID:
    return current_principal().person_id or abort(403)


def _token() -> str:
    return request.cookies.get(cookie_name(SESSION), "")
