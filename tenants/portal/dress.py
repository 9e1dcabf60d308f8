"""The theme and the icon of a host: a municipality's own, or the region's."""

from __future__ import annotations

from hashlib import sha256

from flask import Response, abort

from obshto.platform.web import theme
from obshto.tenants.door import current_municipality
from obshto.tenants.municipalities.lookup import Municipality

FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"


def theme_address(here: Municipality | None) -> str:
    """The address of the theme carries its content, so it may be kept for ever."""
    return f"/theme.{sha256(_css(here).encode()).hexdigest()[:10]}.css"


def theme_of_the_host(fingerprint: str) -> Response:
    """Only the theme in force: an old address would put an old look under a name kept for ever."""
    here = current_municipality()
    if theme_address(here) != f"/theme.{fingerprint}.css":
        abort(404)
    return Response(_css(here), mimetype="text/css", headers={"Cache-Control": FOREVER})


def icon_of_the_host() -> Response:
    """A shield with the first letter, until a coat of arms is there."""
    here = current_municipality()
    letter, colour = (here.names["bg"][0], here.colour) if here else ("В", theme.DEFAULT)
    shield = theme.shield_svg(letter, colour)
    return Response(shield, mimetype="image/svg+xml", headers={"Cache-Control": A_DAY})


def _css(here: Municipality | None) -> str:
    return theme.theme_css(here.colour if here else theme.DEFAULT)
