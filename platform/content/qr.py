"""An address or a bank transfer that a phone reads, from paper or from the screen."""

from __future__ import annotations

import io
from decimal import Decimal

import segno
from markupsafe import Markup
from segno.helpers import make_epc_qr


def qr_code(address: str) -> Markup:
    """A drawing of the address as SVG, for the printed page; the address stands beside it."""
    return _quiet(
        _code(address).svg_inline(
            omitsize=True, border=2, svgclass="ob-qr", lineclass=None, dark="#000", light="#fff"
        )
    )


def qr_picture(address: str) -> str:
    """An address as an SVG that stands alone, for what is typeset."""
    drawn = io.BytesIO()
    _code(address).save(drawn, kind="svg", xmldecl=False, border=2)
    return drawn.getvalue().decode()


def transfer_code(*, holder: str, iban: str, bic: str, cents: int, reason: str) -> Markup:
    """A transfer that banking apps read (EPC069-12, version 002), small enough for a phone.

    `cents` are of the euro. What it says stands beside it.
    """
    code = make_epc_qr(
        name=holder[:70],
        iban=iban,
        bic=bic or None,
        amount=Decimal(cents) / 100,
        text=reason[:140],
        encoding="utf-8",
    )
    return _quiet(
        code.svg_inline(
            border=4, scale=3.5, svgclass=None, lineclass=None, dark="#000", light="#fff"
        )
    )


def _quiet(drawing: str) -> Markup:
    """For those who hear the page: they have the words."""
    return Markup(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def _code(address: str) -> segno.QRCode:
    return segno.make(address, micro=False, error="m")
