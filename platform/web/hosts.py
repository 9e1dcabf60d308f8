"""Four kinds of host in one app: the region, its municipalities, operations and sign-in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import psycopg
from flask import Flask, g, request
from werkzeug.routing import BaseConverter, ValidationError
from werkzeug.wrappers import Response

from obshto.platform.scope import is_slug
from obshto.platform.web.language import language_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROBES = frozenset({"/healthz", "/readyz"})
DEFAULT_PORT = {"http": "80", "https": "443"}
LABEL = "obshto.label"  # in the environment: "" for the region, `ops`, `login`, a municipality
ROW = "obshto.host"  # in the environment: what `read` said of it
LOST = "obshto.lost"  # the database did not answer: 503, in the look of the host as last seen
# In the environment of a request that the house makes of itself: nothing of it is kept or counted.
ONLY_LOOKS = "obshto.only-looks"
NOWHERE = "/nowhere"  # the region's page for a host of ours that is nobody's


class Host(StrEnum):
    """A kind of host, written as the subdomain that Flask matches."""

    REGION = ""
    MUNICIPALITY = "<municipality:municipality>"
    OPS = "ops"
    LOGIN = "login"


@dataclass(frozen=True, slots=True)
class HostRow:
    """What stands behind a host, read once a request: its version lets cached pages go."""

    version: int
    row: Mapping[str, Any]
    stamp: str = ""  # moves with every change of the row, also with one that leaves the version


# The label of a municipality, or "" for the region, with the request that asks for it; None when
# there is no such host.
ReadHost = Callable[[str, "WSGIEnvironment"], HostRow | None]
# A whole host name that is not under our base; the label it belongs to, or None.
FindDomain = Callable[[str], str | None]


class MunicipalityConverter(BaseConverter):
    """One label that may be a municipality; `ops` and `www` never fall in here."""

    regex = r"[a-z][a-z0-9-]{1,30}"

    def to_python(self, value: str) -> str:
        if not is_slug(value):
            raise ValidationError(value)
        return value


class HostGuard:
    """Stands before everything. What passes is a host of ours, spelled in one way.

    A municipality's own domain: 308 to its address here. Not ours: 421 without a body. Probes come
    by address.
    """

    def __init__(
        self, app: WSGIApplication, base: str, scheme: str, find_domain: FindDomain
    ) -> None:
        self._app, self._base, self._scheme, self._find_domain = app, base, scheme, find_domain

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        # TLS ends at the proxy: what the visitor sees is what is configured, not what reaches us.
        environ["wsgi.url_scheme"] = self._scheme
        host = spelled(environ.get("HTTP_HOST", ""), self._scheme)
        if environ["PATH_INFO"] in PROBES:
            environ["HTTP_HOST"] = f"{Host.OPS}.{self._base}"
            return self._app(environ, start)
        label = self._label_of(host)
        if label is None:
            return self._stranger(host, environ)(environ, start)
        environ |= {"HTTP_HOST": host, LABEL: label}
        return self._app(environ, start)

    def _label_of(self, host: str) -> str | None:
        """ "" for the region, a label of one word below it; None for what is not ours."""
        if host == self._base:
            return ""
        label, dot, rest = host.partition(".")
        if dot and rest == self._base:
            return label if label in (Host.OPS, Host.LOGIN) or is_slug(label) else "-"
        return "-" if host.endswith(f".{self._base}") else None

    def _stranger(self, host: str, environ: WSGIEnvironment) -> Response:
        try:
            label = self._find_domain(host.partition(":")[0])
        except psycopg.OperationalError:  # whose it is can't be known now
            return Response(status=503, headers={"Retry-After": "120"})
        if label is None:
            return Response(status=421)
        address = f"{self._scheme}://{label}.{self._base}{environ['PATH_INFO']}"
        return Response(status=308, headers={"Location": address})


class HostRows:
    """Reads the row of the host, behind the static files, which need none.

    Ours but nobody's: the region answers 404 with the list of municipalities.
    """

    def __init__(self, app: WSGIApplication, base: str, read: ReadHost) -> None:
        self._app, self._base, self._read = app, base, read
        self._known: dict[str, HostRow] = {}  # how a host was last seen, for the page of a fault

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        label = environ.get(LABEL, Host.OPS)
        if label not in (Host.OPS, Host.LOGIN):
            try:
                self._look_up(label, environ)
            except psycopg.OperationalError:
                environ |= {ROW: self._known.get(label), LOST: True}
        return self._app(environ, start)

    def _look_up(self, label: str, environ: WSGIEnvironment) -> None:
        row = environ[ROW] = self._read(label, environ)
        if row is None:
            path = language_of(environ["PATH_INFO"]) + NOWHERE
            environ |= {"HTTP_HOST": self._base, "PATH_INFO": path, ROW: self._read("", environ)}
        else:
            self._known[label] = row


def guard_hosts(app: Flask, base: str) -> None:
    """Tell Flask its hosts. The municipality of the address is kept in `g`, not passed to views."""
    app.config["SERVER_NAME"] = base
    app.url_map.converters["municipality"] = MunicipalityConverter
    app.url_value_preprocessor(_take_municipality)
    app.url_defaults(_giver_of_municipality(app))


def lead_links_to(slug: str) -> None:
    """Links made from now on, where there is no request, are whole and of this municipality."""
    g.municipality = slug


def spelled(raw: str, scheme: str) -> str:
    """A host in lower case, without the trailing dot and without its scheme's own port."""
    name, _, port = raw.lower().partition(":")
    name = name.removesuffix(".")
    return name if port in ("", DEFAULT_PORT.get(scheme)) else f"{name}:{port}"


def _take_municipality(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.municipality = (values or {}).pop("municipality", None)


def _giver_of_municipality(app: Flask) -> Callable[[str, dict[str, Any]], None]:
    def give(endpoint: str, values: dict[str, Any]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "municipality"):
            # The page of an address that leads nowhere was matched to no municipality.
            here = g.get("municipality") or request.environ.get(LABEL)
            if here:
                values.setdefault("municipality", here)

    return give
