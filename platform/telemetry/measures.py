"""What is measured of requests, said through OpenTelemetry's API: who listens is not known here."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from opentelemetry import metrics, trace

from obshto.platform.web.hosts import LABEL, ROW, Host

DURATION = "obshto.request.duration"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
NOWHERE = "-"  # a host that is nobody's: its name is a stranger's word
# The proxies of the API: without a provider they do nothing, with one they begin to work.
_duration = metrics.get_meter("obshto").create_histogram(DURATION, unit="ms")
_tracer = trace.get_tracer("obshto")
logger = logging.getLogger("obshto.jobs")


def place_of(environ: Mapping[str, Any]) -> str:
    """The municipality of a request, "ops" or "login", "" for the region; a few words, no more."""
    label = str(environ.get(LABEL, Host.OPS))  # probes come by address
    if label in (Host.REGION, Host.OPS, Host.LOGIN):
        return label
    row = environ.get(ROW)
    return label if row is not None and "slug" in row.row else NOWHERE


def note_request(
    place: str, *, endpoint: str, method: str, status: int, ms: float, is_told: bool = False
) -> None:
    """One request that was answered. Words of ours only: neither path nor query, no header.

    `is_told` is a refusal that was announced: while nothing may be changed, none of it failed.
    For traces one span of the whole request; it is made afterwards, when all is known.
    """
    failed = status >= 500 and not is_told
    words: dict[str, str | bool] = {"municipality": place, "endpoint": endpoint, "failed": failed}
    _duration.record(ms, words)
    end = time.time_ns()
    span = _tracer.start_span(
        endpoint or "nowhere",
        start_time=end - int(ms * 1e6),
        kind=trace.SpanKind.SERVER,
        attributes={
            "tenant.id": place,
            "http.request.method": method,
            "http.route": endpoint,
            "http.response.status_code": status,
        },
    )
    if failed:
        span.set_status(trace.StatusCode.ERROR)
    span.end(end)


@contextmanager
def job_measured(place: str, name: str) -> Iterator[None]:
    """A background job as a span; an error is named by its type, its text may hold a value."""
    words = {"tenant.id": place, "obshto.job": name}
    with _tracer.start_as_current_span(
        name,
        kind=trace.SpanKind.CONSUMER,
        attributes=words,
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        try:
            yield
        except Exception as error:
            span.set_status(trace.StatusCode.ERROR, type(error).__name__)
            told = {"obshto.job": name, "exception.type": type(error).__name__}
            logger.warning("job failed: %s", name, extra={"event": "job failed", "words": told})
            raise


def method_of(word: str) -> str:
    """The method of a request; a word of the visitor's own invention is not repeated."""
    return word if word in METHODS else "_OTHER"
