"""Random token of a browser, in a cookie: by it who has no account counts once.

A light protection: whoever clears the cookies is another device. `word` names the cookie, so that
what one part counts is never matched with what another does.
"""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from obshto.platform.web.cookies import cookie_name, set_cookie
from obshto.platform.web.validity import refuse_in_fragment

A_YEAR = 365 * 24 * 3600  # seconds


def device_token(word: str) -> str:
    """Of the browser at hand; empty where nothing was counted from it."""
    refuse_in_fragment("device cookie")
    return request.cookies.get(cookie_name(word), "")[:64]


def remember_device(answer: Response, word: str, token: str) -> None:
    """The browser shows this token for a year."""
    set_cookie(answer, word, token, max_age=A_YEAR)
