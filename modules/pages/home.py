"""The shelves of pages on the home page."""

from __future__ import annotations

from obshto.modules.pages.services.queries import shelves_until
from obshto.platform.modularity.manifest import HomeBlock
from obshto.platform.modularity.shared_blocks import shared_block
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.validity import keep_until

MOST = 4  # of any list of the home page


@shared_block
def shelves_at_home(uow: UnitOfWork) -> HomeBlock | None:
    """Nothing at all where nothing shows yet."""
    found, turn = shelves_until(uow)
    keep_until(turn)
    context = {"shelves": found[:MOST]}
    return HomeBlock(template="pages/home.html", context=context, weight=30) if found else None
