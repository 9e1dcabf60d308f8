"""Until when an issued document is valid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from obshto.modules.eservices.services.definitions import Document
from obshto.platform.legal.terms import months_later

# Of a valuation that is valid to the end of the year: its year is paid, or it is unbuilt farmland.
WHOLE_YEAR = ("paid", "farm")


def valid_until(document: Document, answers: Mapping[str, str], today: date) -> date | None:
    """Until when a document that is issued today is valid; None where it does not lapse."""
    if document.valid_months:
        return months_later(today, document.valid_months)
    if document.valid_to == "half_year":  # ЗМДТ, приложение № 2, чл. 3, ал. 4
        is_first_half = today.month <= 6 and answers.get("validity") not in WHOLE_YEAR
        return date(today.year, 6, 30) if is_first_half else date(today.year, 12, 31)
    day = answers.get(document.valid_to or "", "")
    return date.fromisoformat(day) if day else None
