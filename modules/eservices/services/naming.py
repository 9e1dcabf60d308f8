"""How the municipality is called in official texts: in Bulgarian, whatever the page speaks."""

from __future__ import annotations

from obshto.platform.work import Work
from obshto.tenants.api import municipality_here


def official_names(work: Work) -> dict[str, str]:
    """„Община Кула“ and „Кула“, as blanks of official texts are filled."""
    here = municipality_here(work)
    return {"municipality_name": here.title(), "municipality_short": here.names["bg"]}


def official_title(work: Work) -> str:
    """„Община Кула“."""
    return municipality_here(work).title()
