"""Separate origin: a host beside the municipality's that shares no cookie or storage with it.

Shapes: `label.<host of a municipality>`, one label for each part that has such an origin. A proxy
may pass its requests under that name, or under the municipality's own; both are the same here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from re import Pattern
from typing import TYPE_CHECKING, Any

from flask import current_app
from werkzeug.wrappers import Response

from obshto.platform.scope import Scope
from obshto.platform.web.hosts import spelled

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BOOTH_HOST = "obshto.booth_host"  # of the configuration: whether such a host leads to us
LEFT_OUT = ("HTTP_COOKIE", "HTTP_ORIGIN")  # who one is elsewhere; a name that is not the host's


@dataclass(frozen=True, slots=True)
class SeparateOrigin:
    """What a part has on a host of its own: addresses answered there, and led to the whole site."""

    label: str
    answered: Pattern[str]
    led: Pattern[str]


class SeparateHost:
    """Answers at `label.<host>` what a part has there; everything else is 404.

    Neither cookie nor origin goes in, no cookie comes out.
    """

    def __init__(
        self, app: WSGIApplication, origin: SeparateOrigin, base: str, scheme: str
    ) -> None:
        self._app, self._origin, self._scheme = app, origin, scheme
        self._below = f".{base}"

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        label, _, host = spelled(environ.get("HTTP_HOST", ""), self._scheme).partition(".")
        if label != self._origin.label or not host.endswith(self._below):
            return self._app(environ, start)
        path = environ["PATH_INFO"]
        if self._origin.answered.fullmatch(path):
            kept = {name: value for name, value in environ.items() if name not in LEFT_OUT}
            return self._app({**kept, "HTTP_HOST": host}, _without_cookies(start))
        if self._origin.led.fullmatch(path):
            asked = f"?{query}" if (query := environ.get("QUERY_STRING")) else ""
            to = f"{self._scheme}://{host}{path}{asked}"
            return Response(status=302, headers={"Location": to})(environ, start)
        return Response("Not Found", status=404)(environ, start)


def separate_host(scope: Scope, label: str) -> str:
    """`label.<host>` where there is TLS and such a host leads here, else the municipality's own."""
    is_apart = scope.scheme == "https" and current_app.config[BOOTH_HOST]
    return f"{label}.{scope.host}" if is_apart else scope.host


def _without_cookies(start: StartResponse) -> Any:
    def begin(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        kept = [(name, value) for name, value in headers if name.lower() != "set-cookie"]
        return start(status, kept, *error)

    return begin
