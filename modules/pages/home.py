"""The shelves of pages on the home page."""

from __future__ import annotations

from obshto.modules.pages.services.reading import shelves
from obshto.platform.modularity.manifest import HomeBlock
from obshto.platform.work import Work


def shelves_at_home(work: Work) -> HomeBlock | None:
    """Nothing at all where nothing shows yet."""
    found = shelves(work)
    context = {"shelves": found}
    return HomeBlock(template="pages/home.html", context=context, weight=30) if found else None
