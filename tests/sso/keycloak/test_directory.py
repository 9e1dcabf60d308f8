"""The directory that Keycloak keeps: the contract, then what only Keycloak can show."""

import email
import html
import importlib.util
import re
from email.policy import default
from pathlib import Path

import pytest

from obshto.sso.keycloak.directory import KeycloakDirectory
from obshto.sso.keycloak.organizations import find_organization, organization_path
from obshto.tenants.ports import DirectoryUnavailable

spec = importlib.util.spec_from_file_location(
    "directory_contract", Path(__file__).parents[1] / "directory_contract.py"
)
contract = importlib.util.module_from_spec(spec)
spec.loader.exec_module(contract)

ADDRESS = "nova@villages.example"
PASSWORD = "dalga-parola-1"


class TestKeycloakDirectory(contract.DirectoryContract):
    repeats = "keycloak"

    @pytest.fixture
    def account(self, make_person):
        def make(*, second_factor=False):
            person = make_person(second_factor=second_factor)
            return person.email, person.subject

        return make

    @pytest.fixture
    def fail(self, walker, make_person):
        def make(email, typed):
            page = walker().ask(acr_values="2")
            page = page.send(username=email or "nobody@villages.example", password=PASSWORD)
            if email:
                page.send(otp=typed)

        return make

    @pytest.fixture
    def move(self, walker, letters):
        def make(email, address):
            page = walker().ask(kc_action="UPDATE_EMAIL").send(username=email, password=PASSWORD)
            page.send(email=address)
            walker().go(link(letter(letters)))

        return make


@pytest.fixture
def stranger(admin, directory):
    """An address without an account; one that was made is gone after the test."""
    yield ADDRESS
    directory.remove("kula", email=ADDRESS)
    for user in admin.get_users({"email": ADDRESS, "exact": True}):
        admin.delete_user(user["id"])


def letter(letters):
    return email.message_from_bytes(letters.get(timeout=120), policy=default)


def words(message, kind="plain"):
    return message.get_body((kind,)).get_content()


def link(message):
    return html.unescape(re.search(r"https?://\S+", words(message)).group())


def test_a_second_factor_is_seen(directory, make_person):
    person = make_person("kula", second_factor=True)
    member = next(one for one in directory.members("kula") if one.subject == person.subject)
    assert member.has_second_factor is True


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("bg", "Покана от общината: изберете си парола"),
        ("en", "An invitation from the municipality: choose a password"),
        ("ro", "Invitație din partea primăriei: alegeți o parolă"),
    ],
)
def test_a_letter_of_invitation_is_in_the_language_asked_for(
    directory, stranger, letters, language, subject
):
    directory.invite("kula", email=stranger, name="Нова Служителка", language=language)
    assert letter(letters)["subject"] == subject


def answer(walker, letters):
    """Follow the letter, choose a password."""
    browser = walker()
    page = browser.go(link(letter(letters)))
    if "password-new" not in page.html:  # first a page that says what is asked
        page = page.follow("action-token")
    return page.send(**{"password-new": "dalga-parola-2", "password-confirm": "dalga-parola-2"})


def test_who_follows_the_letter_belongs(directory, stranger, letters, walker):
    directory.invite("kula", email=stranger, name="Нова Служителка", language="bg")
    answer(walker, letters)
    (member,) = [one for one in directory.members("kula") if one.email == stranger]
    assert member.subject
    claims = walker().sign_in(stranger, "dalga-parola-2")
    assert (claims["sub"], claims["email_verified"]) == (member.subject, True)
    assert claims["organization"].keys() == {"kula"}


def test_who_came_by_letter_keeps_the_account_when_removed(directory, stranger, letters, walker):
    directory.invite("kula", email=stranger, name="Нова Служителка", language="bg")
    answer(walker, letters)
    directory.remove("kula", email=stranger)
    assert "organization" not in walker().sign_in(stranger, "dalga-parola-2")


