"""What is in force and what comes, on the home page."""

from __future__ import annotations

from obshto.modules.notices.services.kinds import KINDS, state_of
from obshto.modules.notices.services.queries import on_home
from obshto.modules.notices.services.settlements import settlements_here
from obshto.platform.modularity.manifest import HomeBlock
from obshto.platform.unit_of_work import UnitOfWork


def standing_notices(uow: UnitOfWork) -> HomeBlock | None:
    """Nothing at all where nothing stands. Two queries."""
    notices = list(uow.session.scalars(on_home(uow.now)))
    if not notices:
        return None
    context = {
        "notices": notices,
        "states": {notice.id: state_of(notice, uow.now) for notice in notices},
        "kinds": KINDS,
        "names": settlements_here(uow),
    }
    return HomeBlock(template="notices/home.html", context=context, weight=10)
