"""A bank transfer: what to write into it."""

from __future__ import annotations

import re

from stdnum import bic as bics
from stdnum import iban as ibans


def spelled_iban(typed: str) -> str:
    """In capitals without blanks."""
    return re.sub(r"\s", "", typed).upper()


def is_iban(iban: str) -> bool:
    """Whether it is a Bulgarian account whose check digits fit (ISO 13616)."""
    return iban.isascii() and iban.startswith("BG") and ibans.is_valid(iban)


def is_bic(bic: str) -> bool:
    """Whether it has the shape of a bank's code (ISO 9362)."""
    return bic.isascii() and bics.is_valid(bic)


def written_iban(iban: str) -> str:
    """In groups of four, as people compare them."""
    return str(ibans.format(iban))
