"""How the municipality is called in official texts: in Bulgarian, whatever the page speaks."""

from __future__ import annotations

from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import municipality_here


def official_names(uow: UnitOfWork) -> dict[str, str]:
    """„Община Кула“ and „Кула“, as blanks of official texts are filled."""
    here = municipality_here(uow)
    return {"municipality_name": here.title(), "municipality_short": here.names["bg"]}


def official_title(uow: UnitOfWork) -> str:
    """„Община Кула“."""
    return municipality_here(uow).title()
