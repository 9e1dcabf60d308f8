"""Large text: a switch without scripts that stays, and never reaches anybody else."""

import re

import pytest

from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
LARGE = "govuk-template ob-large"


@pytest.fixture
def switch(client, at):
    def begin(size, base=VILLAGE, **headers):
        return client.get(f"/text-size/{size}", base_url=at(base), headers=headers)

    return begin


def offered(page):
    return re.search(r'class="ob-size" href="([^"]+)"', page)[1]


def test_it_stays_from_page_to_page_until_it_is_switched_back(client, at, switch):
    page = client.get("/news/", base_url=at(VILLAGE)).text
    assert LARGE not in page and offered(page) == "/text-size/large"
    answer = switch("large", Referer=f"{at(VILLAGE)}/news/?page=1")
    assert (answer.status_code, answer.location) == (303, "/news/?page=1")
    for path in ("/", "/en/contact", "/no-such-page"):
        assert LARGE in client.get(path, base_url=at(VILLAGE)).text
    assert offered(client.get("/", base_url=at(VILLAGE)).text) == "/text-size/usual"
    switch("usual")
    assert LARGE not in client.get("/", base_url=at(VILLAGE)).text


def test_what_is_kept_for_everybody_stays_as_it_was(client, at, app, switch):
    usual = client.get("/", base_url=at(VILLAGE))
    switch("large")
    assert LARGE in client.get("/", base_url=at(VILLAGE)).text
    stranger = app.test_client()
    again = stranger.get("/", base_url=at(VILLAGE))
    assert LARGE not in again.text and again.headers["ETag"] == usual.headers["ETag"]


@pytest.mark.parametrize("base", ["", "ops"], ids=["region", "board"])
def test_each_host_has_its_own_switch(client, at, switch, base):
    assert switch("large", base).status_code == 303
    assert LARGE in client.get("/no-such-page", base_url=at(base)).text
    assert LARGE not in client.get("/", base_url=at(VILLAGE)).text


def test_the_console_has_it(sign_in):
    staff = sign_in(VILLAGE, Role.EDITOR)
    assert offered(staff.get("/console/").text) == "/text-size/large"
    staff.get("/text-size/large")
    assert LARGE in staff.get("/console/").text


@pytest.mark.parametrize(
    "before", ["https://elsewhere.example/a", "http://gorno-selo.localhost:8000//elsewhere.example"]
)
def test_it_leads_nowhere_else(switch, before):
    assert switch("large", Referer=before).location == "/"


def test_other_sizes_are_not_there(switch):
    assert switch("huge").status_code == 404
