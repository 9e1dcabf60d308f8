"""The page cache: finished public pages, let go by the version of their host's row.

When not to use it: a page with a cookie, a query, a nonce or a token is never kept, so a view that
wants to be fast for the signed in must be fast by itself.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING

from werkzeug.datastructures import Headers

from obshto.platform.clock import now
from obshto.platform.web.hosts import LOST, ROW, HostRow
from obshto.platform.web.validity import VALIDITY, Validity

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OWN = "x-request-id"  # a header of one answer: who finds the page kept asked by another name
KEEP_BYTES = 16 * 1024 * 1024  # of pages a process; the oldest unused goes first
ENTRY_BYTES = 2048  # of a page beside its body: its headers, its key
# A weight of nothing („br;q=0“, „q=0.000“), or one that is no number; „q=0.8“ is a wish.
_refuses = re.compile(r"q=0*(?:\.0*)?(?![\d.])", re.IGNORECASE).search

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class CachedPage:
    """One answer, ready to be sent again. `until` bounds what depends on the clock."""

    stamp: str
    until: float | None
    tag: str
    headers: list[tuple[str, str]]
    bodies: list[bytes]


class PageCache:
    """A WSGI layer. Key: host, path with its language, coding; then the row's stamp and
    until when it holds: as its view said, else to the end of the minute.

    Flask-Compress has done its work inside, so a page is kept once for each coding.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app
        self._pages: OrderedDict[Key, CachedPage] = OrderedDict()
        self._held, self._lock = 0, Lock()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        row: HostRow | None = environ.get(ROW)
        if row is None or not _may_be_kept(environ):
            return self._app(environ, start)
        key = (environ["HTTP_HOST"], environ["PATH_INFO"], _coding(environ))
        moment = now().timestamp()
        page = self._pages.get(key)
        if page and page.stamp == row.stamp and (page.until is None or moment < page.until):
            self._touch(key)
            return _answer(page, environ, start)
        return self._fetch(key, row.stamp, moment, environ, start)

    def _fetch(
        self,
        key: Key,
        stamp: str,
        moment: float,
        environ: WSGIEnvironment,
        start: StartResponse,
    ) -> Iterable[bytes]:
        sent: list[tuple[str, list[tuple[str, str]]]] = []

        def note(
            status: str, headers: list[tuple[str, str]], exc_info: OptExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            sent[:] = [(status, headers)]
            return bytes  # write() of old WSGI: Flask never calls it

        answer = self._app(environ, note)
        status, headers = sent[0]
        if _is_file(Headers(headers)):
            start(status, headers)
            return answer
        body = _whole(answer)
        if not _is_public(status, Headers(headers), key[-1]):
            start(status, headers)
            return [body]
        page = _finished(stamp, _until(environ, moment), headers, body)
        self._keep(key, page)
        own = [pair for pair in headers if pair[0].lower() == OWN]
        return _answer(page, environ, start, own)

    def _touch(self, key: Key) -> None:
        with self._lock, suppress(KeyError):  # it may have gone meanwhile
            self._pages.move_to_end(key)

    def _keep(self, key: Key, page: CachedPage) -> None:
        with self._lock:
            if before := self._pages.pop(key, None):
                self._held -= _size(before)
            self._pages[key] = page
            self._held += _size(page)
            while self._held > KEEP_BYTES:
                self._held -= _size(self._pages.popitem(last=False)[1])


def _until(environ: WSGIEnvironment, moment: float) -> float | None:
    """Until when a page holds that was begun at this moment.

    A view that did not say depends on the clock for all that is known: to the end of its minute.
    """
    validity: Validity | None = environ.get(VALIDITY)
    said = validity.until.timestamp() if validity and validity.until else None
    if validity and validity.is_declared:
        return said
    end = (moment // 60 + 1) * 60
    return min(end, said) if said else end


def _size(page: CachedPage) -> int:
    return sum(len(body) for body in page.bodies) + ENTRY_BYTES


def _whole(answer: Iterable[bytes]) -> bytes:
    try:
        return b"".join(answer)
    finally:
        if callable(close := getattr(answer, "close", None)):
            close()


def _may_be_kept(environ: WSGIEnvironment) -> bool:
    plain = "HTTP_COOKIE" not in environ and not environ.get("QUERY_STRING")
    # `br;q=0` refuses a coding that the key of a page would take for wanted.
    simple = _refuses(environ.get("HTTP_ACCEPT_ENCODING", "")) is None
    reachable = LOST not in environ
    return plain and simple and reachable and environ["REQUEST_METHOD"] == "GET"


def _is_public(status: str, headers: Headers, coding: str) -> bool:
    personal = "Set-Cookie" in headers or "cookie" in headers.get("Vary", "").lower()
    kept = "no-store" not in headers.get("Cache-Control", "")
    # `*` or `GZIP` may be answered in a coding that others under the same key cannot read.
    readable = headers.get("Content-Encoding", coding) == coding
    return status.startswith("200") and kept and readable and not personal


def _is_file(headers: Headers) -> bool:
    """A file is passed on piece by piece and kept nowhere."""
    return "Content-Disposition" in headers


def _coding(environ: WSGIEnvironment) -> str:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return next((coding for coding in ("br", "gzip") if coding in accepted), "")


def _finished(
    stamp: str, until: float | None, headers: list[tuple[str, str]], body: bytes
) -> CachedPage:
    kept = Headers(headers)
    kept.remove(OWN)
    kept["Content-Length"] = str(len(body))
    # By what it says, not by the version: another release may say it differently, and what has
    # not changed in a minute need not be sent again.
    kept["ETag"] = tag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
    return CachedPage(stamp, until, tag, kept.to_wsgi_list(), [body])


def _answer(
    page: CachedPage,
    environ: WSGIEnvironment,
    start: StartResponse,
    own: Iterable[tuple[str, str]] = (),
) -> Iterable[bytes]:
    headers = [*page.headers, *own]
    if environ.get("HTTP_IF_NONE_MATCH") == page.tag:
        start("304 Not Modified", [pair for pair in headers if pair[0] != "Content-Length"])
        return []
    start("200 OK", headers)
    return page.bodies
