"""The realm of a real Keycloak, provisioned once; a postbox and a house that listen to it."""

import importlib.util
import json
import os
import secrets
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from urllib.parse import parse_qsl

import pytest
from aiosmtpd.controller import Controller

from obshto.ops.config import read_config
from obshto.ops.keycloak.distribution import KeycloakNotHad
from obshto.ops.keycloak.settings import plan_of, read_keycloak
from obshto.sso.keycloak.directory import KeycloakDirectory
from obshto.sso.keycloak.organizations import find_organization
from obshto.sso.keycloak.provision import Realm, provision

PASSWORD = "dalga-parola-1"
KULA = {"bg": "Община Кула", "en": "Kula Municipality", "ro": "Municipalitatea Kula"}
VIDIN = {"bg": "Община Видин", "en": "Vidin Municipality", "ro": "Municipalitatea Vidin"}
MUNICIPALITIES = {"kula": KULA, "vidin": VIDIN}


def _sibling(name):
    """No test folder is a package, so what lies beside is loaded by its file."""
    spec = importlib.util.spec_from_file_location(
        f"keycloak_{name}", Path(__file__).parent / f"{name}.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


walking = _sibling("walker")
connect_to_empty = sys.modules["obshto_providers"].connect_to_empty


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.keycloak)


class Postbox:
    """The mail server that Keycloak is told of; keeps what comes."""

    def __init__(self):
        self.letters = Queue()

    async def handle_DATA(self, server, session, envelope):
        self.letters.put(envelope.content)
        return "250 OK"


@pytest.fixture(scope="session")
def mail(free_port):
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield postbox, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


@pytest.fixture
def letters(mail):
    """The letters of this test: a queue of messages as bytes."""
    queue = mail[0].letters
    while not queue.empty():
        queue.get()
    return queue


class Listener(BaseHTTPRequestHandler):
    """The address of the house that Keycloak calls when a session ends."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.put((self.path, self.headers["Content-Type"], dict(parse_qsl(body))))
        self.send_response(200)
        self.end_headers()

    def do_GET(self):
        """Where a browser is led back to."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def house_that_listens():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    server.heard = Queue()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def heard(house_that_listens):
    """What Keycloak told the house during this test: (path, content type, form)."""
    queue = house_that_listens.heard
    while not queue.empty():
        queue.get()
    return queue


@pytest.fixture(scope="session")
def settings(keycloak_environ, mail, house_that_listens):
    """What the house and Keycloak are told, as the environment would say it."""
    environ = keycloak_environ | {
        "SMTP_URL": mail[1],
        "MAIL_FROM": "keycloak@villages.example",
        "OIDC_BACK_CHANNEL_URL": f"http://127.0.0.1:{house_that_listens.server_port}/back-channel-logout",
    }
    config = read_config(environ)
    return config, read_keycloak(config, environ)


@pytest.fixture(scope="session")
def plan(settings):
    return plan_of(*settings)


@pytest.fixture(scope="session")
def server(request, settings):
    """The server's configuration while it runs; without one the tests say why they did not."""
    try:
        request.getfixturevalue("keycloak_running")
    except KeycloakNotHad as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))
    return settings[1]


@pytest.fixture(scope="session")
def realm(server, plan):
    """The realm on a server, provisioned once."""
    realm = Realm(connect_to_empty(server), plan, MUNICIPALITIES)
    provision(realm)
    return realm


@pytest.fixture(scope="session")
def admin(realm):
    """The administrator of the realm."""
    return realm.admin


@pytest.fixture
def provisioned(realm):
    """Provision once more, after a test that changed something by hand."""
    yield
    provision(realm)


@pytest.fixture
def directory(admin, server):
    return KeycloakDirectory(server.url, server.directory_secret)


@pytest.fixture
def make_person(admin):
    """make_person("kula", second_factor=True): somebody with a password, gone after the test."""
    made = []

    def make(*municipalities, second_factor=False, language=None, **more):
        email = f"p{secrets.token_hex(4)}@villages.example"
        key = secrets.token_hex(10)
        credentials = [{"type": "password", "value": PASSWORD, "temporary": False}]
        if second_factor:
            credentials.append(_otp(key))
        names = {"firstName": "Мая", "lastName": "Тошева"}
        subject = admin.create_user(
            {
                "username": email,
                "email": email,
                "emailVerified": True,
                "enabled": True,
                "credentials": credentials,
                "attributes": {"locale": [language]} if language else {},
                **names,
                **more,
            }
        )
        made.append(subject)
        for slug in municipalities:
            admin.organization_user_add(subject, find_organization(admin, slug)["id"])
        return Person(email, subject, walking.Authenticator(key))

    yield make
    for subject in made:
        admin.delete_user(subject)


class Person:
    """Whom a test knows: address, subject, the phone with the codes."""

    password = PASSWORD

    def __init__(self, email, subject, phone):
        self.email, self.subject, self.phone = email, subject, phone


def _otp(key):
    return {
        "type": "otp",
        "userLabel": "Телефон",
        "secretData": json.dumps({"value": key}),
        "credentialData": json.dumps(
            {"subType": "totp", "period": 30, "digits": 6, "algorithm": "HmacSHA1"}
        ),
    }


@pytest.fixture
def walker(admin, server):
    """walker(): a new browser before the sign-in page."""

    def open_browser():
        return walking.Walker(
            server.issuer, "obshto", server.client_secret, "http://login.localhost:8000/callback"
        )

    return open_browser


@pytest.fixture
def authenticator():
    return walking.Authenticator
