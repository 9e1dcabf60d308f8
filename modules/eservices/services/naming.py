"""How the municipality is called in official texts: in Bulgarian, whatever the page speaks."""

from __future__ import annotations

from obshto.platform.work import Work
from obshto.tenants.api import Municipality, find_municipality


def official_names(work: Work) -> dict[str, str]:
    """„Община Кула“ and „Кула“, as blanks of official texts are filled."""
    here = _here(work)
    return {"municipality_name": here.title(), "municipality_short": here.names["bg"]}


def official_title(work: Work) -> str:
    """„Община Кула“."""
    return _here(work).title()


def _here(work: Work) -> Municipality:
    assert work.scope
    found = find_municipality(work.scope.slug)
    assert found
    return found
