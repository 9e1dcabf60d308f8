"""Documents carry the municipality's electronic seal, which anybody's reader can check."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from obshto.platform.clock import now
from obshto.platform.documents.pades import is_untouched
from obshto.platform.permissions import Role
from obshto.platform.settings.models import SettingsValue

ISSUE = {"as_of": ["20", "11", "2026"], "debts": "none", "debts_list": "", "before": "банка"}
PASSWORD = "тайна-4471"
PAGE = "/console/eservices/seal"
ROWS = "select kind, subject from t_gorno_selo.documents_seal"


def name_of(common):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Община Горно село"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


class Authority:
    """Who gives seals: an invented root, and a certificate of the municipality below it."""

    def __init__(self):
        self.key = rsa.generate_private_key(65537, 2048)
        self.root = self._signed(name_of("Проба Доверие"), self.key.public_key(), is_root=True)

    def _signed(self, subject, public, *, is_root=False, days=365):
        start = now() - timedelta(days=400)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(name_of("Проба Доверие"))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(now() + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        )
        usage = {name: False for name in USAGES} | (
            {"key_cert_sign": True}
            if is_root
            else {"digital_signature": True, "content_commitment": True}
        )
        return builder.add_extension(x509.KeyUsage(**usage), critical=True).sign(
            self.key, hashes.SHA256()
        )

    def seal(self, *, days=365, common="Печат на общината"):
        key = rsa.generate_private_key(65537, 2048)
        certificate = self._signed(name_of(common), key.public_key(), days=days)
        lock = BestAvailableEncryption(PASSWORD.encode())
        return pkcs12.serialize_key_and_certificates(b"x", key, certificate, [self.root], lock)


USAGES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture
def secretary(offered, sign_in):
    return sign_in("gorno-selo", Role.SECRETARY, name="Проба Секретар", email="s@v.example")


def put(person, content, password=PASSWORD):
    expected_version = re.search(
        r'name="expected_version"[^>]* value="(-?\d+)"', person.get(PAGE).text
    )[1]
    file = (BytesIO(content), "seal.p12")
    data = {"expected_version": expected_version, "file": file, "password": password}
    return person.post(PAGE, data, content_type="multipart/form-data")


def issued(clerk, case_id):
    page = clerk.get(f"/console/eservices/{case_id}/issue")
    expected_version = re.search(r'name="expected_version"[^>]* value="(-?\d+)"', page.text)[1]
    answer = clerk.post(
        f"/console/eservices/{case_id}/issue",
        {**ISSUE, "expected_version": expected_version, "confirmed": "1"},
    )
    assert answer.status_code == 303, answer.text
    path = re.search(
        r"/console/eservices/documents/[0-9a-f-]{36}",
        clerk.get(f"/console/eservices/{case_id}").text,
    )[0]
    return clerk.get(path).data


def checked(pdf, root):
    """What a reader says that trusts this root and no other."""
    (seal,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    trusted = ValidationContext(
        trust_roots=[asn1.Certificate.load(root.public_bytes(Encoding.DER))], allow_fetching=False
    )
    return seal, validate_pdf_signature(seal, trusted)


def test_a_document_carries_the_seal_and_the_check_page_says_whose(
    authority, secretary, clerk, taken, visitor, owner
):
    assert put(secretary, authority.seal()).status_code == 303
    pdf = issued(clerk, taken)
    seal, status = checked(pdf, authority.root)
    assert status.bottom_line and status.trusted
    assert seal.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"  # PAdES
    code = owner("select code from t_gorno_selo.eservices_document")[0][0]
    page = visitor.get(f"/eservices/verify/{code}").text
    assert "Печат на общината" in page and "Проба Доверие" in page
    assert "Файлът е непокътнат" in page and "Пена" not in page


def test_a_reader_that_trusts_somebody_else_does_not_trust_it(authority, secretary, clerk, taken):
    put(secretary, authority.seal())
    pdf = issued(clerk, taken)
    _, status = checked(pdf, Authority().root)
    assert status.intact and not status.trusted


def test_a_changed_file_is_noticed(authority, secretary, clerk, taken):
    put(secretary, authority.seal())
    pdf = issued(clerk, taken)
    assert is_untouched(pdf)
    at = pdf.index(b"stream") + 40
    assert not is_untouched(pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :])
    assert not is_untouched(pdf + b"\n% more\n")
    assert not is_untouched(b"%PDF-1.7 nothing")


def test_without_a_seal_a_trial_document_carries_one_that_says_so(clerk, taken, owner, visitor):
    pdf = issued(clerk, taken)
    assert is_untouched(pdf)
    assert owner(ROWS) == [("trial", "Община Горно село, ПРОБЕН печат")]
    code = owner("select code from t_gorno_selo.eservices_document")[0][0]
    page = visitor.get(f"/eservices/verify/{code}").text
    assert "ПРОБЕН печат" in page and "Пробен документ" in page


def test_a_document_in_earnest_is_never_sealed_by_the_trial_one(clerk, taken, uow_in, owner):
    with uow_in("gorno-selo") as uow:
        row = SettingsValue(part="eservices", values={"is_live": True})
        uow.session.add(row)
        uow.commit()
    pdf = issued(clerk, taken)
    assert list(PdfFileReader(BytesIO(pdf)).embedded_signatures) == []
    assert owner(ROWS) == []


@pytest.mark.parametrize(
    ("made", "password", "said"),
    [
        (lambda a: b"no file", PASSWORD, "не се отваря"),
        (lambda a: a.seal(), "друга", "не се отваря"),
        (lambda a: a.seal(days=-1), PASSWORD, "изтекъл"),
    ],
)
def test_what_is_no_seal_is_refused_with_how_to_mend_it(
    authority, secretary, owner, made, password, said
):
    answer = put(secretary, made(authority), password)
    assert answer.status_code == 422 and said in answer.text
    assert PASSWORD not in answer.text and owner(ROWS) == []


def test_the_key_lies_encrypted_and_opens_nowhere_else(authority, secretary, owner):
    content = authority.seal()
    put(secretary, content)
    key, _, _ = pkcs12.load_key_and_certificates(content, PASSWORD.encode())
    secret = key.private_numbers().p.to_bytes(128)
    kept = bytes(owner("select content from t_gorno_selo.documents_seal")[0][0])
    assert secret not in kept and "Печат".encode() not in kept


def test_it_is_put_once_replaced_and_removed(authority, secretary, owner):
    first = authority.seal()
    for _ in range(2):
        assert put(secretary, first).status_code == 303
    assert put(secretary, authority.seal(common="Нов печат")).status_code == 303
    assert owner(ROWS) == [("own", "Община Горно село, Нов печат")]
    assert secretary.press(PAGE, to="/remove").status_code == 303
    assert owner(ROWS) == []


def test_a_clerk_and_the_neighbour_do_not_reach_it(authority, secretary, clerk, sign_in, walking):
    put(secretary, authority.seal())
    assert clerk.get(PAGE).status_code == 403
    stranger = sign_in("dolno-selo", *walking.everyone, name="Чужд", email="c@v.example")
    assert "Печат на общината" not in stranger.get(PAGE).text
    assert (
        stranger.post(f"{PAGE}/remove", {"expected_version": 1, "request_id": uuid4()}).status_code
        == 303
    )
    assert "Печат на общината" in secretary.get(PAGE).text
