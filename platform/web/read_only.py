"""The kind answer to a write that cannot be taken now: what was typed is kept on the page."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Response, make_response, render_template, request

from obshto.platform.clock import now
from obshto.platform.web.writes import FIELD

SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=1)  # of what is told to programs


def keep_typed(until: datetime | None = None, *, is_refused: bool = False) -> Response:
    """503 with everything typed and a button that sends it again; programs read Retry-After.

    `is_refused`: nothing is shut, the database could not take this.
    """
    typed = [pair for pair in request.form.items(multi=True) if pair[0] != FIELD]
    files = any(file.filename for file in request.files.values())
    page = make_response(
        render_template(
            "only_read.html", typed=typed, until=until, has_files=files, is_refused=is_refused
        ),
        503,
    )
    wait = min(max(until - now() if until else SOONEST, SOONEST), LATEST)
    page.headers["Retry-After"] = str(int(wait.total_seconds()))
    page.headers["Cache-Control"] = "private, no-store"
    return page
