"""The national sign-in in front of a real Keycloak, with a second realm that plays the state."""

import base64
import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from obshto.sso.keycloak.broker import ALIAS
from obshto.sso.keycloak.call import call
from obshto.sso.keycloak.organizations import find_organization
from obshto.sso.keycloak.plan import REALM
from obshto.sso.keycloak.provision import drift, provision

spec = importlib.util.spec_from_file_location("state", Path(__file__).parents[1] / "state.py")
playing = sys.modules["state"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(playing)

EGN = "7501010010"
EXTENSION = "{urn:bg:egov:eauth:2.0:saml:ext}"


@pytest.fixture(scope="module")
def state(realm, server):
    """The state knows Невена; ours knows the state, until this file is through."""
    state = playing.play_the_state(realm.admin, server.url)
    state.add("nevena", f"PNOBG-{EGN}", "Невена Радулова Колева")
    state.add("asen", "PNOBG-8001010014", "Асен Колев", level="HIGH")
    state.add("guest", "PASBG-380000001", "Anna Guest", level=None)
    provision(replace(realm, plan=replace(realm.plan, eid=state.plan)))
    yield state
    provision(realm)
    call(realm.admin, "DELETE", f"admin/realms/{playing.NAME}")


@pytest.fixture
def told(realm, state):
    """The realm as it is to be while the state is known."""
    return replace(realm, plan=replace(realm.plan, eid=state.plan))


def come(browser, username, **more):
    """The whole way: our page, the state's page, back to the house; where one arrives."""
    asked = browser.ask(municipality="kula", **more).follow(f"/broker/{ALIAS}/login")
    there = asked.send(SAMLRequest=asked.form()[1]["SAMLRequest"])
    answer = there.send(username=username, password=playing.PASSWORD)
    return answer.send(SAMLResponse=answer.form("SAMLResponse")[1]["SAMLResponse"])


def userinfo(browser, arrival):
    tokens = browser.tokens(arrival)
    asked = {"Authorization": f"Bearer {tokens['access_token']}"}
    told = browser.session.get(browser.meta["userinfo_endpoint"], headers=asked).json()
    return browser.read(tokens["id_token"]), told


def test_who_comes_by_the_state_is_known_by_number_name_and_level(state, walker):
    browser = walker()
    claims, told = userinfo(browser, come(browser, "nevena"))
    assert (claims["name"], claims["eid_loa"]) == ("Невена Радулова Колева", "2")
    assert told["eid_identifier"] == f"PNOBG-{EGN}" and told["sub"] == claims["sub"]


def test_the_number_is_not_in_the_id_token(state, walker):
    browser = walker()
    tokens = browser.tokens(come(browser, "nevena"))
    assert EGN not in json.dumps(browser.read(tokens["id_token"]))


@pytest.mark.parametrize(("who", "level"), [("asen", "3"), ("guest", "1")])
def test_the_level_is_what_the_state_said_and_the_least_where_it_said_nothing(
    state, walker, who, level
):
    browser = walker()
    assert browser.claims(come(browser, who))["eid_loa"] == level


def test_the_same_person_comes_back_to_the_same_account(state, walker):
    first, second, other = (walker() for _ in range(3))
    subject = first.claims(come(first, "nevena"))["sub"]
    assert second.claims(come(second, "nevena"))["sub"] == subject
    assert other.claims(come(other, "asen"))["sub"] != subject


@pytest.mark.long
def test_a_second_municipality_asks_for_nothing_and_is_told_the_same(state, walker):
    browser = walker()
    come(browser, "nevena")
    _, told = userinfo(browser, browser.ask(municipality="vidin", acr_values="1"))
    assert told["eid_identifier"] == f"PNOBG-{EGN}"


def test_who_comes_with_a_password_has_no_number(state, walker, make_person):
    person, browser = make_person(), walker()
    arrival = browser.ask().send(username=person.email, password=person.password)
    claims, told = userinfo(browser, arrival)
    assert "eid_loa" not in claims and "eid_identifier" not in told


def test_keycloak_keeps_no_number(state, walker, admin):
    """Not as a name, not as a link, not in what it writes down of the sign-in."""
    browser = walker()
    subject = browser.claims(come(browser, "nevena"))["sub"]
    account = call(admin, "GET", f"admin/realms/{REALM}/users/{subject}")
    links = call(admin, "GET", f"admin/realms/{REALM}/users/{subject}/federated-identity")
    events = call(admin, "GET", f"admin/realms/{REALM}/events")
    assert links and events
    assert EGN not in json.dumps([account, links, events])
    assert account["email"].endswith("@eid.invalid")


def test_the_state_is_asked_for_a_service_at_a_level(state, walker, admin):
    found = find_organization(admin, "vidin")
    own = {**found.get("attributes", {}), "eid_provider": ["2.16.100.1.1.7.77"]}
    call(
        admin,
        "PUT",
        f"admin/realms/{REALM}/organizations/{found['id']}",
        {**found, "attributes": own},
    )
    assert asked(walker, "kula") == ("2.16.100.1.1.1.1.11", "2.16.100.1.1.7.1", "SUBSTANTIAL")
    assert asked(walker, "vidin") == ("2.16.100.1.1.1.1.11", "2.16.100.1.1.7.77", "SUBSTANTIAL")


def asked(walker, municipality):
    """Service, provider and level of the request, whose signature the state has checked."""
    page = walker().ask(municipality=municipality).follow(f"/broker/{ALIAS}/login")
    request = base64.b64decode(page.form()[1]["SAMLRequest"])
    found = next(ElementTree.fromstring(request).iter(f"{EXTENSION}RequestedService"))
    return tuple(one.text for one in found)


def test_an_answer_that_is_not_signed_by_the_state_is_refused(told, state, walker, realm, admin):
    keys = call(admin, "GET", f"admin/realms/{REALM}/keys")["keys"]
    ours = next(key["certificate"] for key in keys if key["algorithm"] == "RS256")
    provision(replace(told, plan=replace(told.plan, eid=replace(state.plan, certificates=ours))))
    page = come(walker(), "nevena")
    provision(told)
    assert page.status >= 400


def test_a_second_run_writes_nothing(told):
    provision(told)
    assert drift(told) == []


def test_what_was_changed_by_hand_is_found_and_mended_and_no_key_is_told(told, admin):
    path = f"admin/realms/{REALM}/identity-provider/instances/{ALIAS}"
    found = call(admin, "GET", path)
    found["linkOnly"] = True
    found["config"] |= {"validateSignature": "false", "eidHashKey": "x" * 32}
    call(admin, "PUT", path, found)
    said = [line for gap in provision(told) for line in gap.lines()]
    assert f"identity provider {ALIAS}: linkOnly is on, should be off" in said
    assert f"identity provider {ALIAS}: config.eidHashKey is another" in said
    assert drift(told) == []


@pytest.mark.long
def test_without_a_plan_it_is_switched_off_and_everybody_keeps_their_account(
    realm, told, state, walker
):
    before, after = walker(), walker()
    subject = before.claims(come(before, "nevena"))["sub"]
    provision(realm)
    assert ALIAS not in walker().ask().html
    provision(told)
    assert after.claims(come(after, "nevena"))["sub"] == subject
