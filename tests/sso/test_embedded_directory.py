"""The directory that the embedded provider keeps: the same contract as the real one's."""

import importlib.util
import secrets
import sys
import threading
from pathlib import Path
from urllib.parse import urlencode

import pytest
from werkzeug.serving import make_server

from obshto.sso.embedded.book import CODES, EVERYWHERE, Account, Book, gained
from obshto.sso.embedded.directory import EmbeddedDirectory
from obshto.sso.embedded.grants import Client
from obshto.sso.embedded.provider import EmbeddedProvider, provider_app
from obshto.sso.oidc import ProviderConfig

spec = importlib.util.spec_from_file_location(
    "directory_contract_of_embedded", Path(__file__).parent / "directory_contract.py"
)
contract = importlib.util.module_from_spec(spec)
spec.loader.exec_module(contract)

REALM = "/realms/obshto"
BACK = "http://localhost:9/callback"
surfing = sys.modules["obshto_surfer"]


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path / "identity.json")


@pytest.fixture
def directory(book):
    """The directory, and the provider that it asks to end sessions."""
    client = Client("obshto", "secret", BACK, "", "http://localhost:9/back-channel-logout")
    server = make_server("127.0.0.1", 0, provider_app(EmbeddedProvider("", client, book), REALM))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    config = ProviderConfig(
        issuer=f"http://127.0.0.1:{server.server_port}{REALM}",
        name="embedded",
        client_id="obshto",
        client_secret="secret",
        redirect_uri="",
        after_sign_out_uri="",
    )
    made = EmbeddedDirectory(book, config)
    made.issuer = config.issuer
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(directory):
    """Where the house would send somebody of whom it wants a code."""
    asked = {
        "client_id": "obshto",
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "openid",
        "acr_values": "2",
        "nonce": "n",
        "code_challenge": "c" * 43,
        "code_challenge_method": "S256",
    }
    return f"{directory.issuer}/protocol/openid-connect/auth?{urlencode(asked)}"


class TestEmbeddedDirectory(contract.DirectoryContract):
    @pytest.fixture
    def account(self, book):
        def make(*, second_factor=False):
            made = Account(
                subject=f"demo:{secrets.token_hex(4)}",
                name="Мая Тошева",
                email=f"a{secrets.token_hex(4)}@villages.example",
            )
            made = gained(made, CODES) if second_factor else made
            with book.changing() as contents:
                contents.accounts[made.subject] = made
            return made.email, made.subject

        return make

    @pytest.fixture
    def fail(self, book, address):
        def make(email, typed):
            people = {one.email: one.subject for one in book.read().accounts.values()}
            surfer = surfing.Surfer()
            surfer.get(address)
            surfer.submit("", subject=people.get(email, "demo:nobody"), code=typed)

        return make

    @pytest.fixture
    def move(self, book, address):
        def make(email, new):
            [subject] = [o.subject for o in book.read().accounts.values() if o.email == email]
            surfer = surfing.Surfer()
            surfer.get(f"{address}&kc_action=UPDATE_EMAIL")
            surfer.submit("", subject=subject)
            surfer.submit("", follow=False, act="do", typed=new)

        return make

    @pytest.fixture
    def invited_language(self, book):
        def ask(email):
            accounts = book.read().accounts.values()
            return next(one.language for one in accounts if one.email == email)

        return ask


def test_who_belongs_everywhere_belongs_to_a_municipality_that_joins_later(book, directory):
    everywhere = Account(subject="e", name="Е", email="e@demo.example", belongs_to=(EVERYWHERE,))
    with book.changing() as contents:
        contents.accounts["e"] = everywhere
    directory.ensure_organization("makresh", contract.TITLES)
    assert [member.subject for member in directory.members("makresh")] == ["e"]


def test_who_is_taken_out_of_one_stays_in_the_others(book, directory):
    everywhere = Account(subject="e", name="Е", email="e@demo.example", belongs_to=(EVERYWHERE,))
    with book.changing() as contents:
        contents.accounts["e"] = everywhere
    for slug in ("makresh", "kula"):
        directory.ensure_organization(slug, contract.TITLES)
    directory.remove("makresh", email="e@demo.example")
    assert list(directory.members("makresh")) == []
    assert [member.subject for member in directory.members("kula")] == ["e"]
