"""An address that a phone reads from paper."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """A drawing of the address as SVG, for the printed page; the address stands beside it."""
    code = _code(address)
    drawing: str = code.svg_inline(
        omitsize=True, border=2, svgclass="ob-qr", lineclass=None, dark="#000", light="#fff"
    )
    return Markup(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def qr_drawing(address: str) -> str:
    """The same as an SVG of its own, for a document."""
    drawn = io.BytesIO()
    _code(address).save(drawn, kind="svg", xmldecl=False, border=2)
    return drawn.getvalue().decode()


def _code(address: str) -> segno.QRCode:
    return segno.make(address, micro=False, error="m")
