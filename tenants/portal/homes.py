"""Municipalities that have a part on, as the region's pages and neighbours name and reach them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, request

from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, current_language
from obshto.tenants.municipalities.lookup import find_municipality
from obshto.tenants.portal.settlement_names import settlements_here
from obshto.tenants.portal.territory import home_of_settlement, municipalities


@dataclass(frozen=True, slots=True)
class Home:
    """Name in the page's language; address of its portal in that language, without a slash."""

    name: str
    address: str


def homes_with(part: str) -> Mapping[str, Home]:
    """By slug, in the order of their names. One read of the region's table."""
    scheme, base = current_app.config["PREFERRED_URL_SCHEME"], current_app.config["SERVER_NAME"]
    return {
        tenant.slug: Home(
            tenant.names.get(current_language()) or tenant.names[SOURCE],
            f"{scheme}://{tenant.slug}.{base}{request.script_root}",
        )
        for tenant in municipalities()
        if part in tenant.modules
    }


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The municipality of a settlement, and where one goes on there."""

    name: str
    address: str
    takes: bool  # it has the part on


def neighbour_of(uow: UnitOfWork, code: str, *, part: str, path: str) -> Neighbour | None:
    """Whose a settlement is where it is not here; None for one that is, or for no settlement.

    `address` is `path` of that part, or how to reach the municipality where the part is off.
    """
    if code in settlements_here(uow) or (found := home_of_settlement(code)) is None:
        return None
    _, tenant = found
    home, language = find_municipality(tenant.slug), current_language()
    if home is None:
        return None
    prefix = "" if language == SOURCE else f"/{language}"
    takes = part in home.modules
    name = tenant.titles.get(language) or tenant.titles[SOURCE]
    return Neighbour(name, f"{home.scope().address}{prefix}{path if takes else '/contact'}", takes)
