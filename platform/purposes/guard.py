"""Guard of staff pages: personal columns decrypted there need a recorded look in the unit of work.

A page that breaks the rule is answered all the same, so that no counter stands still; it is logged
by its view and columns, never with what was read. Tests hold the list of such pages, which may only
shrink. An answer that is streamed is judged when its last byte has left. Jobs and a person's own
pages are no staff pages.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import cast

from flask import Flask, Response, current_app, g, request

from obshto.platform.keys.decryption_log import DECRYPTED
from obshto.platform.purposes.services import has_looked
from obshto.platform.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
UNRECORDED = "obshto.unrecorded-looks"
Report = Callable[[str, frozenset[str]], None]
_CONSOLE = "/console/"


def install(app: Flask) -> None:
    app.extensions[UNRECORDED] = _log
    app.before_request(_begin)
    app.after_request(_judge)
    app.teardown_request(_end)


def _begin() -> None:
    if request.path.startswith(_CONSOLE):
        DECRYPTED.set(set())
        g.counts_decrypted = True


def _judge(answer: Response) -> Response:
    columns, uow = DECRYPTED.get(), g.get("uow")
    if columns is None or uow is None or not g.get("counts_decrypted"):
        return answer
    report = cast(Report, current_app.extensions[UNRECORDED])
    verdict = partial(_tell, report, request.endpoint or "", columns, uow)
    if not answer.is_streamed:
        verdict()
        return answer
    chunks = cast("Iterable[bytes]", answer.response)
    if close := getattr(chunks, "close", None):
        answer.call_on_close(close)
    answer.response = _counted(chunks, columns)
    answer.call_on_close(verdict)
    return answer


def _counted(chunks: Iterable[bytes], columns: set[str]) -> Iterator[bytes]:
    """The same, with what is decrypted for each of them noted: the request has ended by then."""
    waiting = iter(chunks)
    while True:
        token = DECRYPTED.set(columns)
        try:
            chunk = next(waiting, None)
        finally:
            DECRYPTED.reset(token)
        if chunk is None:
            return
        yield chunk


def _tell(report: Report, endpoint: str, columns: set[str], uow: UnitOfWork) -> None:
    if columns and not has_looked(uow):
        report(endpoint, frozenset(columns))


def _end(error: BaseException | None) -> None:
    DECRYPTED.set(None)


def _log(endpoint: str, columns: frozenset[str]) -> None:
    log.warning("personal data without a recorded look: %s %s", endpoint, sorted(columns))
