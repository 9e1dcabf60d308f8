"""The log says where time goes, never what people typed."""

import json
import logging

import pytest

SECRET = "7501010018"


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "obshto.requests")
    return lambda: [json.loads(record.message) for record in caplog.records]


def test_a_request_leaves_one_line_with_the_municipality_and_the_endpoint(client, at, lines):
    client.get("/news/", base_url=at("gorno-selo"))
    (line,) = lines()
    assert line.pop("ms") >= 0 and line.pop("request")
    assert line == {
        "municipality": "gorno-selo",
        "endpoint": "news_citizen.index",
        "method": "GET",
        "status": 200,
    }


def test_neither_path_nor_query_nor_body_is_told(client, at, lines, caplog):
    base = at("gorno-selo")
    client.get(f"/news/?egn={SECRET}", base_url=base)
    client.get(f"/{SECRET}", base_url=base)
    client.post("/sign-in", data={"person": SECRET}, base_url=base)
    assert len(lines()) == 3
    assert SECRET not in caplog.text


def test_the_proxys_request_id_goes_along_when_it_is_one(client, at):
    for sent, kept in (("abcdef0123456789", True), ("x\u00e9;drop", False)):
        answer = client.get("/news/?a=1", base_url=at("gorno-selo"), headers={"X-Request-ID": sent})
        assert (answer.headers["X-Request-ID"] == sent) is kept
