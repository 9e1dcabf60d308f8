"""What every answer tells the browser."""

import re
from dataclasses import replace

import pytest

from obshto.ops.compose import compose
from obshto.platform.db.session import db
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"


@pytest.fixture
def home(client, at):
    return client.get("/", base_url=at(VILLAGE))


def test_only_our_own_files_may_act_on_a_page(home):
    policy = home.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'; base-uri 'none'; frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "nonce" not in policy


def test_no_page_carries_a_script_or_a_style_of_its_own(home):
    assert re.findall(r"<script>(.+?)</script>", home.text) == []
    assert "script-src 'self';" in home.headers["Content-Security-Policy"]
    assert " style=" not in home.text and "<style" not in home.text


def test_citizens_pages_ask_for_trusted_types_and_the_console_cannot(home, sign_in):
    console = sign_in(VILLAGE, Role.ADMIN).get("/console/")
    assert "require-trusted-types-for 'script'" in home.headers["Content-Security-Policy"]
    assert "trusted-types" not in console.headers["Content-Security-Policy"]


def test_a_page_of_somebody_signed_in_is_kept_nowhere(home, sign_in):
    person = sign_in(VILLAGE, Role.ADMIN)
    for path in ("/", "/console/", "/news/"):
        assert person.get(path).headers["Cache-Control"] == "private, no-store"
    assert home.headers["Cache-Control"] == "private, no-cache"


def test_a_worn_out_cookie_makes_a_page_personal_too(client, at):
    client.set_cookie("session", "long-gone", domain=f"{VILLAGE}.localhost")
    answer = client.get("/", base_url=at(VILLAGE))
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_files_with_a_fingerprint_are_kept_for_ever(client, at, home):
    sheets = re.findall(r'href="([^"]+\.css)"', home.text)
    assert len(sheets) == 2  # the look, the theme
    for sheet in sheets:
        with client.get(sheet, base_url=at(VILLAGE)) as answer:
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"]


def test_a_theme_that_is_no_more_is_not_served_under_its_old_name(client, at, home):
    theme = re.search(r"/theme\.[0-9a-f]+\.css", home.text).group()
    neighbour = client.get(theme, base_url=at("dolno-selo"))
    assert neighbour.status_code == 404


def test_over_https_the_cookie_is_bound_to_its_host_and_the_browser_stays(config, house, at):
    secure = replace(config, base_url="https://obshto.example")
    app = compose(secure)
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    base = "http://gorno-selo.obshto.example"  # as the proxy forwards it
    answer = client.post("/sign-in", data={"next": "/"}, base_url=base)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-browser=")
    assert "Domain" not in cookie
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    app.extensions["obshto.hosts"].close()
    with app.app_context():
        db.engine.dispose()
