"""The realm is made, a second time left alone, and mended where somebody changed it by hand."""

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest

from obshto.platform.clock import now
from obshto.sso.keycloak.client import DIRECTORY_RIGHTS
from obshto.sso.keycloak.drift import MASKED
from obshto.sso.keycloak.events import ADDRESS, PAUSE, TRIES
from obshto.sso.keycloak.flow import FORGOTTEN, SIGN_IN
from obshto.sso.keycloak.organizations import find_organization
from obshto.sso.keycloak.plan import CLIENT, DIRECTORY_CLIENT, REALM
from obshto.sso.keycloak.provision import Realm, connect, drift, provision
from obshto.tenants.ports import DirectoryUnavailable

pytestmark = pytest.mark.usefixtures("provisioned")


@contextmanager
def recorded(admin):
    """The requests of the block: (method, path)."""
    expected_version = []
    hooks = admin.connection._s.hooks["response"]
    hooks.append(lambda answer, **_: expected_version.append((answer.request.method, answer.url)))
    yield expected_version
    hooks.pop()


def put(admin, path, body):
    assert admin.connection.raw_put(f"admin/realms/{REALM}/{path}", data=json.dumps(body)).ok


def lines(gaps):
    return [line for gap in gaps for line in gap.lines()]


def mended(realm):
    """What drift said; provisioning said the same, and then nothing differed."""
    said = lines(drift(realm))
    assert said == lines(provision(realm))
    assert drift(realm) == []
    return said


def test_a_second_run_writes_nothing(realm):
    with recorded(realm.admin) as requests:
        assert provision(realm) == []
    assert {method for method, _ in requests} == {"GET"}


def test_drift_writes_nothing(realm):
    realm.admin.update_realm(REALM, {"registrationAllowed": False})
    with recorded(realm.admin) as requests:
        assert lines(drift(realm)) == ["realm obshto: registrationAllowed is off, should be on"]
    assert {method for method, _ in requests} == {"GET"}


def test_a_realm_changed_by_hand_is_found_and_mended(realm):
    realm.admin.update_realm(
        REALM,
        {
            "permanentLockout": True,
            "supportedLocales": ["en"],
            "passwordPolicy": "",
            "smtpServer": {"host": "elsewhere.example", "port": "25", "from": "a@b.example"},
        },
    )
    told = mended(realm)
    for said in (
        "permanentLockout is on, should be off",
        "supportedLocales is en, should be bg, en, ro",
        "passwordPolicy is empty, should be length(10) and ",
        "smtp",
    ):
        assert [line for line in told if said in line], said


def test_events_that_are_not_kept_or_say_too_much_are_found_and_mended(realm):
    realm.admin.update_realm(
        REALM,
        {
            "eventsEnabled": False,
            "eventsExpiration": 60,
            "adminEventsEnabled": False,
            "adminEventsDetailsEnabled": True,
        },
    )
    assert sorted(mended(realm)) == [
        "realm obshto: adminEventsDetailsEnabled is on, should be off",
        "realm obshto: adminEventsEnabled is off, should be on",
        "realm obshto: eventsEnabled is off, should be on",
        "realm obshto: eventsExpiration is 60, should be 7776000",
    ]


def test_each_kind_of_event_that_the_house_reads_and_nobody_keeps_is_found(realm):
    read = {*TRIES, PAUSE, ADDRESS}
    kept = realm.admin.get_realm(REALM)["enabledEventTypes"]
    left = [one for one in kept if one not in read]
    assert left and read <= set(kept)
    realm.admin.update_realm(REALM, {"enabledEventTypes": left})
    [said] = mended(realm)
    found, _, wanted = said.partition(", should be ")
    assert found.startswith("realm obshto: enabledEventTypes is ")
    assert read <= set(wanted.split(", ")) and not read & set(found.split(", "))
    assert read <= set(realm.admin.get_realm(REALM)["enabledEventTypes"])


def test_failures_cannot_be_read_without_the_right_which_is_found_and_given_back(realm, directory):
    def failures():
        return [one for page in directory.failures(now() - timedelta(days=1)) for one in page]

    client_id = realm.admin.get_client_id(DIRECTORY_CLIENT)
    account = realm.admin.get_client_service_account_user(client_id)["id"]
    management = realm.admin.get_client_id("realm-management")
    role = realm.admin.get_client_role(management, "view-events")
    assert isinstance(failures(), list)
    realm.admin.delete_client_roles_of_user(account, management, [role])
    with pytest.raises(DirectoryUnavailable):
        failures()
    assert mended(realm) == ["client obshto-directory, right view-events: missing"]
    assert isinstance(failures(), list)


def test_levels_changed_by_hand_are_found_and_mended(realm):
    found = realm.admin.get_realm(REALM)["attributes"]
    realm.admin.update_realm(REALM, {"attributes": found | {"acr.loa.map": '{"1":2}'}})
    assert mended(realm) == [
        'realm obshto: attributes.acr.loa.map is {"1":2}, should be {"1":1,"2":2}'
    ]


def test_a_client_changed_by_hand_is_found_and_mended(realm):
    client_id = realm.admin.get_client_id(CLIENT)
    found = realm.admin.get_client(client_id)
    found["redirectUris"] = ["https://elsewhere.example/*"]
    found["attributes"]["pkce.code.challenge.method"] = ""
    found["secret"] = "known-to-others"
    realm.admin.update_client(client_id, found)
    said = mended(realm)
    assert said == [
        "client obshto: secret is another",
        "client obshto: redirectUris is https://elsewhere.example/*,"
        " should be http://login.localhost:8000/callback",
        "client obshto: attributes.pkce.code.challenge.method is empty, should be S256",
    ]


