"""What a collector reads of the log: whose line it is, and no word of anybody's."""

import logging

import pytest
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor

from obshto.ops.telemetry.logs import OURS, listen
from obshto.platform.scope import in_municipality
from obshto.platform.telemetry import measures

EGN = "7501010018"


@pytest.fixture
def lines():
    """The lines that were handed over, each with all that it says."""
    told = InMemoryLogRecordExporter()
    provider = LoggerProvider()
    provider.add_log_record_processor(SimpleLogRecordProcessor(told))
    before = logging.getLogger(OURS).level
    handler = listen(provider)
    yield lambda: [line.log_record for line in told.get_finished_logs()]
    logging.getLogger(OURS).removeHandler(handler)
    logging.getLogger(OURS).setLevel(before)


def said(lines):
    return "".join(f"{line.body} {dict(line.attributes)}" for line in lines)


def test_a_request_is_a_line_of_its_municipality_without_path_or_query(lines, client, at):
    base = at("gorno-selo")
    client.get(f"/news/?egn={EGN}&token=abc{EGN}", base_url=base)
    client.get(f"/{EGN}", base_url=base)
    client.post("/sign-in", data={"person": EGN}, base_url=base, headers={"X-Note": EGN})
    client.open("/news/", method=f"X{EGN}", base_url=base)
    client.get(f"/?egn={EGN}", base_url=at())  # asked so, it is never one of the kept pages
    client.get("/", base_url=at("ops"))
    found = lines()
    assert [line.attributes["tenant.id"] for line in found] == [*["gorno-selo"] * 4, "", "ops"]
    assert {line.body for line in found} == {"request"}
    assert found[0].attributes["endpoint"] == "news_citizen.index"
    assert found[0].attributes["status"] == 200
    assert EGN not in said(found) and "token" not in said(found)


def test_an_error_is_its_type_and_place_alone(lines, app):
    with in_municipality("gorno-selo"):
        try:
            int(f"ЕГН {EGN}")
        except ValueError:
            # As Flask does it: the path stands in the sentence itself.
            app.logger.exception(f"Exception on /drafts/{EGN}?token={EGN} [GET]")  # noqa: G004
        logging.getLogger("obshto.x").warning("refused for %s", EGN)
    error, other = lines()
    assert error.attributes["exception.type"] == "ValueError"
    assert error.attributes["tenant.id"] == other.attributes["tenant.id"] == "gorno-selo"
    assert other.body == "refused for %s"
    assert EGN not in said([error, other])


def test_a_job_that_fails_is_a_line_a_library_is_none(lines):
    job = measures.job_measured("gorno-selo", "notify:send")
    with pytest.raises(ValueError), in_municipality("gorno-selo"), job:
        raise ValueError(EGN)
    logging.getLogger("procrastinate.worker").error("Job notify:send(person=%s)", EGN)
    [line] = lines()
    assert line.body == "job failed" and line.attributes["tenant.id"] == "gorno-selo"
    assert line.attributes["obshto.job"] == "notify:send"
    assert line.attributes["exception.type"] == "ValueError" and EGN not in said([line])
