"""The end of a session: asked for by the house, told to the house."""

import base64
import json
import time

LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
BYE = "http://login.localhost:8000/bye"


def signed_in(walker, make_person):
    person, browser = make_person("kula"), walker()
    return person, browser, browser.sign_in(person.email, person.password)


def leave(browser, **words):
    words = "&".join(f"{name}={value}" for name, value in words.items())
    return browser.go(f"{browser.meta['end_session_endpoint']}?{words}")


def test_with_the_token_nobody_is_asked_whether_they_mean_it(walker, make_person):
    _, browser, _ = signed_in(walker, make_person)
    arrival = leave(
        browser, id_token_hint=browser.id_token, post_logout_redirect_uri=BYE, state="s1"
    )
    assert arrival.url == f"{BYE}?state=s1"
    assert "password" in browser.ask().fields()


def test_without_the_token_they_are_asked(walker, make_person):
    _, browser, _ = signed_in(walker, make_person)
    page = leave(browser, client_id="obshto", post_logout_redirect_uri=BYE)
    assert page.status == 200 and "confirmLogout" in page.html


def test_another_address_to_return_to_is_refused(walker, make_person):
    _, browser, _ = signed_in(walker, make_person)
    page = leave(
        browser,
        id_token_hint=browser.id_token,
        post_logout_redirect_uri="http://kula.localhost:8000/bye",
    )
    assert page.status == 400


def test_the_house_is_told_which_session_ended(walker, make_person, heard, server):
    person, browser, claims = signed_in(walker, make_person)
    leave(browser, id_token_hint=browser.id_token, post_logout_redirect_uri=BYE)
    path, kind, form = heard.get(timeout=120)
    assert (path, kind) == ("/back-channel-logout", "application/x-www-form-urlencoded")
    assert set(form) == {"logout_token"}
    token = browser.read(form["logout_token"])
    assert {name: token[name] for name in ("iss", "aud", "sub", "sid", "typ")} == {
        "iss": server.issuer,
        "aud": "obshto",
        "sub": person.subject,
        "sid": claims["sid"],
        "typ": "Logout",
    }
    assert LOGOUT in token["events"]
    assert token["events"][LOGOUT] == {}
    assert "nonce" not in token
    assert 0 < token["exp"] - token["iat"] <= 300


def test_the_header_of_a_logout_token_says_its_type(walker, make_person, heard):
    _, browser, _ = signed_in(walker, make_person)
    leave(browser, id_token_hint=browser.id_token, post_logout_redirect_uri=BYE)
    token = heard.get(timeout=120)[2]["logout_token"]
    header = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    assert header["alg"] == "RS256"
    assert header["typ"] == "logout+jwt"


def test_one_session_of_a_person_ends_and_the_other_stays(walker, make_person, heard):
    person, first, claims = signed_in(walker, make_person)
    second = walker()
    second.sign_in(person.email, person.password)
    leave(first, id_token_hint=first.id_token, post_logout_redirect_uri=BYE)
    assert first.read(heard.get(timeout=120)[2]["logout_token"])["sid"] == claims["sid"]
    time.sleep(0.5)
    assert heard.empty()
    assert "code" in second.ask().said
