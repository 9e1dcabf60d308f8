"""Sign-in and sign-out of a municipality's host."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.web.access import open_to_all
from obshto.platform.web.cookies import SESSION, cookie_name, delete_cookie, set_cookie
from obshto.platform.web.moves import is_own_path, see_other
from obshto.sso.demo.people import BY_KEY, PEOPLE
from obshto.tenants.api import (
    CITIZEN,
    STAFF,
    current_municipality,
    end_session,
    open_session,
    register_person,
)

front = Blueprint("sso_front", __name__)
HAS_DEMO_PEOPLE = "obshto.demo-people"


@front.get("/sign-in")
@open_to_all
def sign_in() -> str:
    """The people to choose from. Where there are none the page says that sign-in is to come."""
    here = current_municipality() or abort(404)
    people = PEOPLE if current_app.config[HAS_DEMO_PEOPLE] else ()
    return render_template("sso/sign_in.html", people=people, here=here, back=_way_back())


@front.post("/sign-in")
@open_to_all
def enter() -> Response:
    here = current_municipality() or abort(404)
    person = BY_KEY.get(request.form.get("person", ""))
    if person is None or not current_app.config[HAS_DEMO_PEOPLE]:
        abort(404)
    works_here = person.works_in(here.slug) and bool(person.roles)
    token = open_session(
        register_person(person.profile),
        municipality=here.slug,
        term=STAFF if works_here else CITIZEN,
    )
    answer = redirect(_way_back(), 303)
    set_cookie(answer, SESSION, token)  # type: ignore[arg-type]  # werkzeug's Response
    return answer


@front.post("/sign-out")
@open_to_all
def sign_out() -> Response:
    token = request.cookies.get(cookie_name(SESSION))
    if token:
        end_session(token)
    answer = see_other("tenants_portal.home", said="sso.signed-out")
    delete_cookie(answer, SESSION)  # type: ignore[arg-type]  # werkzeug's Response
    return answer


def _way_back() -> str:
    """Where the person was going; anything but a path of ours leads home."""
    path = request.values.get("next", "")
    return path if is_own_path(path) else f"{request.script_root}/"
