"""Writes come from our own pages, or not at all.

SameSite means nothing between sibling subdomains: a form on one municipality's host carries the
cookies of another. So the browser's own word is asked (`Sec-Fetch-Site`, else `Origin`), with a
token beside it wherever there is a session. A browser that says neither gets what it sent back
once, with a token, to be sent by hand.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Any

from flask import Flask, Response, abort, current_app, g, make_response, render_template, request
from markupsafe import Markup

from obshto.platform.web.access import Open, access_of
from obshto.platform.web.cookies import FORM, SESSION, cookie_name, set_cookie
from obshto.platform.web.request_uow import current_principal
from obshto.platform.web.validity import refuse_in_fragment
from obshto.platform.web.writes import FIELD, is_write

HEADER = "X-CSRF-Token"
ON_BEHALF_OF = "on_behalf_of"  # the field that says for whom a form was drawn
OF_ANYBODY, OF_SOMEBODY = "form", "own-form"  # for whom a form was drawn


def install(app: Flask) -> None:
    app.before_request(refuse_forgery)
    app.jinja_env.globals["csrf_field"] = csrf_field
    app.jinja_env.globals["csrf_token"] = csrf_token
    app.jinja_env.globals["begin_main"] = begin_main
    app.jinja_env.globals["main_has_form"] = main_has_form


def refuse_forgery() -> Response | None:
    """403 for another site's write; the form back where only the token is missing."""
    if not is_write() or _is_for_machines():
        return None
    if is_foreign():
        abort(403)
    if _said_by_the_browser() and not _session():
        return None
    return None if any(_is_signed_with(seed) for seed in _seeds()) else give_back()


def is_foreign() -> bool:
    """Whether the browser says that the request at hand comes from another site's page."""
    return _said_by_the_browser() is False


def csrf_token() -> str:
    """The token of this session; empty for a visitor, whose pages may be kept by the cache.

    It says whether somebody was signed in: `is_of_ended_session` asks when the form comes back.
    """
    refuse_in_fragment("csrf_token")
    if seed := g.get("form_seed"):
        return _sign(seed)
    seed = _session()
    return _sign(seed, OF_SOMEBODY if current_principal().is_known else OF_ANYBODY) if seed else ""


def is_of_ended_session() -> bool:
    """Whether the form at hand, sent by nobody known, was drawn for somebody signed in.

    Without a cookie of a session, any token but that of a form given back was drawn for somebody.
    """
    session, form = _session(), request.cookies.get(cookie_name(FORM), "")
    if session:
        return _is_signed_with(session, OF_SOMEBODY)
    return bool(_sent()) and not (form and _is_signed_with(form))


def csrf_field() -> Markup:
    """The hidden inputs of a form; nothing on a page that may be kept.

    Who acts on behalf of somebody says for whom in each form: it counts while they still do.
    """
    g.forms_drawn = g.get("forms_drawn", 0) + 1
    given = {FIELD: csrf_token(), ON_BEHALF_OF: g.get("on_behalf_of", "")}
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return Markup().join(field.format(name, value) for name, value in given.items() if value)


def begin_main() -> str:
    """Forms drawn so far are those of the shell; nothing is printed."""
    g.forms_of_shell = g.get("forms_drawn", 0)
    return ""


def main_has_form() -> bool:
    """The page's own part has a form that is sent."""
    return bool(g.get("forms_drawn", 0) > g.get("forms_of_shell", 0))


def _said_by_the_browser() -> bool | None:
    """True: from our own page. False: from elsewhere. None: an old browser that says nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return None if origin is None else origin == request.host_url.rstrip("/")


def give_back(*, sign_in_url: str | None = None, proof: str = "") -> Response:
    """The form once more with everything typed; `sign_in_url` where one must sign in first.

    What was typed stays in the person's own page, nowhere else; files are chosen again. Who signs
    in meanwhile sends it under another session, so its token is not that of this one. `proof` is
    what is asked of somebody who is signed in: a second factor, or to sign in anew.
    """
    session = "" if sign_in_url else _session()
    g.form_seed = session or secrets.token_urlsafe(16)
    typed: list[tuple[str, Any]] = [
        pair for pair in request.form.items(multi=True) if pair[0] != FIELD
    ]
    files = [(name, file.filename) for name, file in request.files.items(multi=True)]
    shown = {
        "typed": typed,
        "files": [(name, chosen) for name, chosen in files if chosen],
        "sign_in_url": sign_in_url,
        "proof": proof,
    }
    page = make_response(render_template("resend.html", **shown), 403)
    if not session:
        set_cookie(page, FORM, g.form_seed, max_age=3600)
    page.headers["Cache-Control"] = "private, no-store"
    return page


def _is_for_machines() -> bool:
    """A program sends no cookie; it proves itself to the door by what it sends."""
    view = current_app.view_functions.get(request.endpoint or "")
    return view is not None and access_of(view).who is Open.TO_MACHINES


def _session() -> str:
    return request.cookies.get(cookie_name(SESSION), "")


def _seeds() -> list[str]:
    """With a session only its own token counts: a planted form cookie must not stand in for it.

    Unless the browser itself says that the form is ours: it was given back before they signed in.
    """
    session, form = _session(), request.cookies.get(cookie_name(FORM), "")
    counting = [session] if session and not _said_by_the_browser() else [session, form]
    return [seed for seed in counting if seed]


def _sent() -> str:
    return request.form.get(FIELD) or request.headers.get(HEADER, "")


def _is_signed_with(seed: str, *kinds: str) -> bool:
    tokens = [_sign(seed, kind) for kind in kinds or (OF_ANYBODY, OF_SOMEBODY)]
    return any(hmac.compare_digest(_sent(), token) for token in tokens)


def _sign(seed: str, kind: str = OF_ANYBODY) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"{kind}|{request.host}|{seed}".encode(), sha256).hexdigest()
