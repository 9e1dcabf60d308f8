"""A real mail server on the loopback, with a certificate of its own."""

import asyncio
import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


class Mailbox:
    """What a mail server does with a letter; `answers` puts other words into its mouth."""

    def __init__(self):
        self.taken, self.envelopes, self.answers = [], [], {}

    def _answer(self, step, server, usual="250 OK"):
        answer = self.answers.get(step, usual)
        if answer == "close":
            server.transport.abort()
        return "421 closing" if answer == "close" else answer

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        envelope.mail_from = address
        return self._answer("MAIL", server)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self._answer("RCPT", server)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self._answer("DATA", server)
        if answer.startswith("250"):
            encrypted = server.transport.get_extra_info("ssl_object") is not None
            self.taken.append(envelope.content)
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos, encrypted))
        return answer

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        return self._answer("QUIT", server, "221 Bye")


@contextmanager
def serve(mailbox, **options):
    """A mail server on a free port of the loopback, in a thread of its own; yields the port."""
    loop = asyncio.new_event_loop()
    controller = UnthreadedController(mailbox, "127.0.0.1", 0, loop, **options)
    controller.begin()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield controller.server.sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    controller.end()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0.01))
    loop.close()
    asyncio.set_event_loop(None)


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def serving(mailbox):
    """Start the server with options of aiosmtpd: `with serving(tls_context=…) as port`."""
    return lambda **options: serve(mailbox, **options)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate of 127.0.0.1 with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail")])
    at, address = datetime.now(UTC), x509.IPAddress(ip_address("127.0.0.1"))
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(at - timedelta(1)).not_valid_after(at + timedelta(1))
    builder = builder.add_extension(x509.SubjectAlternativeName([address]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    form = (
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = tmp_path_factory.mktemp("tls") / "mail.pem"
    signed = builder.sign(key, hashes.SHA256()).public_bytes(form[0])
    path.write_bytes(key.private_bytes(*form) + signed)
    return path


@pytest.fixture
def server_tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusting(certificate):
    return ssl.create_default_context(cafile=certificate)


def check(server, session, envelope, mechanism, data):
    said = f"{data.login.decode()}:{data.password.decode()}"
    return AuthResult(success=said == "obshto@kula:s:e@c/r%t", handled=False)


@pytest.fixture
def asking(serving, server_tls):
    """A server that asks for a user and a password, which only TLS may carry."""
    options = {"authenticator": check, "auth_required": True, "tls_context": server_tls}
    with serving(**options) as port:
        yield lambda user: f"smtp+starttls://{user}127.0.0.1:{port}"
