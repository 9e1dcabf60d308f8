"""PDFs as veraPDF judges them: PDF/UA-1, to be read aloud, and PDF/A-2a, to be kept for good."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from flask_babel import force_locale

from obshto.platform.documents.pades import is_untouched, stamped
from obshto.platform.documents.sheets import DocumentSheet, Piece, typeset
from obshto.platform.modularity.manifest import Paper
from obshto.platform.posters import layout

pytestmark = pytest.mark.verapdf
AT = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(scope="module")
def seal():
    """A PKCS #12 as the house keeps it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Община Проба, печат")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    certificate = (
        builder.public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, NoEncryption())


def document(**changed):
    told = {
        "title": "Удостоверение",
        "municipality": "Община Проба",
        "lines": [[Piece("Удостоверява се, че Пена Пробова има адрес в с. Проба.")]],
        "foot": ["Изх. № 1"],
        "check_url": "https://kula.example/eservices/verify/1",
        "is_trial": False,
    }
    return typeset(DocumentSheet(**(told | changed)), at=AT)


def test_documents_sealed_or_not_and_posters_keep_both_standards(judge, seal, app):
    paper = Paper(kind="Новина", title="Ремонт", path="/", language="bg", text=("Три седмици.",))
    where = {
        "municipality": "Община Проба",
        "address": "proba.example/go/1",
        "phone": "",
        "day": AT.date(),
    }
    with app.test_request_context("/"), force_locale("bg"):
        poster = layout.typeset(
            paper, layout.Sheet(size=layout.Size.A4, link="https://proba.example/go/1", **where)
        )
    bare = document()
    sealed = stamped(seal, bare)
    assert is_untouched(sealed)
    pdfs = {"bare": bare, "sealed": sealed, "poster": poster, "trial": document(is_trial=True)}
    assert judge(pdfs) == []


def test_the_judge_sees_what_is_wrong(judge, seal):
    """A seal that begins on the last line of the document breaks the one, no title the other."""
    bare = document()
    glued = stamped(seal, bare.rstrip(b"\n"))
    untitled = bare.replace(b"pdfuaid:part", b"pdfuaid:trap")
    lines = judge({"glued": glued, "untitled": untitled})
    assert any(line.startswith("glued.pdf 2a") for line in lines)
    assert any(line.startswith("untitled.pdf ua1") for line in lines)
