"""Towns and villages: of the region as an official form writes them, of here for a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import Village
from obshto.tenants.api import addresses_of_region, villages_among


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """Those of the region as an official form writes them; those of here, for a map."""

    written: Sequence[str]
    villages: Sequence[Village]


def known_places(uow: UnitOfWork, language: str) -> KnownPlaces:
    """What questions about places are drawn with. One read elsewhere."""
    short = {"град": "гр.", "село": "с."}
    addresses = addresses_of_region()
    written = [
        f"{short[one.kind]} {one.name}, община {one.municipality}, област Видин"
        for one in addresses
    ]
    return KnownPlaces(written, villages_among(uow, addresses, language))