def test_keycloaks_own_invitation_binds_the_account_to_the_municipality(
    admin, stranger, letters, walker
):
    """Why ours is another: who leaves would lose the account."""
    organization = find_organization(admin, "kula")["id"]
    kula = organization_path(organization)
    admin.connection.add_param_headers("Content-Type", "application/x-www-form-urlencoded")
    answer = admin.connection.raw_post(f"{kula}/members/invite-user", data={"email": stranger})
    admin.connection.add_param_headers("Content-Type", "application/json")
    assert answer.status_code == 204
    page = walker().go(link(letter(letters)))
    page.send(email=stranger, firstName="Нова", lastName="Служителка")
    (user,) = admin.get_users({"email": stranger})
    admin.organization_user_remove(user["id"], organization)
    assert admin.get_users({"email": stranger}) == []


def test_an_invitation_nobody_answered_leaves_nothing(admin, directory, stranger, letters):
    directory.invite("kula", email=stranger, name="Нова Служителка", language="bg")
    directory.invite("vidin", email=stranger, name="Нова Служителка", language="bg")
    directory.remove("kula", email=stranger)
    assert [one.email for one in directory.members("vidin")] == [stranger]
    directory.remove("vidin", email=stranger)
    assert admin.get_users({"email": stranger}) == []


def test_a_letter_that_cannot_be_sent_leaves_nothing(realm, directory, stranger, provisioned):
    realm.admin.update_realm(
        "obshto", {"smtpServer": {"host": "127.0.0.1", "port": "9", "from": "a@b.example"}}
    )
    with pytest.raises(DirectoryUnavailable):
        directory.invite("kula", email=stranger, name="Нова Служителка", language="bg")
    assert realm.admin.get_users({"email": stranger}) == []


def test_a_letter_that_was_taken_back_leads_nowhere(directory, stranger, letters, walker):
    directory.invite("kula", email=stranger, name="Нова Служителка", language="bg")
    directory.remove("kula", email=stranger)
    assert walker().go(link(letter(letters))).status == 400


def test_ended_sessions_are_told_to_the_house(directory, make_person, walker, heard):
    person, browser = make_person("kula"), walker()
    claims = browser.sign_in(person.email, person.password)
    directory.end_sessions(person.subject)
    told = browser.read(heard.get(timeout=120)[2]["logout_token"])
    assert (told["sub"], told["sid"]) == (person.subject, claims["sid"])
    assert "password" in browser.ask().fields()


def test_one_session_ends_and_the_other_goes_on(directory, make_person, walker, heard):
    person, phone, library = make_person("kula"), walker(), walker()
    phone.sign_in(person.email, person.password)
    claims = library.sign_in(person.email, person.password)
    directory.end_session(claims["sid"])
    assert library.read(heard.get(timeout=120)[2]["logout_token"])["sid"] == claims["sid"]
    assert "password" in library.ask().fields()
    assert "code" in phone.ask().said


def test_a_server_that_is_not_there_is_unavailable():
    away = KeycloakDirectory("http://127.0.0.1:9", "secret")
    for act in (
        lambda: away.members("kula"),
        lambda: away.ensure_organization("kula", {"bg": "Община Кула"}),
        lambda: away.remove_organization("kula"),
        lambda: away.invite("kula", email=ADDRESS, name="Нова", language="bg"),
        lambda: away.remove("kula", email=ADDRESS),
        lambda: away.end_sessions("x"),
        lambda: away.end_session("x"),
    ):
        with pytest.raises(DirectoryUnavailable):
            act()


def test_a_wrong_secret_is_unavailable(server):
    with pytest.raises(DirectoryUnavailable):
        KeycloakDirectory(server.url, "wrong").members("kula")


def test_nobody_is_invited_where_there_is_no_organization(directory):
    with pytest.raises(DirectoryUnavailable):
        directory.invite("nowhere", email=ADDRESS, name="Нова", language="bg")


def test_the_account_may_not_change_the_realm(server, realm):
    answer = realm.admin.connection.__class__(
        server_url=server.url,
        client_id="obshto-directory",
        client_secret_key=server.directory_secret,
        realm_name="obshto",
    ).raw_put("admin/realms/obshto", data='{"registrationAllowed": false}')
    assert answer.status_code == 403
