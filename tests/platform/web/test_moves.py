"""A sentence after a redirect is said of what happened: once, here, to who did it."""

import pytest
from flask import Response, g

from obshto.platform.web import redirects
from obshto.platform.web.cookies import FLASH
from obshto.platform.web.redirects import with_flash, without_said

WORD, SENTENCE = "news.published", "Публикувана е"
NOTICES = ({WORD: SENTENCE},)


@pytest.fixture
def cookie(app, at):
    """cookie(base): what a browser has after an act there."""

    def told(base):
        with app.test_request_context(base_url=base):
            answer = with_flash(Response(), WORD)
            return answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]

    return told


@pytest.fixture
def said(app):
    def ask(base, word=WORD, cookie=""):
        headers = {"Cookie": f"{FLASH}={cookie}"} if cookie else {}
        with app.test_request_context(f"/?said={word}", base_url=base, headers=headers):
            sentence = redirects.said_in(NOTICES)
            assert bool(g.get("is_flash_shown")) == (sentence is not None)
            return sentence

    return ask


def test_an_address_alone_says_nothing(said, at):
    assert said(at("gorno-selo")) is None
    assert said(at("gorno-selo"), cookie="planted") is None


def test_what_happened_is_said_on_its_host_alone(said, cookie, at):
    kept = cookie(at("gorno-selo"))
    assert said(at("gorno-selo"), cookie=kept) == SENTENCE
    assert said(at("dolno-selo"), cookie=kept) is None
    assert said(at("gorno-selo"), "news.deleted", kept) is None


def test_after_ten_minutes_nothing_is_said(said, cookie, at, monkeypatch):
    kept = cookie(at("gorno-selo"))
    monkeypatch.setattr(redirects, "LASTS", -1)
    assert said(at("gorno-selo"), cookie=kept) is None


def test_it_is_said_once(sign_in):
    person = sign_in("gorno-selo")
    done = person.press("/account", to="/account", email="p@villages.example")
    assert done.status_code == 303 and "said=tenants.contact-changed" in done.location
    assert "govuk-notification-banner--success" in person.get(done.location).text
    assert "govuk-notification-banner--success" not in person.get(done.location).text


def test_who_asks_to_be_led_back_brings_no_word_along():
    assert without_said("/news/?page=2&said=sso.done-password") == "/news/?page=2"
    assert without_said("/?said=sso.done-password") == "/"
    assert (
        without_said("/search?q=%D0%B2%D0%BE%D0%B4%D0%B0") == "/search?q=%D0%B2%D0%BE%D0%B4%D0%B0"
    )


def test_nothing_is_said_above_errors(sign_in):
    """Sent to an address that still says what happened before, a form comes back without it."""
    person = sign_in("gorno-selo")
    done = person.press("/account", to="/account", email="p@villages.example")
    [fields] = [fields for to, fields in person.forms("/account") if to == "/account"]
    back = person.post(done.location, fields | {"phone": "без цифри"})
    assert back.status_code == 422 and "notification-banner--success" not in back.text
    assert "govuk-error-summary" in back.text
