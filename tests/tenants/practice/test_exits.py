"""Nothing leaves the practice municipality: each way out is tried against a server that hears."""

import ast
import threading
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from uuid import uuid4

import pytest

from obshto.billing.gateways.stripe_talk import client_of
from obshto.platform.fetching.guard import NotFetched
from obshto.platform.fetching.services import Asked, fetch
from obshto.platform.notify.delivery import send_letter
from obshto.platform.notify.job_names import TRANSPORT
from obshto.platform.notify.letter import Letter
from obshto.platform.notify.models import Message, State
from obshto.platform.notify.outbox import put_letter
from obshto.platform.notify.sms.gateways import InfobipGateway
from obshto.platform.notify.sms.port import ShortMessage
from obshto.platform.notify.transport import SmtpTransport, Unreachable
from obshto.platform.practice_exits import StaysInside
from obshto.platform.scope import PRACTICE, in_municipality
from obshto.platform.search.models import PublicRow
from obshto.platform.search.services import index
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.ports import directory

ROOT = Path(__file__).parents[3]
HERE = "gorno-selo"
LETTER = Letter(
    message_id=uuid4().hex,
    sender="obshtina@uchebna.example",
    recipient="somebody@real.example",
    subject="Писмо",
    text="Текст",
    language="bg",
)
# Files that hold a connection to a machine outside, and what keeps practice away from each.
EXITS = {
    "platform/fetching/services.py": "is_in_practice",
    "platform/fetching/guard.py": "",  # resolves names for the one above
    "platform/notify/transport.py": "refuse_exit_in_practice",
    "platform/notify/sms/gateways.py": "refuse_exit_in_practice",
    "billing/gateways/stripe_talk.py": "refuse_exit_in_practice",
    "sso/oidc.py": "",  # signing in itself, in nobody's municipality
    "sso/embedded/provider.py": "",  # the provider of development
    "sso/embedded/directory.py": "",  # behind the port, where practice may only read
}
SPEAKING = {"requests", "urllib3", "smtplib", "socket", "http.client", "httpx", "aiohttp"}


@contextmanager
def listener():
    """A port of this machine, and what was heard on it."""
    heard, server = [], create_server(("127.0.0.1", 0))

    def accept():
        try:
            while True:
                line, _ = server.accept()
                heard.append(line)
                line.close()
        except OSError:
            return

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], heard
    server.close()


def test_no_letter_reaches_the_mail_server():
    with listener() as (port, heard):
        transport = SmtpTransport(f"smtp://127.0.0.1:{port}", timeout=2)
        with in_municipality(PRACTICE), pytest.raises(StaysInside):
            transport.send(LETTER)
        assert heard == []
        with in_municipality(HERE), pytest.raises(Unreachable):
            transport.send(LETTER)  # the same from another municipality does reach it
        assert heard


def test_no_short_message_reaches_the_gateway():
    message = ShortMessage(
        message_id=uuid4().hex,
        sender="Uchebna",
        recipient="+359888123456",
        text="Текст",
        report_url="https://uchebna.example/",
    )
    with listener() as (port, heard):
        gateway = InfobipGateway(f"http://127.0.0.1:{port}", "key", timeout=2)
        with in_municipality(PRACTICE), pytest.raises(StaysInside):
            gateway.send(message)
        assert heard == []
        with in_municipality(HERE), pytest.raises(Unreachable):
            gateway.send(message)
        assert heard


def test_no_address_of_the_world_is_asked(app, elsewhere):
    elsewhere.pages["/x"] = (200, {}, b"ok")
    asked = Asked(address=f"{elsewhere.address}/x")
    with app.app_context():
        with in_municipality(PRACTICE), pytest.raises(NotFetched):
            fetch(asked)
        assert elsewhere.heard == []
        with in_municipality(HERE):
            assert fetch(asked).body == b"ok"


def test_no_payment_is_begun():
    with listener() as (port, heard):
        client = client_of("sk_test_x", f"http://127.0.0.1:{port}")
        with in_municipality(PRACTICE), pytest.raises(StaysInside):
            client.v1.customers.list()
        assert heard == []


def test_nobody_is_invited_and_no_real_account_is_changed(app):
    with app.app_context(), in_municipality(PRACTICE):
        for act in ("invite", "remove", "forget_second_factor", "remove_organization"):
            with pytest.raises(StaysInside):
                getattr(directory(), act)(PRACTICE)


def test_a_letter_in_practice_is_read_in_the_log_and_sent_to_nobody(app, practice, monkeypatch):
    class Told:
        def send(self, letter):
            raise AssertionError("a letter left the practice municipality")

    monkeypatch.setitem(app.extensions, TRANSPORT, Told())
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        words = ("Относно", "Текст")
        reader = {"person_id": None, "recipient": "somebody@real.example"}
        put_letter(uow, cause=uuid4(), fact="x:y", language="bg", words=words, **reader)
        message_id = str(uow.session.query(Message.id).scalar())
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        send_letter(uow, message_id=message_id)
        assert uow.session.query(Message.state).scalar() == State.HANDED_OVER


def test_the_region_neither_lists_nor_finds_nor_counts_it(app, practice, client, at):
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        index(uow, part="news")
    with app.app_context(), open_uow(None, Principal.system("Проба")) as region:
        assert region.session.query(PublicRow).filter_by(municipality=PRACTICE).count() == 0
    page = client.get("/", base_url=at()).text
    assert "Учебна" not in page
    assert "Горно село" in page
    robots = client.get("/robots.txt", base_url=at(PRACTICE)).text
    assert "Disallow: /\n" in robots


def test_strangers_read_and_write_nothing_there(practice, client, at, sign_in):
    answer = client.get("/news/", base_url=at(PRACTICE))
    assert answer.status_code == 302
    assert "/sign-in" in answer.location
    page = sign_in(PRACTICE).get("/news/")
    assert page.status_code == 200
    assert "Хората и преписките са измислени" in page.text


def test_the_list_of_exits_is_whole():
    """Another file that speaks to machines has to say here what keeps practice away from it."""
    found = set()
    for layer in ("platform", "tenants", "modules", "billing", "sso"):
        for path in (ROOT / layer).rglob("*.py"):
            if "node_modules" not in path.parts and _speaks(path):
                found.add(str(path.relative_to(ROOT)))
    found -= {one for one in found if one.startswith("sso/keycloak/")}  # behind the port as well
    assert found == set(EXITS) - {"billing/gateways/stripe_talk.py"}
    for file, guard in EXITS.items():
        assert guard in (ROOT / file).read_text("utf-8")


def _speaks(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import) and SPEAKING & {one.name for one in node.names}:
            return True
        if isinstance(node, ast.ImportFrom) and node.module in SPEAKING:
            return True
    return False
