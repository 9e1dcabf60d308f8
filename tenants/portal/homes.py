"""Municipalities that have a part on, as the region's pages and neighbours name and reach them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, request

from obshto.platform.web.language import SOURCE, current_language
from obshto.tenants.portal.territory import municipalities


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
