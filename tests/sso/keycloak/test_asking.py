"""What the house may ask for beside a level: nobody, everything anew, a certain person."""

import time


def test_prompt_none_without_a_session_comes_back_with_an_error(walker):
    assert walker().ask(prompt="none").said["error"] == "login_required"


def test_prompt_none_with_a_session_asks_nothing(walker, make_person):
    person, browser = make_person("kula"), walker()
    before = browser.sign_in(person.email, person.password)
    assert browser.claims(browser.ask(prompt="none"))["sid"] == before["sid"]


def test_prompt_none_cannot_step_up(walker, make_person):
    person, browser = make_person("kula", second_factor=True), walker()
    browser.sign_in(person.email, person.password)
    said = browser.ask(prompt="none", acr_values="2").said
    assert said["error"] in ("login_required", "interaction_required")


def test_prompt_login_asks_for_the_password_again(walker, make_person):
    person, browser = make_person("kula"), walker()
    before = browser.sign_in(person.email, person.password)
    time.sleep(1.1)
    page = browser.ask(prompt="login")
    assert "password" in page.fields() and "username" not in page.fields()
    after = browser.claims(page.send(password=person.password))
    assert after["auth_time"] > before["auth_time"]
    assert after["sid"] == before["sid"]


def test_prompt_login_at_the_second_level_asks_for_both(walker, make_person):
    person, browser = make_person("kula", second_factor=True), walker()
    page = browser.ask(acr_values="2").send(username=person.email, password=person.password)
    browser.claims(page.send(otp=person.phone.code()))
    page = browser.ask(prompt="login", acr_values="2")
    page = page.send(password=person.password)
    assert browser.claims(page.send(otp=person.phone.code()))["acr"] == "2"


def test_max_age_asks_again_when_the_sign_in_is_older(walker, make_person):
    person, browser = make_person("kula"), walker()
    browser.sign_in(person.email, person.password)
    assert browser.claims(browser.ask(max_age="3600"))["acr"] == "1"
    time.sleep(2.1)
    assert "password" in browser.ask(max_age="1").fields()


def test_login_hint_fills_the_address_in(walker):
    page = walker().ask(login_hint="maya@villages.example")
    assert page.form("username")[1]["username"] == "maya@villages.example"


def test_the_wish_for_a_language_is_heard(walker):
    for language in ("bg", "en", "ro"):
        assert walker().ask(ui_locales=language).language == language
