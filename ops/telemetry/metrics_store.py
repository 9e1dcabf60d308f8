"""Keep what was measured in PostgreSQL: minutes of a municipality, hours of its pages."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
from opentelemetry.sdk.metrics import Histogram
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    HistogramDataPoint,
    MetricExporter,
    MetricExportResult,
    MetricsData,
)

from obshto.ops.telemetry.percentile import SIZE, added
from obshto.platform.telemetry.measures import DURATION

MOST_WAITING = 5_000  # sums kept while the database is away; beyond it what comes is dropped
SECONDS = 5  # to connect, and for each statement

Key = tuple[Any, ...]
Sums = tuple[int, int, list[int]]  # requests, errors, buckets

ADD = """
INSERT INTO shared.{table} AS kept (municipality, {moment}{more}, requests, errors, buckets)
VALUES (%s, %s{places}, %s, %s, %s)
ON CONFLICT (municipality, {moment}{more}) DO UPDATE SET
    requests = kept.requests + excluded.requests,
    errors = kept.errors + excluded.errors,
    buckets = ARRAY(SELECT a + b FROM unnest(kept.buckets, excluded.buckets)
                    WITH ORDINALITY AS pair(a, b, n) ORDER BY n)
"""
MINUTE = ADD.format(table="request_minute", moment="minute", more="", places="")
HOUR = ADD.format(table="request_hour", moment="hour", more=", endpoint", places=", %s")
logger = logging.getLogger(__name__)


class BoardExporter(MetricExporter):
    """Adds each interval's sums to the board's tables, over a connection of its own process.

    Called by the reader's thread alone, so that no page waits for it. While the database is away
    the sums wait in memory.
    """

    def __init__(self, conninfo: str) -> None:
        super().__init__(preferred_temporality={Histogram: AggregationTemporality.DELTA})
        self._conninfo = conninfo
        self._connection: tuple[int, psycopg.Connection[Any]] | None = None
        self._waiting: dict[str, dict[Key, Sums]] = {MINUTE: {}, HOUR: {}}

    def export(
        self, metrics_data: MetricsData, timeout_millis: float = 10_000, **kwargs: Any
    ) -> MetricExportResult:
        """Never raises: what cannot be written now waits for the next interval."""
        for point in _points(metrics_data):
            self._add(point)
        try:
            self._write()
        except psycopg.Error as error:
            logger.warning("requests are counted later: %s", type(error).__name__)
            self._connection = None
            return MetricExportResult.FAILURE
        return MetricExportResult.SUCCESS

    def force_flush(self, timeout_millis: float = 10_000) -> bool:
        return True

    def shutdown(self, timeout_millis: float = 30_000, **kwargs: Any) -> None:
        if self._connection and self._connection[0] == os.getpid():
            self._connection[1].close()
        self._connection = None

    def _add(self, point: HistogramDataPoint) -> None:
        words = dict(point.attributes or {})
        at = datetime.fromtimestamp(point.time_unix_nano / 1e9, UTC)
        minute, place = at.replace(second=0, microsecond=0), words["municipality"]
        sums = point.count, point.count * bool(words["failed"]), list(point.bucket_counts)
        for statement, key in (
            (MINUTE, (place, minute)),
            (HOUR, (place, minute.replace(minute=0), words["endpoint"])),
        ):
            kept = self._waiting[statement]
            if key in kept or len(kept) < MOST_WAITING:
                kept[key] = _sum(kept.get(key, (0, 0, [0] * SIZE)), sums)

    def _write(self) -> None:
        if not any(self._waiting.values()):
            return
        connection = self._connected()
        with connection.transaction(), connection.cursor() as cursor:
            for statement, kept in self._waiting.items():
                # In one order in every worker, so that two never wait for each other.
                rows = [(*key, *kept[key]) for key in sorted(kept)]
                cursor.executemany(statement, rows)
        for kept in self._waiting.values():
            kept.clear()

    def _connected(self) -> psycopg.Connection[Any]:
        """One for each process: a fork must not write through its parent's."""
        if self._connection is None or self._connection[0] != os.getpid():
            options = f"-c statement_timeout={SECONDS}s"
            fresh = psycopg.connect(
                self._conninfo, connect_timeout=SECONDS, options=options, autocommit=True
            )
            self._connection = os.getpid(), fresh
        return self._connection[1]


def _points(data: MetricsData) -> Iterator[HistogramDataPoint]:
    for resource in data.resource_metrics:
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                if metric.name == DURATION:
                    yield from _histograms(metric.data.data_points)


def _histograms(points: Iterable[Any]) -> Iterator[HistogramDataPoint]:
    """Without the one in which the SDK gathers what is beyond its limit: it names nobody."""
    return (
        point
        for point in points
        if isinstance(point, HistogramDataPoint) and "municipality" in (point.attributes or {})
    )


def _sum(one: Sums, other: Sums) -> Sums:
    return one[0] + other[0], one[1] + other[1], added([one[2], other[2]])
