"""Guard of staff pages: personal columns decrypted there need a recorded look in the unit of work.

Nothing is refused, so that no counter stands still. In operation such a page becomes a look of its
own, which names the page instead of a person, and detection makes a finding of it; in development
and tests it is logged. What an act answers is only logged, for the act must not be lost by it; what
leads on shows nothing. What streams after the view has no municipality in scope, so nothing opens
there. Jobs and a person's own pages are no staff pages.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import cast
from uuid import NAMESPACE_URL, uuid5

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import DBAPIError

from obshto.platform.keys.decryption_log import DECRYPTED
from obshto.platform.modularity.registry import current_registry
from obshto.platform.purposes.services import Opened, Purpose, has_looked, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
UNRECORDED = "obshto.unrecorded-looks"
UNSAID = "unsaid"  # the word of a look that no page recorded
GROUND = "Регламент (ЕС) 2016/679, чл. 32"
Report = Callable[[str, frozenset[str]], None]
_CONSOLE, _READS = "/console/", ("GET", "HEAD")


def install(app: Flask, *, records: bool) -> None:
    """`records`: in operation, where an officer hears of it."""
    app.extensions[UNRECORDED] = _record if records else _log
    app.before_request(_begin)
    app.after_request(_judge)
    app.teardown_request(_end)


def is_impersonal(column: str) -> bool:
    """No person stands in this encrypted column, as its part declares."""
    parts = current_registry().parts.values()
    return any(fnmatchcase(column, pattern) for part in parts for pattern in part.impersonal)


def _begin() -> None:
    if request.path.startswith(_CONSOLE):
        DECRYPTED.set(set())
        g.counts_decrypted = True


def _judge(answer: Response) -> Response:
    """Before the commit, so that what is recorded stands or goes with the page."""
    columns = DECRYPTED.get() if g.get("counts_decrypted") else None
    uow = g.get("uow")
    if not columns or uow is None or answer.location or has_looked(uow):
        return answer
    found = frozenset(column for column in columns if not is_impersonal(column))
    if not found:
        return answer
    report = cast(Report, current_app.extensions[UNRECORDED])
    report(request.endpoint or "", found)
    return answer


def _end(error: BaseException | None) -> None:
    DECRYPTED.set(None)


def _record(endpoint: str, columns: frozenset[str]) -> None:
    """A look that names the page, once in a sitting; where it cannot be written the log has it."""
    _log(endpoint, columns)
    if request.method in _READS and not g.get("is_read_only"):
        uow: UnitOfWork = g.uow
        try:
            with uow.savepoint():
                _look_at_page(uow, endpoint)
        except DBAPIError:
            log.exception("not recorded: %s", endpoint)


def _look_at_page(uow: UnitOfWork, endpoint: str) -> None:
    part = current_registry().behind[endpoint.split(".")[0]]
    page = uuid5(NAMESPACE_URL, f"page/{endpoint}")
    opened = Opened(part=part.slug, object_id=page, subject=Subject())
    look(uow, opened, Purpose(word=UNSAID, kinds=(), ground=GROUND))


def _log(endpoint: str, columns: frozenset[str]) -> None:
    log.warning("personal data without a recorded look: %s %s", endpoint, sorted(columns))
