"""The theme and the icon of a host: a municipality's own, or the region's."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Response, abort
from sqlalchemy import select

from obshto.platform.content.pdf import png_of
from obshto.platform.db.session import shared_session
from obshto.platform.storage.emblems import APP, LARGE, SIZES, TOUCH
from obshto.platform.web import theme
from obshto.tenants.municipalities.lookup import Municipality, find_municipality
from obshto.tenants.municipalities.models import Emblem
from obshto.tenants.request_gate import current_municipality

FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
ICON = Path(__file__).parent / "data" / "icon.typ"
SHIELDS = (TOUCH, APP, LARGE)


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
    shield = theme.shield_svg(*_worn(here))
    return Response(shield, mimetype="image/svg+xml", headers={"Cache-Control": A_DAY})


def shield_of_the_host(width: int, *, is_masked: bool = False) -> Response:
    """The same as a square PNG, which phones want of an installed app."""
    if width not in SHIELDS:
        abort(404)
    picture = _shield_png(*_worn(current_municipality()), width, is_masked)
    return Response(picture, mimetype="image/png", headers={"Cache-Control": A_DAY})


def _worn(here: Municipality | None) -> tuple[str, str]:
    return (here.names["bg"][0], here.colour) if here else ("В", theme.DEFAULT)


@lru_cache(maxsize=256)
def _shield_png(letter: str, colour: str, width: int, is_masked: bool) -> bytes:
    shield = theme.bare_shield_svg(str(theme.WHITE) if is_masked else colour)
    told = {"letter": letter, "colour": colour, "masked": is_masked, "shield": shield}
    return png_of(ICON, told, ppi=72 * width / 512)  # the page is 512 points wide


def emblem_address(here: Municipality | None, width: int) -> str | None:
    """Where the coat of arms lies in this width; the address carries its content."""
    return worn_address(here.emblem, width) if here and here.emblem else None


def worn_address(tag: str, width: int) -> str:
    """The same of any coat of arms that the host wears or wore before."""
    return f"/emblem.{tag}.{width}.png"


def emblem_of_the_host(fingerprint: str, width: int) -> Response:
    """Only the one that this host wears, or wore before: pages that were kept still name that."""
    here = current_municipality()
    worn = (here.emblem, here.emblem_before) if here else ()
    if here is None or fingerprint not in worn or width not in SIZES:
        abort(404)
    content = _picture(here.slug, fingerprint, width) or abort(404)
    return Response(content, mimetype="image/png", headers={"Cache-Control": FOREVER})


def emblem_of(slug: str) -> bytes | None:
    """The coat of arms that a municipality wears, as a large square PNG."""
    here = find_municipality(slug)
    return _picture(slug, here.emblem, LARGE) if here and here.emblem else None


def _picture(slug: str, tag: str, width: int) -> bytes | None:
    picture = select(Emblem.content).filter_by(municipality=slug, tag=tag, width=width)
    with shared_session() as shared:
        return shared.scalar(picture)


def _css(here: Municipality | None) -> str:
    return theme.theme_css(here.colour if here else theme.DEFAULT)
