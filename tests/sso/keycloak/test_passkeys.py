"""A passkey instead of password and code, with the authenticators that Chromium pretends to have.

A telephone or laptop that looks at a finger, and a key of hardware that is put into a computer.
"""

from contextlib import suppress

import pytest
from playwright.sync_api import Error

HOUSE = "login.localhost:8000"
BACK = f"://{HOUSE}/callback?"
pytestmark = pytest.mark.browser
TRANSPORTS = ("internal", pytest.param("usb", marks=pytest.mark.long))
DEVICE = {
    "protocol": "ctap2",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(params=TRANSPORTS)
def tab(request, house_that_listens, chromium):
    """A phone with a finger on it, or a computer with a key in it, which finds the house where our
    listener is."""
    there = f"127.0.0.1:{house_that_listens.server_port}"
    browser = chromium(f"--host-resolver-rules=MAP {HOUSE} {there}")
    tab = browser.new_context(locale="bg-BG").new_page()
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("WebAuthn.enable")
    options = DEVICE | {"transport": request.param}
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    tab.touch = lambda is_there: devtools.send(
        "WebAuthn.setAutomaticPresenceSimulation", {**made, "enabled": is_there}
    )
    yield tab
    browser.close()


def arrived(tab, browser):
    """What the house is told, where the browser is led back to it."""
    tab.wait_for_url(lambda url: BACK in url)
    where = tab.url
    tab.goto("about:blank")  # or the next arrival could not be told from this one
    return browser.claims(browser.arrival(where))


@pytest.fixture
def owner(tab, walker, make_person):
    """Somebody who made a passkey on this phone, as the house offers it (`kc_action`)."""
    person, browser = make_person("kula"), walker()
    tab.on("dialog", lambda dialog: dialog.accept("Телефон"))
    tab.goto(browser.address(kc_action="webauthn-register-passwordless"))
    tab.fill("#username", person.email)
    tab.fill("#password", person.password)
    tab.click("button[name=login]")
    press(tab, "#registerWebAuthn")
    arrived(tab, browser)
    tab.context.clear_cookies()
    return person


def press(tab, button, patience=30_000):
    """These buttons are deaf until their script has come."""
    tab.wait_for_selector(button, timeout=patience)
    tab.wait_for_load_state("load")
    tab.click(button, timeout=patience)


def press_passkey(tab):
    # Chromium may have answered the quiet offer already, and the page be gone.
    with suppress(Error):
        press(tab, "#authenticateWebAuthnButton", patience=3000)


def test_a_passkey_signs_in_without_a_password(tab, walker, owner):
    browser = walker()
    tab.goto(browser.address())
    press_passkey(tab)
    claims = arrived(tab, browser)
    assert (claims["sub"], claims["acr"]) == (owner.subject, "1")


def test_a_passkey_proves_the_second_level_at_once(tab, walker, owner):
    browser = walker()
    tab.goto(browser.address(acr_values="2"))
    press_passkey(tab)
    claims = arrived(tab, browser)
    assert (claims["sub"], claims["acr"]) == (owner.subject, "2")


def test_a_passkey_is_the_step_up_of_who_came_with_a_password(tab, walker, owner):
    browser = walker()
    tab.touch(False)  # or the browser would offer it before anybody can type
    tab.goto(browser.address())
    tab.fill("#username", owner.email)
    tab.fill("#password", owner.password)
    tab.click("button[name=login]")
    before = arrived(tab, browser)
    assert before["acr"] == "1"
    tab.goto(browser.address(acr_values="2"))
    assert tab.locator("#authenticateWebAuthnButton").is_visible()
    assert BACK not in tab.url
    tab.touch(True)
    press(tab, "#authenticateWebAuthnButton")
    after = arrived(tab, browser)
    assert (after["acr"], after["sid"]) == ("2", before["sid"])


def test_the_directory_sees_the_passkey(owner, directory):
    (member,) = [one for one in directory.members("kula") if one.subject == owner.subject]
    assert member.has_second_factor is True
