"""Writes come from our own pages, or not at all; nothing that was typed is lost."""

import re

import pytest

from obshto.tenants.api import end_session

HERE = "gorno-selo"
SIGN_IN = {"next": "/news/"}  # reaches the view, which leads on: 303


@pytest.fixture
def browser(app):
    """A browser that says nothing of where a form comes from, unless told to."""
    return app.test_client()


def post(client, at, headers=None, data=SIGN_IN):
    return client.post("/sign-in", data=data, base_url=at(HERE), headers=headers or {})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://gorno-selo.localhost:8000"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://dolno-selo.localhost:8000"}, 403),
        ({"Origin": "https://gorno-selo.localhost:8000"}, 403),
        ({"Origin": "null"}, 403),
        # The word of the browser counts before what a script may set.
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://gorno-selo.localhost:8000"}, 403),
    ],
)
def test_the_browser_says_where_a_form_comes_from(browser, at, headers, status):
    assert post(browser, at, headers).status_code == status


def test_a_silent_browser_gets_the_form_back_once_with_everything_typed(browser, at):
    typed = {"next": "/news/", "note": '"><b>първи ред\nвтори ред'}
    answer = post(browser, at, data=typed)
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]
    assert "&#34;&gt;&lt;b&gt;първи ред\nвтори ред" in answer.text
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', answer.text).group(1)
    assert post(browser, at, data={**typed, "csrf_token": token}).status_code == 303


def test_the_token_of_one_host_is_none_on_another(browser, at):
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', post(browser, at).text).group(1)
    cookie = browser.get_cookie("form", domain="gorno-selo.localhost").value
    browser.set_cookie("form", cookie, domain="dolno-selo.localhost")
    data = {**SIGN_IN, "csrf_token": token}
    answer = browser.post("/sign-in", data=data, base_url=at("dolno-selo"))
    assert answer.status_code == 403


def test_with_a_session_the_token_is_asked_besides(sign_in):
    here = sign_in(HERE)
    without = here.client.post("/sign-in", data=SIGN_IN, base_url=here.base)
    assert without.status_code == 403
    assert 'name="next" value="/news/"' in without.text
    assert here.post("/sign-in", data=SIGN_IN).status_code == 303


def test_a_planted_form_cookie_does_not_stand_in_for_the_sessions_token(sign_in, app, at, browser):
    planted = post(browser, at).text
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', planted).group(1)
    here = sign_in(HERE)
    here.client.set_cookie(
        "form",
        browser.get_cookie("form", domain="gorno-selo.localhost").value,
        domain="gorno-selo.localhost",
    )
    data = {**SIGN_IN, "csrf_token": token}
    del here.client.environ_base["HTTP_SEC_FETCH_SITE"]  # a browser that says nothing of itself
    assert here.client.post("/sign-in", data=data, base_url=here.base).status_code == 403


def test_what_was_given_back_before_signing_in_is_sent_with_one_press_after(sign_in, app):
    """The browser says that the form is ours; the session that sends it is another by then."""
    here = sign_in(HERE)
    data = {"email": "nova@villages.example", "csrf_token": here.form_token()}
    with app.app_context():
        end_session(here.client.get_cookie("session", domain="gorno-selo.localhost").value)
    given_back = here.client.post("/account", data=data, base_url=here.base)
    assert given_back.status_code == 403 and "/sign-in?next=/account" in given_back.text
    [(_, kept)] = [f for f in here.forms_in(given_back.text) if "email" in f[1]]
    again = sign_in(HERE)
    form = here.client.get_cookie("form", domain="gorno-selo.localhost").value
    again.client.set_cookie("form", form, domain="gorno-selo.localhost")
    assert again.client.post("/account", data=kept, base_url=here.base).status_code == 303
