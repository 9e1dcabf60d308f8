"""The identity provider is down: who reads reads on, who is signed in stays, the rest are told."""

from http import HTTPStatus

import pytest

from obshto.platform.permissions import Role

HERE = "gorno-selo"


@pytest.fixture(scope="module")
def alone(serve):
    """The house before a provider that nobody answers for."""
    with serve(oidc_issuer="http://localhost:9/realms/obshto") as site:
        yield site


def test_visitors_read_everything(alone, surfer, house):
    for path in ("/", "/news/", "/contact", "/sign-in"):
        assert surfer.get(alone.at(HERE) + path).status_code == HTTPStatus.OK


def test_signing_in_says_in_plain_words_that_it_does_not_work(alone, surfer, house):
    surfer.get(alone.at(HERE) + "/sign-in?next=/news/")
    page = surfer.submit("/sign-in")
    assert page.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "Входът не работи в момента" in page.text
    assert f'href="{alone.at(HERE)}/sign-in?next=%2Fnews%2F"' in page.text


def test_who_is_signed_in_works_on_and_gets_out(alone, surfer, house):
    token = alone.token(HERE, Role.EDITOR)
    surfer.http.cookies.set("session", token, domain=f"{HERE}.localhost", path="/")
    assert surfer.get(alone.at(HERE) + "/console/news/").status_code == HTTPStatus.OK
    page = surfer.submit("/sign-out")
    assert page.status_code == HTTPStatus.OK
    assert "Излязохте" in page.text
    assert "/sign-in" in surfer.get(alone.at(HERE) + "/console/news/").url


def test_nobody_is_signed_out_by_a_token_that_cannot_be_checked(alone, surfer, house):
    told = surfer.http.post(f"{alone.at()}/back-channel-logout", {"logout_token": "a.b.c"})
    assert told.status_code == HTTPStatus.BAD_REQUEST
