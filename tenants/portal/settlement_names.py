"""Settlements of the municipality: their names, and how far a point may lie from one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import FARTHEST, Village, kilometres
from obshto.platform.web.language import SOURCE
from obshto.tenants.municipalities.models import Settlement
from obshto.tenants.portal.territory import (
    RegionAddress,
    all_settlements,
    named_settlements,
    points_of_settlements,
    settlements_of,
)

Names = Mapping[str, Mapping[str, str]]  # by EKATTE code, then by language; the seat first


def settlements_here(uow: UnitOfWork) -> Names:
    """„с. Старопатица“ in Bulgarian, the bare name in other languages. One read."""
    return named_settlements(uow.scope.slug)


def name_of(code: str, names: Names, language: str) -> str:
    """One of them; empty for what is another municipality's by now."""
    name = names.get(code, {})
    return name.get(language) or name.get(SOURCE, "")


def villages_here(uow: UnitOfWork, language: str) -> list[Village]:
    """Those whose point is known, for a map. One read."""
    return _on_map(settlements_of(uow.scope.slug), language)


def villages_of_region(language: str) -> list[Village]:
    """The same of the whole province. One read of the region's table."""
    return _on_map(all_settlements(), language)


def villages_among(
    uow: UnitOfWork, addresses: Iterable[RegionAddress], language: str
) -> list[Village]:
    """The same as `villages_here`, of what was read already."""
    return _on_map((one for one in addresses if one.slug == uow.scope.slug), language)


def _on_map(settlements: Iterable[Settlement | RegionAddress], language: str) -> list[Village]:
    points = points_of_settlements()
    return [
        Village(place.ekatte, place.names.get(language) or place.names["en"], points[place.ekatte])
        for place in settlements
        if place.ekatte in points
    ]


def is_near(point: tuple[float, float], code: str) -> bool:
    """Within the land of a settlement; a settlement whose place nobody knows takes any."""
    if (middle := points_of_settlements().get(code)) is None:
        return True
    return kilometres(point, middle) <= FARTHEST
