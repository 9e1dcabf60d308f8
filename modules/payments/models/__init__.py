"""The tables of local taxes and fees, in every municipality."""

from obshto.modules.payments.models.importing import Import, ImportState, Trace
from obshto.modules.payments.models.law import Rate, Term
from obshto.modules.payments.models.owing import Kept, Obligation, Payer
from obshto.modules.payments.models.paying import Bundle, BundleState, Piece

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
