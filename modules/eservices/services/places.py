"""Towns and villages: of the region as an official form writes them, of here for a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import Village
from obshto.tenants.api import RegionAddress, addresses_of_region, villages_among

_SHORT = {"град": "гр.", "село": "с."}


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """Those of the region as an official form writes them; those of here, for a map."""

    written: Sequence[str]
    villages: Sequence[Village]


def places_here(uow: UnitOfWork) -> list[str]:
    """Those of this municipality alone, as an official form writes them. One read elsewhere."""
    return [_written(one) for one in addresses_of_region() if one.slug == uow.scope.slug]


def known_places(uow: UnitOfWork, language: str) -> KnownPlaces:
    """What questions about places are drawn with. One read elsewhere."""
    addresses = addresses_of_region()
    written = [_written(one) for one in addresses]
    return KnownPlaces(written, villages_among(uow, addresses, language))


def _written(one: RegionAddress) -> str:
    return f"{_SHORT[one.kind]} {one.name}, община {one.municipality}, област Видин"
