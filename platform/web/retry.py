"""Retry of reads: a page that found the database lost is made once more over a new connection.

Writes are not: whether they landed is for the person to look, as the page of the 503 says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SAFE = ("GET", "HEAD")
RETRY = "obshto.retry"  # in the environment: the database was lost while this was answered


class RetryReads:
    """A WSGI layer, the innermost: whoever stands before it sees one answer."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in SAFE:
            return self._app(environ, start)
        answered: list[tuple[str, list[tuple[str, str]]]] = []

        def note(
            status: str, headers: list[tuple[str, str]], exc_info: OptExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            answered[:] = [(status, headers)]
            return bytes  # write() of old WSGI: Flask never calls it

        answer = self._app(environ, note)
        if environ.pop(RETRY, False):
            if callable(close := getattr(answer, "close", None)):
                close()
            return self._app(environ, start)
        start(*answered[0])
        return answer
