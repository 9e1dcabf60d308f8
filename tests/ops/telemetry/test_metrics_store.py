"""What is measured arrives on the board and at a collector, without a word of anybody's."""

import http.server
import threading
from dataclasses import replace

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader, MetricExportResult
from opentelemetry.sdk.metrics.view import ExplicitBucketHistogramAggregation, View
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from obshto.ops.compose import conninfo
from obshto.ops.telemetry import startup
from obshto.ops.telemetry.metrics_store import BoardExporter
from obshto.ops.telemetry.percentile import BOUNDS, SIZE
from obshto.ops.telemetry.startup import meter_provider
from obshto.platform.telemetry import measures

EGN = "7501010018"
MINUTES = "SELECT municipality, requests, errors, buckets FROM shared.request_minute ORDER BY 1"
HOURS = "SELECT municipality, endpoint, requests, errors FROM shared.request_hour ORDER BY 1, 2"


@pytest.fixture
def listening(config, monkeypatch):
    """listening(config): measures go where that configuration says; answers the provider."""
    made = []

    def begin(config=config):
        provider = meter_provider(config, Resource.create({}))
        made.append(provider)
        histogram = provider.get_meter("obshto").create_histogram(measures.DURATION, unit="ms")
        monkeypatch.setattr(measures, "_duration", histogram)
        return provider

    yield begin
    for provider in made:
        provider.shutdown()


@pytest.fixture
def spans(monkeypatch):
    told = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(told))
    monkeypatch.setattr(measures, "_tracer", provider.get_tracer("obshto"))
    return told.get_finished_spans


def note(place="gorno-selo", ms=7.0, status=200, endpoint="news_citizen.index"):
    measures.note_request(place, endpoint=endpoint, method="GET", status=status, ms=ms)


def test_requests_of_a_minute_add_up_over_intervals_and_workers(listening, owner):
    for times in (1, 2):
        provider = listening()  # another worker, with an exporter of its own
        for _ in range(times):
            note(ms=7)
            note(ms=150, status=503)
        provider.force_flush()
    note(ms=7)
    provider.force_flush()
    rows = owner(MINUTES)
    assert sum(row[1] for row in rows) == 7
    assert sum(row[2] for row in rows) == 3
    assert [sum(column) for column in zip(*(row[3] for row in rows), strict=True)] == (
        [0, 4, 0, 0, 0, 3] + [0] * (SIZE - 6)
    )
    assert owner(HOURS) == [("gorno-selo", "news_citizen.index", 7, 3)]


def test_a_real_request_is_counted_where_it_was_answered(listening, client, at, owner):
    provider = listening()
    for label, path in (("gorno-selo", "/news/"), ("", "/search"), ("ops", "/healthz")):
        client.get(f"{path}?n=1", base_url=at(label))
    provider.force_flush()
    assert owner(HOURS) == [
        ("", "tenants_region.search", 1, 0),
        ("gorno-selo", "news_citizen.index", 1, 0),
        ("ops", "ops_board.healthz", 1, 0),
    ]


def test_a_stranger_cannot_fill_the_tables_with_names(listening, client, at, owner):
    provider = listening()
    for number in range(20):
        client.get("/?x", base_url=at(f"nobody-{number}"))
    provider.force_flush()
    assert [row[:2] for row in owner(MINUTES)] == [("-", 20)]


def test_while_the_database_is_away_the_sums_wait(listening, config, owner):
    exporter = BoardExporter("host=127.0.0.1 port=9 dbname=nowhere connect_timeout=1")
    reader = InMemoryMetricReader(
        preferred_temporality=exporter._preferred_temporality  # as the periodic reader takes it
    )
    view = View(
        instrument_name=measures.DURATION,
        aggregation=ExplicitBucketHistogramAggregation(boundaries=BOUNDS),
    )
    provider = MeterProvider([reader], views=[view])
    histogram = provider.get_meter("obshto").create_histogram(measures.DURATION)
    words = {"municipality": "gorno-selo", "endpoint": "x", "failed": False}
    histogram.record(7, words)
    assert exporter.export(reader.get_metrics_data()) is MetricExportResult.FAILURE
    exporter._conninfo = conninfo(config.database)
    histogram.record(7, words)
    assert exporter.export(reader.get_metrics_data()) is MetricExportResult.SUCCESS
    assert owner(HOURS) == [("gorno-selo", "x", 2, 0)]
    provider.shutdown()
    exporter.shutdown()


def test_neither_span_nor_reading_holds_a_word_of_a_person(
    listening, spans, client, at, owner, caplog
):
    caplog.set_level(0)
    provider = listening()
    base = at("gorno-selo")
    client.get(f"/news/?egn={EGN}&token=abc{EGN}", base_url=base)
    client.get(f"/{EGN}", base_url=base)
    client.post("/sign-in", data={"person": EGN}, base_url=base, headers={"X-Note": EGN})
    client.open("/news/", method=f"X{EGN}", base_url=base)
    provider.force_flush()
    found = spans()
    assert len(found) == 4
    told = "".join(span.to_json() for span in found) + caplog.text
    told += str(owner("SELECT * FROM shared.request_minute"))
    told += str(owner("SELECT * FROM shared.request_hour"))
    told += str(owner("SELECT * FROM shared.reading"))
    assert "news_citizen.index" in told
    assert EGN not in told and "token" not in told
    assert {span.attributes["tenant.id"] for span in found} == {"gorno-selo"}


def test_a_job_is_a_span_that_names_an_error_by_its_type_alone(spans):
    with pytest.raises(ValueError), measures.job_measured("gorno-selo", "notify:send"):
        raise ValueError(EGN)
    [span] = spans()
    assert (span.name, span.attributes["tenant.id"]) == ("notify:send", "gorno-selo")
    assert "ValueError" in span.to_json() and EGN not in span.to_json()


def test_only_who_answers_requests_counts_them(config, monkeypatch):
    begun = []
    monkeypatch.setattr(startup.metrics, "set_meter_provider", begun.append)
    startup.start(config, "worker")
    assert begun == []
    startup.start(config, "web")
    [provider] = begun
    provider.shutdown()


class Collector(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


@pytest.fixture
def collector():
    """It listens until all who measure have ended: they would knock again and again."""
    server = http.server.HTTPServer(("127.0.0.1", 0), Collector)
    server.heard = []
    quick = {"poll_interval": 0.02}
    threading.Thread(target=server.serve_forever, kwargs=quick, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_collector_hears_the_same_over_http(collector, listening, config, owner, monkeypatch):
    address = f"http://127.0.0.1:{collector.server_port}"
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
    provider = listening(replace(config, otlp_endpoint=address))
    note()
    provider.force_flush()
    [(path, body)] = collector.heard
    assert path == "/v1/metrics"
    assert b"gorno-selo" in body and measures.DURATION.encode() in body
    assert owner(HOURS) == [("gorno-selo", "news_citizen.index", 1, 0)]
