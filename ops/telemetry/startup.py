"""Begin to listen to what is measured; each process that serves does so once."""

from __future__ import annotations

import os
import socket
from typing import Literal

from opentelemetry import _logs, metrics, trace
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import Histogram, MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader, PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import ExplicitBucketHistogramAggregation, View
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from obshto.ops.compose import conninfo
from obshto.ops.config import Config
from obshto.ops.telemetry.logs import listen
from obshto.ops.telemetry.metrics_store import BoardExporter
from obshto.ops.telemetry.percentile import BOUNDS
from obshto.platform.telemetry.measures import DURATION

INTERVAL_MS = 10_000


def start(config: Config, kind: Literal["web", "worker", "keeper"]) -> None:
    """What is measured goes into the board's tables, and to a collector where one is named.

    Called after the fork: threads do not live through one. The worker answers no request, so
    there is nothing to count in it; its jobs are spans for the collector. Lines of the log go there
    from all three.
    """
    resource = Resource.create(
        {
            "service.name": f"obshto-{kind}",
            "service.instance.id": f"{socket.gethostname()}-{os.getpid()}",
        }
    )
    if kind == "web":
        metrics.set_meter_provider(meter_provider(config, resource))
    if config.otlp_endpoint:
        tracing = TracerProvider(resource=resource)
        tracing.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        trace.set_tracer_provider(tracing)
        logs = LoggerProvider(resource=resource)
        logs.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))
        _logs.set_logger_provider(logs)
        listen(logs)


def stop() -> None:
    """What was measured last is written before the process ends."""
    given = metrics.get_meter_provider(), trace.get_tracer_provider(), _logs.get_logger_provider()
    for provider in given:
        if isinstance(provider, (MeterProvider, TracerProvider, LoggerProvider)):
            provider.shutdown()


def meter_provider(config: Config, resource: Resource) -> MeterProvider:
    """With fixed buckets, so that percentiles add up over workers, municipalities and time."""
    readers: list[MetricReader] = [_every(BoardExporter(conninfo(config.database)))]
    if config.otlp_endpoint:
        readers.append(_every(OTLPMetricExporter()))
    buckets = ExplicitBucketHistogramAggregation(boundaries=BOUNDS, record_min_max=False)
    view = View(instrument_type=Histogram, instrument_name=DURATION, aggregation=buckets)
    return MeterProvider(metric_readers=readers, views=[view], resource=resource)


def _every(exporter: BoardExporter | OTLPMetricExporter) -> MetricReader:
    return PeriodicExportingMetricReader(exporter, export_interval_millis=INTERVAL_MS)
