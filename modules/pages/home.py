"""The shelves of pages on the home page."""

from __future__ import annotations

from obshto.modules.pages.services.queries import shelves
from obshto.platform.modularity.manifest import HomeBlock
from obshto.platform.unit_of_work import UnitOfWork

MOST = 4  # of any list of the home page


def shelves_at_home(uow: UnitOfWork) -> HomeBlock | None:
    """Nothing at all where nothing shows yet."""
    found = shelves(uow)
    context = {"shelves": found[:MOST]}
    return HomeBlock(template="pages/home.html", context=context, weight=30) if found else None
