"""The booth's own host: the house answers there what nginx would let pass, and nothing else."""

from pathlib import Path

import pytest

from obshto.modules.voting.services.addresses import BOOTH

CONF = Path(__file__).parents[3] / "deploy/nginx.conf"
AT = "http://vote.gorno-selo.localhost:8000"


def test_both_doors_have_the_same_addresses():
    written = CONF.read_text("utf-8")
    for addresses in (BOOTH.answered, BOOTH.led):
        assert f"location ~ ^{addresses.pattern}$ {{" in written


def test_the_house_is_asked_there_for_the_booth(client):
    """There is no such vote; that the municipality says."""
    page = client.get("/voting/none/booth", base_url=AT)
    assert page.status_code == 404 and "Община Горно село" in page.text


@pytest.mark.parametrize("path", ["/", "/console/", "/sign-in", "/voting/none"])
def test_the_portal_is_not_there(client, path):
    page = client.get(path, base_url=AT)
    assert (page.status_code, page.text) == (404, "Not Found")


def test_its_lists_are_on_the_site(client):
    page = client.get("/ro/voting/none/trackers", base_url=AT)
    assert page.status_code == 302
    assert page.location == "http://gorno-selo.localhost:8000/ro/voting/none/trackers"
