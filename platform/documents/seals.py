"""Electronic seal of documents (eIDAS): put, removed, set under a file.

While documents are for trial and no certificate was given, the house makes one for itself, which
nobody need trust.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.documents.errors import (
    NoSuchSeal,
    SealHasNoKey,
    SealLapsed,
    SealRefused,
    StaleSeal,
)
from obshto.platform.documents.events import SealPut, SealRemoved
from obshto.platform.documents.models import IssuedRow, Seal, SealKind
from obshto.platform.entity import expect_version
from obshto.platform.keys.encryption import decrypt_bytes_for, encrypt_bytes_for
from obshto.platform.unit_of_work import UnitOfWork

TSA_URL = "obshto.tsa-url"  # of app.extensions: authority of time (RFC 3161), or empty
KEPT_AS = "documents_seal.content"
MOST = 100_000  # bytes of a file with a certificate and its chain
TRIAL_DAYS = 3650
UNWRITTEN = 0  # what a form saw of a seal that was not there


def seal_of(uow: UnitOfWork, kind: str = SealKind.OWN) -> Seal | None:
    """The seal that is kept here."""
    return uow.session.scalar(select(Seal).where(Seal.kind == kind))


def put_seal(uow: UnitOfWork, content: bytes, password: str, *, expected_version: int) -> Seal:
    """Documents are sealed with this from now on; the same once more changes nothing.

    `content` is PKCS #12. Raises SealRefused with how to mend it, StaleSeal.
    """
    key, certificate, chain = _opened(content, password)
    today = day_of(uow.now)
    until = certificate.not_valid_after_utc.date()
    if until < today:
        raise SealLapsed
    row = seal_of(uow)
    mark = certificate.fingerprint(hashes.SHA256()).hex()
    if row and row.fingerprint == mark:
        return row
    if (row.version if row else UNWRITTEN) != expected_version:
        raise StaleSeal
    row = row or Seal(id=new_id(), kind=SealKind.OWN)
    _fill(uow, row, certificate, _packed(key, certificate, chain))
    uow.session.add(row)
    uow.session.flush()
    uow.emit(SealPut(subject_id=row.id, fingerprint=mark))
    return row


def remove_seal(uow: UnitOfWork, *, expected_version: int) -> None:
    """Documents carry none any more; those that do keep theirs. Raises StaleSeal."""
    row = seal_of(uow)
    if row is None:
        return
    expect_version(row, expected_version, StaleSeal)
    uow.emit(SealRemoved(subject_id=row.id, fingerprint=row.fingerprint))
    uow.session.delete(row)


def sealed(uow: UnitOfWork, document: IssuedRow, pdf: bytes, *, municipality: str) -> bytes:
    """The file with the seal in it, and on the document who sealed it.

    In earnest only with the municipality's own seal, while its certificate is valid; without one
    the file stays as it is and is signed by hand. Trials ask no authority of time.
    """
    row = seal_of(uow)
    if row is not None and row.valid_until < day_of(uow.now):
        row = None
    if row is None:
        if not document.is_trial:
            return pdf
        row = _trial(uow, municipality)
    document.seal_subject, document.seal_issuer = row.subject, row.issuer
    # Late: its library takes a quarter of a second to load, and most processes seal nothing.
    from obshto.platform.documents.pades import stamped  # noqa: PLC0415

    content = decrypt_bytes_for(KEPT_AS, row.id, row.content)
    tsa_url = "" if document.is_trial else current_app.extensions[TSA_URL]
    return stamped(content, pdf, tsa_url=tsa_url)


# -- inside ----------------------------------------------------------------------------------

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
Chain = list[x509.Certificate]


def _opened(content: bytes, password: str) -> tuple[Key, x509.Certificate, Chain]:
    if len(content) > MOST:
        raise SealRefused
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(
            content, password.encode() or None
        )
    except (ValueError, TypeError):
        raise SealRefused from None
    if not isinstance(key, Key) or certificate is None:
        raise SealHasNoKey
    return key, certificate, chain


def _packed(key: Key, certificate: x509.Certificate, chain: Chain) -> bytes:
    """Without a password: it lies sealed under the municipality's key instead."""
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, chain, NoEncryption())


def _fill(uow: UnitOfWork, row: Seal, certificate: x509.Certificate, content: bytes) -> None:
    row.content = encrypt_bytes_for(KEPT_AS, row.id, content)
    row.subject, row.issuer = _name(certificate.subject), _name(certificate.issuer)
    row.valid_until = certificate.not_valid_after_utc.date()
    row.fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
    row.put_at = uow.now


def _name(name: x509.Name) -> str:
    """What people know it by: the organization and the common name."""
    kinds = (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
    said = [str(part.value) for kind in kinds for part in name.get_attributes_for_oid(kind)]
    return ", ".join(dict.fromkeys(said)) or name.rfc4514_string()


def _trial(uow: UnitOfWork, municipality: str) -> Seal:
    """The one that the house made for itself here; the first document makes it."""
    if row := seal_of(uow, SealKind.TRIAL):
        return row
    key, certificate = _self_made(municipality, day_of(uow.now))
    row = Seal(id=new_id(), kind=SealKind.TRIAL, version=1)
    _fill(uow, row, certificate, _packed(key, certificate, []))
    names = [column.key for column in Seal.__table__.columns]
    values = {name: getattr(row, name) for name in names}
    # Two first documents in the same instant: the second one finds what the first one made.
    uow.session.execute(insert(Seal).values(values).on_conflict_do_nothing())
    found = seal_of(uow, SealKind.TRIAL)
    if found is None:
        raise NoSuchSeal
    return found


def _self_made(title: str, today: date) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    start = datetime.combine(today, time(), UTC) - timedelta(days=1)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, title[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, "ПРОБЕН печат"),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(start).not_valid_after(start + timedelta(days=TRIAL_DAYS))
    return key, builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
