"""Large text, by a cookie of the device: a switch that works without scripts on every page.

The size is a class of the root element, outside of all fragments; a page asked for with a cookie
is never taken from the page cache nor put there. The switch is a link, not a form: a form's token
would keep the page it stands on out of the cache. It is the same on each page, which the browser
names in its `Referer`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from obshto.platform.web.cookies import cookie_name, delete_cookie, set_cookie
from obshto.platform.web.redirects import is_own_path

COOKIE, LARGE = "text", "large"
A_YEAR = 365 * 24 * 3600  # seconds


def install(app: Flask) -> None:
    """Templates ask how large they are."""
    app.jinja_env.globals["is_text_large"] = is_text_large


def is_text_large() -> bool:
    """Whether the device at hand asks for large text."""
    return request.cookies.get(cookie_name(COOKIE)) == LARGE


def switch_text_size(size: str) -> Response:
    """Back to the page that the switch stood on, with the size remembered or forgotten."""
    answer = redirect(_page_before(), 303)
    if size == LARGE:
        set_cookie(answer, COOKIE, LARGE, max_age=A_YEAR)
    else:
        delete_cookie(answer, COOKIE)
    return answer


def _page_before() -> str:
    """The page of this host that the link was followed from; without one its home page."""
    before = urlsplit(request.headers.get("Referer", ""))
    path = before._replace(scheme="", netloc="", fragment="").geturl()
    is_here = before.netloc == request.host and is_own_path(path)
    return path if is_here else f"{request.script_root}/"
