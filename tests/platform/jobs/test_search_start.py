"""A house that has just started finds what nobody wrote: the catalogue of services."""

import re

import pytest
from sqlalchemy import text

from obshto.ops.worker import renew_search

ASKED = ("постоянен адрес", "скица", "куче")
SERVICE = re.compile(r"/eservices/(\d{4}|dog)\b")


@pytest.fixture
def unasked(owner, migrator):
    """Services are on in one village, and nothing has asked for their index yet."""
    with migrator.begin() as connection:
        there = "UPDATE shared.tenant SET modules = '{eservices}' WHERE slug = 'gorno-selo'"
        connection.execute(text(there))


def found(client, base, words):
    page = client.get("/search", query_string={"q": words}, base_url=base)
    return SERVICE.findall(page.text)


def test_after_a_start_services_are_found_in_the_municipality_and_in_the_region(
    app, client, at, drain, unasked
):
    assert found(client, at("gorno-selo"), "скица") == []
    renew_search(app)
    renew_search(app)  # a second worker starts as well
    drain()
    for words in ASKED:
        assert found(client, at("gorno-selo"), words), words
        assert found(client, at(), words), words
        assert found(client, at("dolno-selo"), words) == []
    assert found(client, at("gorno-selo"), "куче")[0] == "dog"
