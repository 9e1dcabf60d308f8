"""A host of its own beside a municipality's: a few addresses, no cookie in or out, nothing else."""

import re

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

from obshto.platform.web.separate_origin import SeparateHost, SeparateOrigin

BOOTH = SeparateOrigin(
    label="vote",
    answered=re.compile(r"/voting/[a-z0-9-]+/(booth|cast)"),
    led=re.compile(r"/voting/[a-z0-9-]+/trackers"),
)


@pytest.fixture
def ask():
    """ask(host, path): status, headers, and what the house was told; None where it was not."""
    met = []

    def house(environ, start):
        met.append(environ)
        answer = Response("here")
        answer.set_cookie("session", "abc")
        answer.headers["X-Kept"] = "yes"
        return answer(environ, start)

    door = SeparateHost(house, BOOTH, "obshto.example", "https")

    def sent(host, path, **headers):
        met.clear()
        environ = EnvironBuilder(path=path, headers={"Host": host, **headers}).get_environ()
        _, status, answered = run_wsgi_app(door, environ)
        return int(status.split()[0]), answered, met[0] if met else None

    return sent


def test_what_is_there_is_answered_without_cookies(ask):
    own = {"Cookie": "session=abc", "Origin": "https://vote.kula.obshto.example"}
    status, headers, told = ask("Vote.Kula.obshto.example", "/voting/2026-a/cast", **own)
    assert status == 200 and headers["X-Kept"] == "yes" and "Set-Cookie" not in headers
    assert told["HTTP_HOST"] == "kula.obshto.example"
    assert not {"HTTP_COOKIE", "HTTP_ORIGIN"} & set(told)


def test_what_belongs_to_the_whole_site_is_led_there(ask):
    status, headers, told = ask("vote.kula.obshto.example", "/voting/2026-a/trackers?page=2")
    assert (status, told) == (302, None)
    assert headers["Location"] == "https://kula.obshto.example/voting/2026-a/trackers?page=2"


@pytest.mark.parametrize("path", ["/", "/console/", "/voting/2026-a", "/voting/2026-a/cast/x"])
def test_nothing_else_is_there(ask, path):
    status, _, told = ask("vote.kula.obshto.example", path)
    assert (status, told) == (404, None)


@pytest.mark.parametrize(
    "host", ["kula.obshto.example", "vote.obshto.example", "vote.kula.elsewhere.example"]
)
def test_other_hosts_are_met_as_they_are(ask, host):
    """One that is called so is a municipality; one elsewhere is a stranger's."""
    status, headers, told = ask(host, "/console/", Cookie="session=abc")
    assert status == 200 and "Set-Cookie" in headers
    assert (told["HTTP_HOST"], told["HTTP_COOKIE"]) == (host, "session=abc")
