"""Seals with a time: PAdES B-T where an authority answers, B-B where it does not."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import pikepdf
import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper

from obshto.platform.documents.pades import is_untouched, stamped

SAID_AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def certified(name, *uses):
    """A key and its own certificate."""
    key = rsa.generate_private_key(65537, 2048)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(called).issuer_name(called)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(SAID_AT - timedelta(days=1))
    builder = builder.not_valid_after(SAID_AT + timedelta(days=3650))
    if uses:
        builder = builder.add_extension(x509.ExtendedKeyUsage(uses), critical=True)
    return key, builder.sign(key, hashes.SHA256())


@pytest.fixture(scope="module")
def seal():
    key, certificate = certified("Община Проба, печат")
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, NoEncryption())


@pytest.fixture(scope="module")
def clock():
    """An authority of time, as pyHanko plays it."""
    key, certificate = certified("Време Проба", ExtendedKeyUsageOID.TIME_STAMPING)
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(
            key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        fixed_dt=SAID_AT,
    )


@pytest.fixture(scope="module")
def pdf():
    kept = BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(kept)
    return kept.getvalue()


@contextmanager
def served(answer):
    """The address of a server that answers each request with `answer(body)`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            said = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *said):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/tsa"
        server.shutdown()
        thread.join()


def time_in(pdf):
    """The moment of the time stamp in the seal; None where there is none."""
    (found,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    stamps = [
        one["values"][0]["content"]["encap_content_info"]["content"].parsed["gen_time"].native
        for one in found.signer_info["unsigned_attrs"]
        if one["type"].native == "signature_time_stamp_token"
    ]
    return stamps[0] if stamps else None


def test_a_seal_says_when_where_an_authority_of_time_answers(seal, clock, pdf):
    def answer(body):
        return clock.request_tsa_response(tsp.TimeStampReq.load(body)).dump()

    with served(answer) as address:
        sealed = stamped(seal, pdf, tsa_url=address)
    assert time_in(sealed) == SAID_AT
    assert is_untouched(sealed) and not is_untouched(sealed.replace(b"/Page", b"/Pagf", 1))


def test_without_an_authority_the_seal_has_no_time(seal, pdf):
    sealed = stamped(seal, pdf)
    assert time_in(sealed) is None and is_untouched(sealed)


def test_an_authority_that_says_rubbish_or_nothing_is_passed_over(seal, pdf, caplog):
    with served(lambda body: b"no reply") as address:
        sealed = stamped(seal, pdf, tsa_url=address)
    assert time_in(sealed) is None and is_untouched(sealed)
    assert is_untouched(stamped(seal, pdf, tsa_url=address))  # nobody listens there any more
    assert caplog.text.count("no time stamp of 127.0.0.1") == 2
