"""Borders of municipalities as far as data allow: which neighbours a thing concerns, too.

Nobody licenses the real borders to us. The land of a settlement is what lies nearer to it than to
any other (a Voronoi cell); the cells of all settlements cover the municipalities by 0.75 to 0.90.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from obshto.platform.db.session import shared_session
from obshto.platform.village_map import Point, kilometres
from obshto.tenants.municipalities.models import Settlement
from obshto.tenants.portal.territory import points_of_settlements

NEAR = 1.0  # kilometres from the border
FAR = 10.0  # kilometres from any settlement: another province, another country
NEXT = 4.0  # kilometres from village to village: so near, their lands touch


def homes_of_settlements() -> Mapping[str, str]:
    """The municipality of each settlement, by EKATTE code. One read of the region's table."""
    with shared_session() as shared:
        rows = shared.execute(select(Settlement.ekatte, Settlement.municipality))
        return {code: slug for code, slug in rows}


def settlement_at(point: Point) -> str | None:
    """The EKATTE code of the settlement on whose land a point lies; None far from all of them."""
    known = points_of_settlements()
    nearest = min(known, key=lambda code: kilometres(point, known[code]), default=None)
    if nearest is None or kilometres(point, known[nearest]) > FAR:
        return None
    return nearest


def neighbours_at(
    slug: str, ekatte: str, point: Point | None, homes: Mapping[str, str]
) -> frozenset[str]:
    """Other municipalities whose land begins within a kilometre of a point in `slug`.

    Without a point: those with a village within four kilometres of the village `ekatte`. A
    settlement whose place nobody knows is near to nothing.
    """
    known = points_of_settlements()
    at = {code: known[code] for code in homes if code in known}
    others = {code: where for code, where in at.items() if homes[code] != slug}
    if point is None:
        middle = at.get(ekatte)
        near = [code for code in others if middle and kilometres(middle, others[code]) <= NEXT]
        return frozenset(homes[code] for code in near)
    own = [where for code, where in at.items() if homes[code] == slug]
    if not own:
        return frozenset()
    home = min(own, key=lambda where: kilometres(point, where))
    near = [code for code, where in others.items() if _to_border(point, home, where) <= NEAR]
    return frozenset(homes[code] for code in near)


def _to_border(point: Point, home: Point, other: Point) -> float:
    """Kilometres to the line that is as far from the one as from the other; below 0 beyond it."""
    apart = kilometres(home, other)
    return (
        (kilometres(point, other) ** 2 - kilometres(point, home) ** 2) / (2 * apart)
        if apart
        else 0.0
    )
