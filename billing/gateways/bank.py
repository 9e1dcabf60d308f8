"""A bank transfer: what to write into it, also as a square code that banking apps read."""

from __future__ import annotations

import re
from decimal import Decimal

import segno
from segno import helpers

_iban = re.compile(r"BG\d{2}[A-Z]{4}\d{6}[0-9A-Z]{8}", re.ASCII).fullmatch
_bic = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII).fullmatch


def spelled_iban(typed: str) -> str:
    """In capitals without blanks."""
    return re.sub(r"\s", "", typed).upper()


def is_iban(iban: str) -> bool:
    """Whether it is a Bulgarian account whose check digits fit (ISO 13616, ISO 7064 mod 97-10)."""
    if not _iban(iban):
        return False
    digits = "".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])
    return int(digits) % 97 == 1


def is_bic(bic: str) -> bool:
    """Whether it has the shape of a bank's code (ISO 9362)."""
    return _bic(bic) is not None


def written_iban(iban: str) -> str:
    """In groups of four, as people compare them."""
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))


def square_code(*, holder: str, iban: str, bic: str, cents: int, reason: str) -> str:
    """The transfer as an SVG drawing (EPC069-12, version 002); sums in whole cents."""
    drawn = helpers.make_epc_qr(
        name=holder[:70],
        iban=iban,
        bic=bic or None,
        amount=Decimal(cents) / 100,
        text=reason[:140],
        encoding="utf-8",
    )
    return svg(drawn)


def svg(drawn: segno.QRCode) -> str:
    """The drawing for a page: small enough for a phone, quiet to screen readers."""
    found: str = drawn.svg_inline(
        border=4, scale=3.5, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return found.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
