"""Guard of staff pages: personal columns decrypted there need a recorded look in the unit of work.

In development and tests a page that is read without one is refused. In operation it is answered,
so that no counter stands still: it becomes a look of its own, which names the page instead of a
person, and detection makes a finding of it. What an act answers is only logged, for the act must
not be lost by it; what leads on shows nothing. What streams after the view has no municipality in
scope, so nothing opens there. Jobs and a person's own pages are no staff pages.
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
from obshto.platform.web.error_pages import page_of

log = logging.getLogger(__name__)
UNRECORDED = "obshto.unrecorded-looks"
UNSAID = "unsaid"  # the word of a look that no page recorded
GROUND = "Регламент (ЕС) 2016/679, чл. 32"
Report = Callable[[str, frozenset[str]], Response | None]  # another answer, or None for the page's
_CONSOLE, _READS = "/console/", ("GET", "HEAD")


def install(app: Flask, *, refuses: bool) -> None:
    """`refuses`: in development and tests, where nobody waits at a counter."""
    app.extensions[UNRECORDED] = _refuse if refuses else _record
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
    """Before the commit: a page that is refused leaves nothing behind."""
    columns = DECRYPTED.get() if g.get("counts_decrypted") else None
    uow = g.get("uow")
    if not columns or uow is None or answer.location or has_looked(uow):
        return answer
    found = frozenset(column for column in columns if not is_impersonal(column))
    if not found:
        return answer
    report = cast(Report, current_app.extensions[UNRECORDED])
    return report(request.endpoint or "", found) or answer


def _end(error: BaseException | None) -> None:
    DECRYPTED.set(None)


def _refuse(endpoint: str, columns: frozenset[str]) -> Response | None:
    _log(endpoint, columns)
    return page_of(500) if request.method in _READS else None


def _record(endpoint: str, columns: frozenset[str]) -> Response | None:
    """A look that names the page, once in a sitting; where it cannot be written the log has it."""
    _log(endpoint, columns)
    if request.method in _READS and not g.get("is_read_only"):
        uow: UnitOfWork = g.uow
        try:
            with uow.savepoint():
                _look_at_page(uow, endpoint)
        except DBAPIError:
            log.exception("not recorded: %s", endpoint)
    return None


def _look_at_page(uow: UnitOfWork, endpoint: str) -> None:
    part = current_registry().behind[endpoint.split(".")[0]]
    page = uuid5(NAMESPACE_URL, f"page/{endpoint}")
    opened = Opened(part=part.slug, object_id=page, subject=Subject())
    look(uow, opened, Purpose(word=UNSAID, kinds=(), ground=GROUND))


def _log(endpoint: str, columns: frozenset[str]) -> None:
    log.warning("personal data without a recorded look: %s %s", endpoint, sorted(columns))
