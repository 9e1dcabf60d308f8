"""The embedded provider's pages, laid out as a realm of Keycloak lays out its own."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests
from authlib.oauth2 import OAuth2Error
from flask import Blueprint, Flask, abort, redirect, render_template, request, session
from flask_babel import Babel, gettext
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.wrappers import Response

from obshto.platform.web.language import LANGUAGES, SOURCE
from obshto.sso.account_actions import CANCELLED, DONE
from obshto.sso.embedded.account_page import asked_for, change
from obshto.sso.embedded.book import Book, expected_version
from obshto.sso.embedded.grants import Client, Memory, authorization_server
from obshto.sso.oidc import EID_IDENTIFIER, EID_LEVEL, LOGOUT_EVENT, SECONDS
from obshto.sso.organizations import REGION

CODE = "000000"  # the second factor; the page hands it out
EID_SUBSTANTIAL = "2"
PATH = "/protocol/openid-connect"


@dataclass(frozen=True)
class Session:
    """A person signed in here; `sid` is what tokens call it."""

    subject: str
    sid: str


class EmbeddedProvider:
    """People from a book, one press to be one of them, sessions in memory."""

    def __init__(self, issuer: str, client: Client, book: Book) -> None:
        self.issuer, self.client, self.book = issuer, client, book
        self.sessions: dict[str, Session] = {}
        self.key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        self.memory = Memory(issuer, client, self.key, self.claims_of, self.end)

    def claims_of(self, subject: str, scope: str) -> dict[str, Any]:
        """What an ID token says of somebody, in the shape that Keycloak gives it."""
        contents = self.book.read()
        account = contents.accounts[subject]
        said: dict[str, Any] = {
            "sub": subject,
            "name": account.name,
            "preferred_username": account.email,
            "locale": account.language,
            "email": account.email,
            "email_verified": True,
        }
        organizations = contents.organizations_of(account, REGION)
        if account.identifier:
            said[EID_LEVEL] = EID_SUBSTANTIAL
        if organizations and "organization:*" in scope.split():
            said["organization"] = organizations
        return said

    def userinfo_of(self, subject: str) -> dict[str, Any]:
        """What is told apart from the ID token, which browsers carry when somebody signs out."""
        account = self.book.read().accounts[subject]
        told = {EID_IDENTIFIER: account.identifier} if account.identifier else {}
        return {**self.claims_of(subject, ""), **told}

    def end(self, sid: str) -> None:
        """Forget a session and tell the house, signed (Back-Channel Logout 1.0, §2.4)."""
        ended = self.sessions.pop(sid, None)
        if ended is None:
            return
        moment = int(time.time())
        token = jwt.encode(
            {"alg": "RS256", "kid": self.key.kid, "typ": "logout+jwt"},
            {
                "iss": self.issuer,
                "aud": self.client.client_id,
                "iat": moment,
                "exp": moment + 120,
                "jti": str(uuid4()),
                "sub": ended.subject,
                "sid": sid,
                "events": {LOGOUT_EVENT: {}},
            },
            self.key,
        )
        # As the real one: who does not hear of it learns it when the session ends by itself.
        with suppress(requests.RequestException):
            requests.post(self.client.back_channel_uri, {"logout_token": token}, timeout=SECONDS)

    def end_all(self, subject: str) -> None:
        """Sign somebody out everywhere."""
        for session_ in [s for s in self.sessions.values() if s.subject == subject]:
            self.end(session_.sid)


def provider_app(provider: EmbeddedProvider, path: str) -> Flask:
    """The provider as a program of its own; `path` is that of the issuer."""
    app = Flask(__name__, template_folder=str(Path(__file__).parent / "templates"))
    app.secret_key = secrets.token_bytes(32)
    # Beside the region's own host on one name: the cookie must not reach its pages.
    app.config.update(SESSION_COOKIE_NAME="embedded", SESSION_COOKIE_PATH=path)
    Babel(
        app,
        default_locale=SOURCE,
        default_translation_directories=str(Path(__file__).parents[1] / "translations"),
        locale_selector=_language,
    )
    server = authorization_server(app, provider.memory)
    app.register_blueprint(_pages(provider, server, path))
    return app


def _pages(provider: EmbeddedProvider, server: Any, path: str) -> Blueprint:
    pages = Blueprint("embedded", __name__, url_prefix=path)

    @pages.get("/.well-known/openid-configuration")
    def discovery() -> dict[str, Any]:
        return _discovery(provider.issuer)

    @pages.get(f"{PATH}/certs")
    def keys() -> dict[str, Any]:
        return dict(KeySet([provider.key]).as_dict(private=False))

    @pages.route(f"{PATH}/auth", methods=["GET", "POST"])
    def authorize() -> Any:
        return _authorize(provider, server)

    @pages.post(f"{PATH}/token")
    def token() -> Any:
        return server.create_token_response()

    @pages.get(f"{PATH}/userinfo")
    def userinfo() -> dict[str, Any]:
        return _userinfo(provider)

    @pages.route(f"{PATH}/logout", methods=["GET", "POST"])
    def sign_out() -> Any:
        return server.create_endpoint_response("end_session") or redirect("/")

    @pages.post("/end-sessions")
    def end_sessions() -> Response:
        return _end_sessions(provider)

    return pages


def _userinfo(provider: EmbeddedProvider) -> dict[str, Any]:
    who = request.authorization
    subject = provider.memory.tokens.get(who.token or "") if who else None
    return provider.userinfo_of(subject or abort(401))


def _end_sessions(provider: EmbeddedProvider) -> Response:
    who = request.authorization
    if not who or not provider.client.check_client_secret(who.password or ""):
        abort(401)
    if sid := request.form.get("sid"):
        provider.end(sid)
    else:
        provider.end_all(request.form["subject"])
    return Response(status=204)


def _authorize(provider: EmbeddedProvider, server: Any) -> Any:
    """Let through who has shown enough; else ask who it is, and for a code at level 2."""
    try:
        grant = server.get_consent_grant(end_user=session.get("subject"))
    except OAuth2Error as error:
        return server.handle_error_response(request, error)
    level = 2 if request.args.get("acr_values") == "2" else 1
    if "act" in request.form:
        return _act(provider, server, grant)
    if request.method == "GET" and _is_enough(provider, level):
        return _let_through(provider, server, grant)
    accounts = provider.book.read().accounts
    trouble = ""
    if request.method == "POST":
        trouble = _tried(provider, accounts.keys(), level)
        if not trouble:
            return _let_through(provider, server, grant)
    session["form"] = secrets.token_urlsafe(16)
    return render_template(
        "sign_in.html",
        accounts=accounts.values(),
        level=level,
        code=CODE,
        trouble=trouble,
        form=session["form"],
        language=_language(),
    )


def _language() -> str:
    """What the house asked for (`ui_locales`)."""
    asked = request.args.get("ui_locales", "")
    return asked if asked in LANGUAGES else SOURCE


def _is_enough(provider: EmbeddedProvider, level: int) -> bool:
    if session.get("sid") not in provider.sessions or "login" in request.args.get("prompt", ""):
        return False
    age = time.time() - session["auth_time"]
    max_age = request.args.get("max_age", type=int)
    return int(session["acr"]) >= level and (max_age is None or age <= max_age)


def _tried(provider: EmbeddedProvider, subjects: Any, level: int) -> str:
    """Sign in as whoever was chosen; what was wrong, or nothing."""
    chosen = request.form.get("subject", "")
    if not secrets.compare_digest(request.form.get("form", ""), session.get("form", "-")):
        return str(gettext("Страницата е стара. Изберете отново."))
    if chosen not in subjects:
        _refuse(provider, "unknown", None)
        return str(gettext("Няма такъв човек. Изберете отново."))
    if level == 2 and request.form.get("code", "").strip() != CODE:
        _refuse(provider, "code", chosen)
        return str(gettext("Кодът не е верен. За проба винаги е %(code)s.", code=CODE))
    before = provider.sessions.get(session.get("sid", ""))
    same = before is not None and before.subject == chosen
    sid = before.sid if before and same else str(uuid4())
    session.clear()
    session.update(subject=chosen, sid=sid, acr=str(level), auth_time=int(time.time()))
    provider.sessions[sid] = Session(chosen, sid)
    with provider.book.changing() as contents:
        contents.accounts[chosen] = expected_version(contents.accounts[chosen], level=level)
    return ""


def _refuse(provider: EmbeddedProvider, why: str, subject: str | None) -> None:
    with provider.book.changing() as contents:
        contents.refuse(why, subject)


def _let_through(provider: EmbeddedProvider, server: Any, grant: Any, trouble: str = "") -> Any:
    """Back to the house; first what somebody came to change (Keycloak's `kc_action`)."""
    if "kc_action" in request.args:
        session["form"] = secrets.token_urlsafe(16)
        account = provider.book.read().accounts[session["subject"]]
        shown = {"form": session["form"], "language": _language()}
        return render_template("act.html", **shown, **asked_for(account, trouble))
    return server.create_authorization_response(grant=grant, grant_user=session["subject"])


def _act(provider: EmbeddedProvider, server: Any, grant: Any) -> Any:
    """Do what somebody came for, or leave it; tell the house which."""
    if not secrets.compare_digest(request.form.get("form", ""), session.get("form", "-")):
        abort(400)
    is_done = request.form["act"] == "do"
    if is_done and (trouble := change(provider.book, session["subject"])):
        return _let_through(provider, server, grant, trouble)
    answer = server.create_authorization_response(grant=grant, grant_user=session["subject"])
    answer.headers["Location"] += f"&kc_action_status={DONE if is_done else CANCELLED}"
    return answer


def _discovery(issuer: str) -> dict[str, Any]:
    base = issuer + PATH
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{base}/auth",
        "token_endpoint": f"{base}/token",
        "jwks_uri": f"{base}/certs",
        "userinfo_endpoint": f"{base}/userinfo",
        "end_session_endpoint": f"{base}/logout",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": ["1", "2"],
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
        "authorization_response_iss_parameter_supported": True,
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
    }
