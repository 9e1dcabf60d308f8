"""What a token says of somebody: the shapes that the house reads."""

import pytest

from obshto.sso.keycloak.organizations import find_organization


@pytest.fixture
def id_of(admin):
    return lambda slug: find_organization(admin, slug)["id"]


def sign_in(walker, person, **more):
    browser = walker()
    return browser, browser.sign_in(person.email, person.password, **more)


def test_members_of_two_have_both_with_their_ids(walker, make_person, id_of):
    _, claims = sign_in(walker, make_person("kula", "vidin"))
    assert claims["organization"] == {
        "kula": {"id": id_of("kula")},
        "vidin": {"id": id_of("vidin")},
    }


def test_members_of_one_have_the_same_shape(walker, make_person, id_of):
    _, claims = sign_in(walker, make_person("kula"))
    assert claims["organization"] == {"kula": {"id": id_of("kula")}}


def test_who_belongs_nowhere_has_no_such_claim(walker, make_person):
    _, claims = sign_in(walker, make_person())
    assert "organization" not in claims


def test_the_token_says_who_when_how_and_in_which_session(walker, make_person, server):
    person = make_person(language="ro")
    browser, claims = sign_in(walker, person)
    told = {name: claims[name] for name in ("iss", "aud", "azp", "sub", "acr", "email", "locale")}
    assert told == {
        "iss": server.issuer,
        "aud": "obshto",
        "azp": "obshto",
        "sub": person.subject,
        "acr": "1",
        "email": person.email,
        "locale": "ro",
    }
    assert claims["name"] == "Мая Тошева"
    assert claims["email_verified"] is True
    assert claims["sid"] and claims["auth_time"] <= claims["iat"]


def test_who_chose_no_language_has_no_locale(walker, make_person):
    assert "locale" not in sign_in(walker, make_person())[1]


def test_membership_is_in_the_id_token_only(walker, make_person):
    person = make_person("kula")
    browser = walker()
    page = browser.ask()
    answer = browser.tokens(page.send(username=person.email, password=person.password))
    assert "organization" in browser.read(answer["id_token"])
    assert "organization" not in browser.read(answer["access_token"])


def test_one_organization_asked_for_by_name_says_nothing_of_the_others(walker, make_person, id_of):
    browser, _ = sign_in(walker, make_person("kula", "vidin"))
    claims = browser.claims(browser.ask(scope="openid organization:kula"))
    assert claims["organization"] == {"kula": {"id": id_of("kula")}}


def test_an_organization_of_others_cannot_be_asked_for(walker, make_person):
    """So the house asks for `*`: citizens belong nowhere and must get in."""
    browser, _ = sign_in(walker, make_person("kula"))
    page = browser.ask(scope="openid organization:vidin")
    assert page.status == 400


def test_the_answer_names_the_issuer(walker, make_person, server):
    person, browser = make_person(), walker()
    arrival = browser.ask().send(username=person.email, password=person.password)
    assert arrival.said["iss"] == server.issuer
    assert arrival.said["state"] == browser.state