def test_a_client_that_was_deleted_is_made_again(realm, walker, make_person):
    realm.admin.delete_client(realm.admin.get_client_id(CLIENT))
    assert "client obshto: missing" in lines(provision(realm))
    person = make_person("kula")
    assert walker().sign_in(person.email, person.password)["organization"].keys() == {"kula"}


def test_a_scope_or_a_mapper_too_many_goes(realm):
    client_id = realm.admin.get_client_id(CLIENT)
    offline = realm.admin.get_client_scope_by_name("offline_access")
    realm.admin.add_client_optional_client_scope(client_id, offline["id"], {})
    scope = realm.admin.get_client_scope_by_name("organization")
    twin = next(iter(scope["protocolMappers"])) | {"name": "twin"}
    del twin["id"]
    realm.admin.add_mapper_to_client_scope(scope["id"], twin)
    assert sorted(mended(realm)) == [
        "client obshto, optional scope offline_access: should not be there",
        "scope organization, mapper twin: should not be there",
    ]


def test_the_directory_has_the_rights_it_needs_and_no_others(realm):
    client_id = realm.admin.get_client_id(DIRECTORY_CLIENT)
    account = realm.admin.get_client_service_account_user(client_id)["id"]
    management = realm.admin.get_client_id("realm-management")
    for name in ("realm-admin",):
        role = realm.admin.get_client_role(management, name)
        realm.admin.assign_client_role(account, management, [role])
    assert mended(realm) == ["client obshto-directory, right realm-admin: should not be there"]
    have = realm.admin.get_client_roles_of_user(account, management)
    assert {role["name"] for role in have} == DIRECTORY_RIGHTS


def test_a_step_of_the_flow_that_was_switched_off_is_found_and_mended(realm):
    step = next(
        one
        for one in realm.admin.get_authentication_flow_executions(SIGN_IN.name)
        if one["displayName"] == "obshto level 2"
    )
    path = f"authentication/flows/{SIGN_IN.name}/executions"
    put(realm.admin, path, step | {"requirement": "DISABLED"})
    assert mended(realm) == [
        "flow obshto browser, step obshto level 2: requirement is DISABLED, should be CONDITIONAL"
    ]


@pytest.mark.long
def test_a_flow_of_another_shape_is_made_anew(realm, walker, make_person):
    step = next(
        one
        for one in realm.admin.get_authentication_flow_executions(SIGN_IN.name)
        if one.get("providerId") == "auth-otp-form"
    )
    realm.admin.delete_authentication_flow_execution(step["id"])
    said = lines(provision(realm))
    assert said[0].startswith("flow obshto browser: steps is auth-cookie, ")
    assert drift(realm) == []
    person, browser = make_person(second_factor=True), walker()
    page = browser.ask(acr_values="2").send(username=person.email, password=person.password)
    assert "otp" in page.fields()


def test_another_flow_in_use_is_found_and_mended(realm):
    realm.admin.update_realm(REALM, {"browserFlow": SIGN_IN.built_in})
    assert mended(realm) == ["realm obshto: browserFlow is browser, should be obshto browser"]


def test_an_organization_changed_by_hand_is_found_and_mended(realm):
    kula = find_organization(realm.admin, "kula")
    realm.admin.update_organization(kula["id"], kula | {"enabled": False, "name": "Кула и сие"})
    assert mended(realm) == [
        "organization kula: name is Кула и сие, should be Община Кула",
        "organization kula: enabled is off, should be on",
    ]


def test_an_organization_keeps_its_id_and_its_people(realm, directory, make_person):
    person = make_person("kula")
    before = find_organization(realm.admin, "kula")["id"]
    renamed = {**realm.municipalities, "kula": {"bg": "Община Ново Кула"}}
    provision(Realm(realm.admin, realm.plan, renamed))
    assert find_organization(realm.admin, "kula")["id"] == before
    assert person.email in {member.email for member in directory.members("kula")}


def test_the_password_of_the_mail_server_is_never_told(realm):
    assert MASKED not in json.dumps([gap.told() for gap in drift(realm)])


def test_a_realm_that_is_gone_is_one_line(realm, monkeypatch):
    monkeypatch.setattr("obshto.sso.keycloak.realm.REALM", "another")
    assert lines(drift(realm)) == ["realm another: missing"]


def test_a_wrong_password_is_said_in_words(realm, server):
    admin = connect(server.url, username=server.admin, password="wrong")
    with pytest.raises(Exception, match="invalid_grant|Invalid user credentials") as refusal:
        drift(Realm(admin, realm.plan, {}))
    assert type(refusal.value).__name__ == "KeycloakUnreached"


def test_keycloaks_own_way_to_a_new_password_is_found_and_replaced(realm):
    """It would be worth a second factor to whoever reads the letters."""
    realm.admin.update_realm(REALM, {FORGOTTEN.use: FORGOTTEN.built_in})
    wanted = "realm obshto: resetCredentialsFlow is reset credentials, should be obshto reset"
    assert lines(provision(realm)) == [wanted]


def test_an_action_that_was_switched_on_is_found_and_switched_off(realm):
    action = next(
        one for one in realm.admin.get_required_actions() if one["alias"] == "webauthn-register"
    )
    realm.admin.update_required_action(action["alias"], {**action, "enabled": True})
    assert lines(provision(realm)) == ["action webauthn-register: enabled is on, should be off"]
