"""The tables of local taxes and fees, in every municipality."""

from obshto.modules.payments.models.bundle import Bundle, BundleState, Piece
from obshto.modules.payments.models.import_file import Import, ImportState, Trace
from obshto.modules.payments.models.law import Rate, Term
from obshto.modules.payments.models.obligation import Kept, Obligation, Payer

MODELS = (Payer, Import, Obligation, Trace, Bundle, Piece, Term, Rate, Kept)

__all__ = [
    "MODELS",
    "Bundle",
    "BundleState",
    "Import",
    "ImportState",
    "Kept",
    "Obligation",
    "Payer",
    "Piece",
    "Rate",
    "Term",
    "Trace",
]
