"""Making an account, forgetting its password, guessing at somebody else's."""

import email
import html
import re
import secrets
from datetime import UTC, datetime
from email.policy import default

import pytest

PASSWORD = "nova-parola-2"
CHOSEN = {"password-new": PASSWORD, "password-confirm": PASSWORD}


@pytest.fixture
def address(admin):
    """Somebody's who has no account; one that was made is gone after the test."""
    address = f"c{secrets.token_hex(4)}@villages.example"
    yield address
    for user in admin.get_users({"email": address, "exact": True}):
        admin.delete_user(user["id"])


def link_in(letters):
    message = email.message_from_bytes(letters.get(timeout=120), policy=default)
    text = message.get_body(("plain",)).get_content()
    return html.unescape(re.search(r"https?://\S+", text).group())


def test_a_citizen_makes_an_account_and_proves_the_address(walker, letters, address):
    browser = walker()
    page = browser.ask().follow("/registration?")
    assert "password" not in page.fields(), "asked only when the address is proven"
    page = page.send(email=address, firstName="Цветан", lastName="Лазаров")
    assert address in page.words()
    page = browser.go(link_in(letters))
    claims = browser.claims(page.send(**CHOSEN))
    assert (claims["email"], claims["email_verified"], claims["acr"]) == (address, True, "1")
    assert "organization" not in claims
    assert walker().sign_in(address, PASSWORD)["sub"] == claims["sub"]


def test_a_second_account_with_the_same_address_is_refused(walker, make_person):
    person = make_person()
    page = walker().ask().follow("/registration?")
    page = page.send(email=person.email, firstName="Цветан", lastName="Лазаров")
    assert "С този имейл вече има профил" in page.words()


def test_a_forgotten_password_is_replaced_by_letter(walker, letters, make_person):
    person, browser = make_person(), walker()
    page = browser.ask().follow("/reset-credentials?").send(username=person.email)
    page = browser.go(link_in(letters))
    assert browser.claims(page.send(**CHOSEN))["sub"] == person.subject
    assert walker().sign_in(person.email, PASSWORD)["sub"] == person.subject


def test_asking_for_a_letter_does_not_tell_who_has_an_account(walker, make_person, address):
    known = walker().ask().follow("/reset-credentials?").send(username=make_person().email)
    unknown = walker().ask().follow("/reset-credentials?").send(username=address)
    assert known.words() == unknown.words()


def test_guessing_makes_people_wait_and_shuts_nobody_out(walker, make_person, admin):
    person, page = make_person(), walker().ask()
    for _ in range(12):
        page = page.send(username=person.email, password="wrong")
    assert "password" in page.send(username=person.email, password=person.password).fields()
    path = f"admin/realms/obshto/attack-detection/brute-force/users/{person.subject}"
    assert admin.connection.raw_get(path).json()["disabled"] is True
    assert admin.get_user(person.subject)["enabled"] is True
    assert admin.connection.raw_delete(path).ok  # as time would do
    assert walker().sign_in(person.email, person.password)["sub"] == person.subject


def test_who_wants_to_be_remembered_is(walker, make_person):
    person, browser = make_person(), walker()
    page = browser.ask()
    page.send(username=person.email, password=person.password, rememberMe="on")
    assert any(cookie.name == "KEYCLOAK_REMEMBER_ME" for cookie in browser.session.cookies)
    lasting = {cookie.name: cookie.expires for cookie in browser.session.cookies}
    assert lasting["KEYCLOAK_IDENTITY"], "it outlives the browser"


def test_a_mailbox_is_not_worth_the_phone(walker, letters, make_person):
    """Who reads somebody's letters gets no new password without their code."""
    person, browser = make_person(second_factor=True), walker()
    browser.ask().follow("/reset-credentials?").send(username=person.email)
    page = browser.go(link_in(letters))
    assert "otp" in page.fields() and "password-new" not in page.fields()
    page = page.send(otp=person.phone.code())
    assert browser.claims(page.send(**CHOSEN))["sub"] == person.subject


def test_a_new_address_counts_when_its_letter_is_opened(walker, letters, make_person, directory):
    begun = datetime.now(UTC)
    person, browser, address = make_person(), walker(), f"n{secrets.token_hex(4)}@villages.example"
    page = browser.ask(kc_action="UPDATE_EMAIL")
    page = page.send(username=person.email, password=person.password)
    page = page.send(email=address)
    assert "Изпратихме Ви писмо" in page.words()
    # Until then every sign-in reminds of the letter.
    page = walker().ask().send(username=person.email, password=person.password)
    assert "Изпратихме писмо до " + address in page.words()
    assert person.subject not in directory.new_addresses(begun)
    page = walker().go(link_in(letters))
    assert "Имейлът е сменен" in page.words()
    claims = walker().sign_in(address, person.password)
    assert (claims["sub"], claims["email_verified"]) == (person.subject, True)
    assert directory.new_addresses(begun) == {person.subject: address}


@pytest.mark.long
def test_who_thinks_better_of_a_new_address_writes_the_old_one(walker, make_person, address):
    person = make_person()
    page = walker().ask(kc_action="UPDATE_EMAIL")
    page.send(username=person.email, password=person.password).send(email=address)
    page = walker().ask().send(username=person.email, password=person.password)
    page.send(email=person.email)
    assert walker().sign_in(person.email, person.password)["email"] == person.email
