"""Towns and villages of the region, as an official form writes them."""

from __future__ import annotations

from obshto.tenants.api import addresses_of_region


def known_places() -> list[str]:
    """The towns and villages of the region as an official form writes them. One read elsewhere."""
    short = {"град": "гр.", "село": "с."}
    return [
        f"{short[kind]} {name}, община {municipality}, област Видин"
        for kind, name, municipality in addresses_of_region()
    ]
