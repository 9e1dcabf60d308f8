"""What Keycloak asks before it changes how somebody signs in, whatever the address says."""

import pytest

from obshto.sso.account_actions import Act, act_named, word_for

NEW_FACTORS = [word_for(act, None) for act in (Act.PASSKEY, Act.CODES)]


@pytest.mark.parametrize("word", NEW_FACTORS)
@pytest.mark.parametrize("more", [{}, {"acr_values": "1"}])
def test_a_password_alone_adds_no_second_factor_to_who_has_one(walker, make_person, word, more):
    """Else whoever learned the password would make a second factor of their own."""
    person = make_person(second_factor=True)
    page = walker().ask(kc_action=word, **more)
    page = page.send(username=person.email, password=person.password)
    assert "otp" in page.fields(), page
    browser = walker()
    browser.sign_in(person.email, person.password)
    assert "otp" in browser.ask(kc_action=word, **more).fields()


@pytest.mark.parametrize("word", ["webauthn-register", "CONFIGURE_RECOVERY_AUTHN_CODES"])
def test_what_is_no_second_factor_here_is_not_set_up(walker, make_person, word):
    person = make_person()
    arrival = walker().ask(kc_action=word).send(username=person.email, password=person.password)
    assert arrival.said["kc_action_status"] == "error"


def test_who_changes_their_mind_is_signed_in_all_the_same(walker, make_person):
    person, browser = make_person(), walker()
    page = browser.ask(kc_action=word_for(Act.NAME, None))
    page = page.send(username=person.email, password=person.password)
    arrival = page.send(firstName="Друга", **{"cancel-aia": "true"})
    assert arrival.said["kc_action_status"] == "cancelled"
    claims = browser.claims(arrival)
    assert (claims["sub"], claims["name"]) == (person.subject, "Мая Тошева")


def test_a_new_name_is_told_at_once(walker, make_person):
    person, browser = make_person(), walker()
    page = browser.ask(kc_action=word_for(Act.NAME, None))
    page = page.send(username=person.email, password=person.password)
    arrival = page.send(firstName="Мария", lastName="Тошева")
    assert arrival.said["kc_action_status"] == "success"
    assert browser.claims(arrival)["name"] == "Мария Тошева"


def test_only_the_acts_of_the_house_have_a_word():
    assert act_named("passkey") is Act.PASSKEY
    assert [act_named(word) for word in ("", "PASSKEY", "delete_account")] == [None] * 3
