"""A certificate for the mail server, and a user whom it knows."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import create_engine, text
from support.sms_phones import VILLAGE, Phones, allow

from obshto.platform.notify.job_names import PHONES


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


@pytest.fixture
def phones(app):
    before, app.extensions[PHONES] = app.extensions[PHONES], Phones()
    yield app.extensions[PHONES]
    app.extensions[PHONES] = before


@pytest.fixture
def open_house(config, uow_in, phones):
    """The same for browsers, with notices switched on."""
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['notices']"))
    engine.dispose()
    with uow_in(VILLAGE) as uow:
        allow(uow)
        uow.commit()
