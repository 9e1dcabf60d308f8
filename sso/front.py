"""Sign-in and sign-out of the hosts where people have something to do."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, abort, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.scope import PRACTICE
from obshto.platform.unit_of_work import Principal
from obshto.platform.web.access import also_when_read_only, also_while_acting, open_to_all
from obshto.platform.web.cookies import BROWSER, SESSION, cookie_name, delete_cookie, set_cookie
from obshto.platform.web.hosts import LABEL, Host
from obshto.platform.web.redirects import is_own_path, said_by, with_flash, without_said
from obshto.platform.web.request_uow import act_as, current_principal, current_uow
from obshto.sso.account_actions import Act, act_named
from obshto.sso.oidc import ProviderUnavailable, current_provider
from obshto.sso.services import begin_session, hashed, take_hand_off
from obshto.sso.trial import TrialForm, begin_trial
from obshto.tenants.api import (
    CITIZEN,
    Term,
    current_place,
    device_of,
    end_session,
    end_sessions,
    is_on_shared_computer,
    person_of,
    session_behind,
)

SECONDS_AWAY = 15 * 60  # how long the browser's mark waits for its owner


def entrance(name: str) -> Blueprint:
    """The same doors for each kind of host; a blueprint is mounted once."""
    front = Blueprint(name, __name__)
    front.add_url_rule("/sign-in", "sign_in", sign_in)
    front.add_url_rule("/sign-in", "leave", leave, methods=["POST"])
    front.add_url_rule("/sign-in/try", "try_out", try_out, methods=["POST"])
    front.add_url_rule("/sign-in/finish", "arrive", arrive)
    front.add_url_rule("/sign-out", "sign_out", sign_out, methods=["POST"])
    return front


@open_to_all
def sign_in() -> str | Response:
    """What is about to happen, and whether the computer is one's own."""
    who = current_principal()
    back, level, within, act = _way_back(), _number("level"), _number("within"), _act()
    if who.is_known and who.assurance >= level and not within and not act:
        return redirect(back, 303)
    g.is_personal = True  # what leads on is good for one try: no device keeps it
    asked: dict[str, str | int] = {"next": back, "level": level, "within": within}
    if act:
        asked |= {"act": act, "way": request.values.get("way", "")}
        return render_template("sso/act.html", act=act, asked=asked, is_desk=_is_desk())
    trial = TrialForm() if _may_try(level) else None
    return _sign_in_page(asked, trial)


def _sign_in_page(asked: Mapping[str, str | int], trial: TrialForm | None) -> str:
    shown = {"who": current_principal(), "asked": asked, "trial": trial, "is_desk": _is_desk()}
    return render_template("sso/sign_in.html", **shown)


@also_while_acting
@open_to_all
def try_out() -> Response | tuple[str, int]:
    """In as somebody invented, where all is invented; a sum after many from one address."""
    if not _may_try():
        abort(404)
    back, form = _way_back(), TrialForm()
    if not form.passes():
        return _sign_in_page({"next": back, "level": 0, "within": 0}, form), 429
    token = begin_trial(current_uow(), device_of(request.user_agent.string))
    answer = redirect(back, 303)
    set_cookie(answer, SESSION, token)
    return with_flash(answer, "sso.trial")


@also_when_read_only
@also_while_acting
@open_to_all
def leave() -> Response:
    """To the sign-in host, with a mark in this browser that nobody else can show on return."""
    browser, act = secrets.token_urlsafe(32), _act()
    wish = {
        "at": current_place() or abort(404),
        "next": _way_back(),
        "browser": hashed(browser).hex(),
        "level": _level(act),
        "within": _number("within"),
        "shared": int("shared" in request.form or is_on_shared_computer(_token())),
    }
    if act:
        wish |= {"act": act, "way": request.form.get("way", "")}
    answer = redirect(f"{_login_host()}/start?{urlencode(wish)}", 303)
    set_cookie(answer, BROWSER, browser, max_age=SECONDS_AWAY)
    return answer


@also_when_read_only
@also_while_acting
@open_to_all
def arrive() -> Response | tuple[str, int]:
    """Trade the code of the sign-in host for a session of this host alone."""
    place = current_place() or abort(404)
    browser = request.cookies.get(cookie_name(BROWSER), "")
    found = take_hand_off(request.args.get("code", ""), place=place, browser=browser)
    if found is None:
        home = f"{request.script_root}/"
        told = {"what": "used", "again": f"{home}sign-in", "home": home, "is_desk": _is_desk()}
        return render_template("sso/told.html", **told), 400
    person = person_of(found.person_id)
    act_as(Principal(person_id=person.id, name=person.name))
    end_session(_token())  # what this browser held until now opens nothing any more
    token, term = begin_session(current_uow(), found, person, device_of(request.user_agent.string))
    answer = redirect(found.back, 303)
    set_cookie(answer, SESSION, token, max_age=_age(term))
    delete_cookie(answer, BROWSER)
    answer.headers["Referrer-Policy"] = "no-referrer"
    word = said_by(found.back)  # of the act that they come from; what they asked for has none
    return with_flash(answer, word) if word else answer


@also_when_read_only
@also_while_acting
@open_to_all
def sign_out() -> Response:
    """Out of every municipality at once, and out of the provider."""
    session = session_behind(_token())
    end_session(_token())
    if session and session.idp_session:
        end_sessions(session.idp_session)
    answer = redirect(_way_out(session.id_token if session else None), 303)
    delete_cookie(answer, SESSION)
    return with_flash(answer, "sso.signed-out")


def _age(term: Term) -> int | None:
    """How many seconds the browser keeps the cookie; None: until it is closed."""
    return int(term.whole.total_seconds()) if term is CITIZEN else None


def _way_out(id_token: str | None) -> str:
    """Through the provider, so that it forgets the person too; home when it does not answer."""
    home = f"{request.script_root}/?said=sso.signed-out"
    if id_token is None:
        return home
    try:
        where = f"{current_place()}{request.script_root}"
        return current_provider().sign_out_url(id_token=id_token, state=where)
    except ProviderUnavailable:
        return home


def _way_back() -> str:
    """Where the person was going; anything but a path of ours leads home."""
    path = request.values.get("next", "")
    return without_said(path) if is_own_path(path) else f"{request.script_root}/"


def _act() -> Act | None:
    return act_named(request.values.get("act", ""))


def _level(act: Act | None) -> int:
    """How surely to show who they are; staff come back from a change as sure as they went."""
    who = current_principal()
    return max(_number("level"), who.assurance if act and who.permissions else 0)


def _token() -> str:
    return request.cookies.get(cookie_name(SESSION), "")


def _may_try(level: int = 0) -> bool:
    """Staff pages ask for more than somebody invented can show."""
    return current_place() == PRACTICE and not current_principal().is_known and level < 2


def _number(name: str) -> int:
    written = request.values.get(name, "")
    return int(written) if written.isdecimal() and len(written) < 7 else 0


def _login_host() -> str:
    base = current_app.config["SERVER_NAME"]
    return f"{request.scheme}://{Host.LOGIN}.{base}{request.script_root}"


def _is_desk() -> bool:
    return request.environ.get(LABEL) == Host.OPS
