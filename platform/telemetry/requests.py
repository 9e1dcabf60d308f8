"""One line for each request that reached the application."""

from __future__ import annotations

import json
import logging
import re
import time
import uuid

from flask import Flask, Response, g, request

from obshto.platform.telemetry.measures import method_of, note_request, place_of
from obshto.platform.web.hosts import LABEL, ONLY_LOOKS

HEADER = "X-Request-ID"
logger = logging.getLogger("obshto.requests")
_given = re.compile(r"[A-Za-z0-9-]{8,64}").fullmatch  # by the proxy; anything else is not repeated


def install(app: Flask) -> None:
    """The endpoint and not the path, no query, no body: those may name a person."""
    app.before_request(_begin)
    app.after_request(_tell)


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if _given(given) else uuid.uuid4().hex
    g.begun_at = time.monotonic()


def _tell(response: Response) -> Response:
    if "request_id" not in g or request.environ.get(ONLY_LOOKS):
        return response
    response.headers[HEADER] = g.request_id
    ms = (time.monotonic() - g.begun_at) * 1000
    line = {
        "request": g.request_id,
        "municipality": request.environ.get(LABEL, ""),
        "endpoint": request.endpoint or "",
        "method": method_of(request.method),
        "status": response.status_code,
        "ms": round(ms, 1),
    }
    logger.info(json.dumps(line), extra={"event": "request", "words": line})
    note_request(
        place_of(request.environ),
        endpoint=line["endpoint"],
        method=line["method"],
        status=response.status_code,
        ms=ms,
        is_told="is_read_only" in g,
    )
    return response
