"""Log lines for a collector: whose, from where, which error; no value that a person brought."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from flask import has_request_context, request
from opentelemetry._logs import LoggerProvider, LogRecord, SeverityNumber

from obshto.platform.scope import current_municipality
from obshto.platform.telemetry.measures import place_of

OURS = "obshto"
SEVERITIES = {
    logging.DEBUG: SeverityNumber.DEBUG,
    logging.INFO: SeverityNumber.INFO,
    logging.WARNING: SeverityNumber.WARN,
    logging.ERROR: SeverityNumber.ERROR,
    logging.CRITICAL: SeverityNumber.FATAL,
}


class ToCollector(logging.Handler):
    """Takes the lines of our own code alone: libraries write addresses and arguments into theirs.

    Of a line goes its sentence without what is put into it, and the `words` that its author named.
    Of an error goes its type and where in our code it came from: its text may hold a value, and
    Flask's sentence about it holds the path.
    """

    def __init__(self, provider: LoggerProvider) -> None:
        super().__init__()
        self._logger = provider.get_logger(OURS)

    def emit(self, record: logging.LogRecord) -> None:
        words: dict[str, str | bool | int | float] = {
            **getattr(record, "words", {}),
            "tenant.id": tenant_at_hand(),
            "log.logger": record.name,
        }
        body = str(getattr(record, "event", record.msg))
        if record.exc_info and (kind := record.exc_info[0]) is not None:
            body = "exception"
            words |= {"exception.type": kind.__name__, "code.place": _place(record.exc_info[2])}
        self._logger.emit(
            LogRecord(
                timestamp=int(record.created * 1e9),
                severity_text=record.levelname,
                severity_number=SEVERITIES.get(record.levelno, SeverityNumber.UNSPECIFIED),
                body=body,
                attributes=words,
            )
        )


def listen(provider: LoggerProvider) -> ToCollector:
    """From now on our lines go there, whatever the terminal shows."""
    handler, ours = ToCollector(provider), logging.getLogger(OURS)
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    return handler


def tenant_at_hand() -> str:
    """Of the request or of the job; "" for the region and for what is nobody's."""
    if has_request_context():
        return place_of(request.environ)
    return current_municipality.get("")


def _place(trace: TracebackType | None) -> str:
    """Module and line of the innermost frame of ours."""
    frames = [
        f"{frame.f_globals.get('__name__', '')}:{line}"
        for frame, line in traceback.walk_tb(trace)
        if str(frame.f_globals.get("__name__", "")).startswith(OURS)
    ]
    return frames[-1] if frames else ""
