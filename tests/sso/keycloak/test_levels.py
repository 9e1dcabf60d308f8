"""A password, then a second factor: what Keycloak says was proven, when, for how long."""

import json
import time

import pytest

from obshto.sso.keycloak.flow import CONFIGS, SIGN_IN


@pytest.fixture
def clerk(make_person):
    return make_person("kula", second_factor=True)


def first_level(walker, person):
    browser = walker()
    return browser, browser.sign_in(person.email, person.password)


def at_second_level(walker, person, **more):
    browser = walker()
    page = browser.ask(acr_values="2", **more).send(username=person.email, password=person.password)
    return browser, browser.claims(page.send(otp=person.phone.code()))


@pytest.fixture
def proof_lasts(admin, provisioned):
    """proof_lasts(2, 1): the second level counts for one second, until the test is over."""

    def last(number, seconds):
        for step in admin.get_authentication_flow_executions(SIGN_IN.name):
            if step.get("providerId") == "conditional-level-of-authentication":
                path = f"{CONFIGS}/{step['authenticationConfig']}"
                config = admin.connection.raw_get(path).json()
                if config["config"]["loa-condition-level"] == str(number):
                    config["config"]["loa-max-age"] = str(seconds)
                    assert admin.connection.raw_put(path, data=json.dumps(config)).ok

    return last


def test_a_password_proves_the_first_level(walker, clerk):
    assert first_level(walker, clerk)[1]["acr"] == "1"


def test_password_and_code_prove_the_second(walker, clerk):
    assert at_second_level(walker, clerk)[1]["acr"] == "2"


@pytest.mark.long
def test_the_claims_parameter_asks_as_acr_values_do(walker, clerk):
    browser = walker()
    wish = json.dumps({"id_token": {"acr": {"essential": True, "values": ["2"]}}})
    page = browser.ask(claims=wish).send(username=clerk.email, password=clerk.password)
    assert browser.claims(page.send(otp=clerk.phone.code()))["acr"] == "2"


def test_a_step_up_asks_for_the_code_alone_and_keeps_the_session(walker, clerk):
    browser, before = first_level(walker, clerk)
    page = browser.ask(acr_values="2")
    assert "otp" in page.fields() and "password" not in page.fields()
    after = browser.claims(page.send(otp=clerk.phone.code()))
    assert (after["acr"], after["sid"]) == ("2", before["sid"])


def test_a_step_up_moves_auth_time(walker, clerk):
    browser, before = first_level(walker, clerk)
    time.sleep(1.1)
    after = browser.claims(browser.ask(acr_values="2").send(otp=clerk.phone.code()))
    assert after["auth_time"] > before["auth_time"]


@pytest.mark.long
def test_single_sign_on_moves_neither_auth_time_nor_sid(walker, clerk):
    browser, before = first_level(walker, clerk)
    time.sleep(1.1)
    after = browser.claims(browser.ask())
    assert (after["auth_time"], after["sid"]) == (before["auth_time"], before["sid"])


@pytest.mark.long
def test_the_second_level_is_told_while_it_counts_even_unasked(walker, clerk):
    browser, _ = at_second_level(walker, clerk)
    assert browser.claims(browser.ask())["acr"] == "2"
    assert browser.claims(browser.ask(acr_values="2"))["acr"] == "2"


def test_who_asks_for_the_first_level_is_told_the_first(walker, clerk):
    browser, _ = at_second_level(walker, clerk)
    assert browser.claims(browser.ask(acr_values="1"))["acr"] == "1"


def test_a_second_level_that_expired_is_asked_for_again(walker, clerk, proof_lasts):
    proof_lasts(2, 1)
    browser, _ = at_second_level(walker, clerk)
    time.sleep(2.1)
    assert browser.claims(browser.ask())["acr"] == "1"
    assert "otp" in browser.ask(acr_values="2").fields()


@pytest.mark.long
def test_a_first_level_that_expired_is_level_nought_unless_asked_for(walker, clerk, proof_lasts):
    """The session alone still lets people in, so the house must not take `0` for a sign-in."""
    proof_lasts(1, 1)
    browser, _ = first_level(walker, clerk)
    time.sleep(2.1)
    assert browser.claims(browser.ask())["acr"] == "0"
    assert "password" in browser.ask(acr_values="1").fields()


def test_who_has_no_second_factor_is_led_to_make_one(walker, make_person, authenticator):
    person, browser = make_person("kula"), walker()
    page = browser.ask(acr_values="2").send(username=person.email, password=person.password)
    secret = page.form("totpSecret")[1]["totpSecret"]
    phone = authenticator(secret)
    arrival = page.send(totp=phone.code(), userLabel="Телефон")
    assert browser.claims(arrival)["acr"] == "2"
    again = walker()
    page = again.ask(acr_values="2").send(username=person.email, password=person.password)
    assert again.claims(page.send(otp=phone.code()))["acr"] == "2"


def test_a_wrong_code_is_refused(walker, clerk):
    browser, _ = first_level(walker, clerk)
    page = browser.ask(acr_values="2").send(otp="000000")
    assert "otp" in page.fields()


@pytest.mark.parametrize(
    ("edited", "told"), [("0", "0"), ("1", "1"), ("high", "1"), ("2 1", "1"), ("", "1")]
)
def test_whoever_edits_acr_values_gets_less_and_is_told_so(walker, clerk, edited, told):
    """Nothing refuses the edit: the house must look at `acr` of the token that came."""
    browser = walker()
    page = browser.ask(acr_values=edited)
    arrival = page.send(username=clerk.email, password=clerk.password)
    assert browser.claims(arrival)["acr"] == told


def test_a_level_that_is_not_there_asks_for_all_there_is(walker, clerk):
    browser = walker()
    page = browser.ask(acr_values="9").send(username=clerk.email, password=clerk.password)
    arrival = page.send(otp=clerk.phone.code())
    assert browser.claims(arrival)["acr"] == "2"


def test_a_word_that_is_no_level_is_refused_where_it_is_essential(walker):
    wish = json.dumps({"id_token": {"acr": {"essential": True, "values": ["high"]}}})
    assert walker().ask(claims=wish).status == 400
