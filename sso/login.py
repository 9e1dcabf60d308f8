"""The one sign-in host: the only address that the identity provider sends people back to."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.web.access import open_to_all
from obshto.platform.web.hosts import Host
from obshto.platform.web.language import LANGUAGES, SOURCE, current_language, speak
from obshto.platform.web.redirects import is_own_path, without_said
from obshto.sso.account_actions import act_named
from obshto.sso.forms import StartForm
from obshto.sso.models import Attempt
from obshto.sso.oidc import ProviderUnavailable, Refused, current_provider
from obshto.sso.services import Wish, come_back, note_failure, set_out, take_attempt
from obshto.tenants.api import find_municipality

login = Blueprint("sso_login", __name__)


@login.get("/start")
@open_to_all
def start() -> Response | tuple[str, int]:
    """On to the provider, or a page that says why not, or a sum after many starts."""
    wish = _wish()
    form = StartForm(formdata=request.args)
    if not form.passes():
        return _asked(form)
    try:
        answer = redirect(set_out(current_provider(), wish), 303)
    except ProviderUnavailable as error:
        current_app.logger.error("sign-in is down: %s", error)
        return _told("unavailable", wish.place, wish.back, HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@login.get("/callback")
@open_to_all
def callback() -> Response | tuple[str, int]:
    """Back from the provider: check all it said, then on to the host that asked."""
    attempt = take_attempt(request.args.get("state", ""))
    if attempt is None:
        return _told("used", "", "/", HTTPStatus.BAD_REQUEST)
    speak(attempt.language)  # the provider knows one address, which names no language
    return _received(attempt)


@login.get("/bye")
@open_to_all
def bye() -> Response:
    """The provider has forgotten the person: home, in their language, with a word about it."""
    place, _, language = request.args.get("state", "").partition("/")
    return redirect(f"{_address(place)}{_prefix(language)}/?said=sso.signed-out", 303)


def _received(attempt: Attempt) -> Response | tuple[str, int]:
    if "error" in request.args:  # the person pressed Cancel, or the provider could not go on
        note_failure(attempt.place, "cancelled")
        return _told("cancelled", attempt.place, attempt.back, HTTPStatus.BAD_REQUEST)
    try:
        code = come_back(
            current_provider(),
            attempt,
            code=request.args.get("code", ""),
            issuer=request.args.get("iss"),
            done=request.args.get("kc_action_status", ""),
        )
    except Refused as refusal:
        current_app.logger.warning("sign-in refused: %s", refusal)
        note_failure(attempt.place, "refused")
        return _told("refused", attempt.place, attempt.back, HTTPStatus.FORBIDDEN)
    except ProviderUnavailable as error:
        current_app.logger.error("sign-in is down: %s", error)
        return _told("unavailable", attempt.place, attempt.back, HTTPStatus.SERVICE_UNAVAILABLE)
    query = urlencode({"code": code})
    address = f"{_address(attempt.place)}{_prefix(attempt.language)}/sign-in/finish?{query}"
    answer = redirect(address, 303)
    answer.headers |= {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
    return answer


def _wish() -> Wish:
    """What the host sent along. Nothing of it is trusted with more than this sign-in."""
    asked = request.args
    place, browser = asked.get("at", ""), asked.get("browser", "")
    if not _is_place(place) or len(browser) != 64 or not set(browser) <= set("0123456789abcdef"):
        abort(HTTPStatus.BAD_REQUEST)
    within = asked.get("within", 0, int)
    return Wish(
        place=place,
        back=without_said(asked["next"]) if is_own_path(asked.get("next", "")) else "/",
        browser=browser,
        language=current_language(),
        level=2 if asked.get("level") == "2" else 1,
        within=within if 0 < within < 86_400 else None,
        is_shared_computer=asked.get("shared") == "1",
        act=act_named(asked.get("act", "")),
        way=asked.get("way", None, UUID),
    )


def _asked(form: StartForm) -> tuple[str, int]:
    """All that was wanted stays on the page: it begins anew with the answer."""
    wanted = {name: value for name, value in request.args.items() if name not in form}
    page = render_template("sso/sum.html", form=form, wanted=wanted)
    return page, HTTPStatus.TOO_MANY_REQUESTS


def _told(what: str, place: str, back: str, status: HTTPStatus) -> tuple[str, int]:
    """A page that says what happened, with the way to try again."""
    home = f"{_address(place)}{_prefix(current_language())}"
    again = f"{home}/sign-in?{urlencode({'next': back})}" if place else None
    told: dict[str, Any] = {"what": what, "again": again, "home": f"{home}/"}
    return render_template("sso/told.html", **told), status


def _prefix(language: str) -> str:
    return f"/{language}" if language in LANGUAGES and language != SOURCE else ""


def _is_place(place: str) -> bool:
    return place == Host.OPS or find_municipality(place) is not None


def _address(place: str) -> str:
    """The host of a place; the region for whatever else was written there."""
    base = current_app.config["SERVER_NAME"]
    return (
        f"{request.scheme}://{place}.{base}" if _is_place(place) else f"{request.scheme}://{base}"
    )
