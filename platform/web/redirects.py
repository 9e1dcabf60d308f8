"""Where a person goes next: redirects, with a sentence about what was done (a flash)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, current_app, g, redirect, request, url_for
from flask_babel import LazyString
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from obshto.platform.web.cookies import FLASH, cookie_name, delete_cookie, set_cookie
from obshto.platform.web.validity import refuse_in_fragment

SAID = "said"
LASTS: Final = 600  # seconds that a sentence waits for its page, a visit to the provider included
# A path of our own: no second slash, no backslash, no control character, so no other host.
_path = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*").fullmatch


def see_other(endpoint: str, *, said: str | None = None, **values: Any) -> Response:
    """303 to a page of ours. `said` is a word of the part's notices („news.published“)."""
    if not said:
        return redirect(url_for(endpoint, **values), 303)
    return with_flash(redirect(url_for(endpoint, **values | {SAID: said}), 303), said)


def with_flash(answer: Response, word: str) -> Response:
    """Let the next page of this browser on this host say the sentence of `word`, once.

    The word stands in the address as well, so that one tab does not say what another has done. The
    address alone says nothing: anybody can write one.
    """
    set_cookie(answer, FLASH, _signer().dumps(word), max_age=LASTS)
    return answer


def on_to(path: str) -> Response:
    """303 to a path of another part, in the language at hand."""
    return redirect(f"{request.script_root}{path}", 303)


def said_in(notices: Iterable[Mapping[str, LazyString]]) -> str | None:
    """The sentence that some part has for the word of the flash; unknown words say nothing."""
    refuse_in_fragment("sentence after a redirect")
    word = request.args.get(SAID, "")
    if not is_said(word):
        return None
    g.is_flash_shown = True
    return next((str(of_part[word]) for of_part in notices if word in of_part), None)


def is_said(word: str) -> bool:
    """Whether this browser has just done what the word says, and this page is to say so.

    What was sent to such an address came back with errors, so a POST is told nothing.
    """
    is_asked = request.method in {"GET", "HEAD"} and word == request.args.get(SAID)
    return bool(word) and is_asked and word == _flashed()


def said_by(path: str) -> str:
    """The word that an address of ours carries; empty where it carries none."""
    return dict(parse_qsl(urlsplit(path).query)).get(SAID, "")


def without_said(path: str) -> str:
    """The same address without a word: what comes with a request proves nothing."""
    whole = urlsplit(path)
    if SAID not in whole.query:
        return path
    kept = [pair for pair in parse_qsl(whole.query, keep_blank_values=True) if pair[0] != SAID]
    return whole._replace(query=urlencode(kept, safe="/")).geturl()


def is_own_path(path: str) -> bool:
    """Whether a person may be sent there: a path on this host."""
    return _path(path) is not None


def install(app: Flask) -> None:
    app.jinja_env.globals["is_said"] = is_said
    app.after_request(_forget_shown)


def _forget_shown(response: Response) -> Response:
    if g.get("is_flash_shown") and response.status_code == 200:
        delete_cookie(response, FLASH)
    return response


def _flashed() -> str:
    try:
        word: str = _signer().loads(request.cookies.get(cookie_name(FLASH), ""), max_age=LASTS)
    except BadSignature:
        return ""
    return word


def _signer() -> URLSafeTimedSerializer:
    """For this host alone: a neighbour's sentence says nothing here."""
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"flash|{request.host}")
