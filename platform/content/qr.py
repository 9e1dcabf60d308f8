"""An address that a phone reads from paper."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """A drawing of the address as SVG, for the printed page; the address stands beside it."""
    code = segno.make(address, micro=False, error="m")
    drawing: str = code.svg_inline(
        omitsize=True, border=2, svgclass="ob-qr", lineclass=None, dark="#000", light="#fff"
    )
    return Markup(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def qr_picture(address: str) -> str:
    """The same as an SVG that stands alone, for what is typeset."""
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", xmldecl=False, border=2)
    return drawn.getvalue().decode()
