"""The signature in a PDF: PAdES, ETSI EN 319 142-1, level B-B, made and read by pyHanko.

Import it inside the function that needs it: the library is heavy, and seldom wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Final, TypeVar

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

FIELD: Final = "Seal"
T = TypeVar("T")


def stamped(content: bytes, pdf: bytes) -> bytes:
    """The PDF with a PAdES signature by a PKCS #12 that has no password."""
    signer = SimpleSigner.load_pkcs12_data(content, other_certs=(), passphrase=None)
    told = PdfSignatureMetadata(
        field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    file = IncrementalPdfFileWriter(BytesIO(pdf))
    written = _alone(lambda: PdfSigner(told, signer).sign_pdf(file))
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
