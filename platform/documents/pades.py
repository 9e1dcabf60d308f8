"""The signature in a PDF: PAdES, ETSI EN 319 142-1, made and read by pyHanko.

Level B-T where an authority of time is asked (RFC 3161), else B-B.

Import it inside the function that needs it: the library is heavy, and seldom wanted.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Final, TypeVar
from urllib.parse import urlsplit

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

log = logging.getLogger(__name__)
FIELD: Final = "Seal"
ANSWERS_IN: Final = 5  # seconds
T = TypeVar("T")


def stamped(content: bytes, pdf: bytes, *, tsa_url: str = "") -> bytes:
    """The PDF with a PAdES signature by a PKCS #12 that has no password.

    With `tsa_url` that authority says when; one that does not answer within ANSWERS_IN is passed
    over, since a document must not wait for it.
    """
    if tsa_url:
        try:
            return _signed(content, pdf, HTTPTimeStamper(tsa_url, timeout=ANSWERS_IN))
        except (TimestampRequestError, ValueError) as error:  # ValueError: what is no reply
            host = urlsplit(tsa_url).hostname
            log.warning("no time stamp of %s, sealed without: %s", host, error)
    return _signed(content, pdf, None)


def _signed(content: bytes, pdf: bytes, clock: HTTPTimeStamper | None) -> bytes:
    signer = SimpleSigner.load_pkcs12_data(content, other_certs=(), passphrase=None)
    told = PdfSignatureMetadata(
        field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    file = IncrementalPdfFileWriter(BytesIO(pdf))
    written = _alone(lambda: PdfSigner(told, signer, timestamper=clock).sign_pdf(file))
    return bytes(written.getbuffer())


def is_untouched(pdf: bytes) -> bool:
    """Whether the file has one seal, made over all of it, and not a byte changed since.

    It does not say whether the certificate is to be trusted: that stands beside it.
    """
    try:
        (seal,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
        trusted = ValidationContext(trust_roots=[seal.signer_cert], allow_fetching=False)
        status = _alone(lambda: validate_pdf_signature(seal, trusted))
    except (PdfError, SignatureValidationError, ValueError):
        return False
    return bool(
        status.intact and status.valid and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    )


def _alone(uow: Callable[[], T]) -> T:
    """pyHanko opens an event loop, of which a thread may have one only: it gets its own thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(uow).result()
