"""Guard of staff pages: personal columns decrypted there need a recorded look in the unit of work.

A page that breaks the rule is answered all the same, so that no counter stands still; it is logged
by its view and columns, never with what was read. Tests hold the list of such pages, which may only
shrink. What streams after the view has no municipality in scope, so nothing opens there. Jobs and a
person's own pages are no staff pages.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast

from flask import Flask, Response, current_app, g, request

from obshto.platform.keys.decryption_log import DECRYPTED
from obshto.platform.purposes.services import has_looked

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
    columns = DECRYPTED.get() if g.get("counts_decrypted") else None
    uow = g.get("uow")
    if columns and uow is not None and not has_looked(uow):
        report = cast(Report, current_app.extensions[UNRECORDED])
        report(request.endpoint or "", frozenset(columns))
    return answer


def _end(error: BaseException | None) -> None:
    DECRYPTED.set(None)


def _log(endpoint: str, columns: frozenset[str]) -> None:
    log.warning("personal data without a recorded look: %s %s", endpoint, sorted(columns))
