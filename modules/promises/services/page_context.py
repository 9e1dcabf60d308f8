"""Page context of promises: the list with its filters, one promise, one thing and its line."""

from __future__ import annotations

from typing import Any

from obshto.modules.promises.models import Promise
from obshto.modules.promises.services import queries
from obshto.platform.clock import day_of
from obshto.platform.thread.declarations import OWES
from obshto.platform.thread.states import COLOURS, STANDINGS
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.pagination import paginate


def list_words(uow: UnitOfWork, wanted: queries.PromiseFilter, number: int) -> dict[str, Any]:
    """A page of the list, how many stand how. Five queries."""
    page = paginate(uow.session, queries.promises(uow, wanted), number)
    return {
        "page": page,
        "lines": queries.lines_of(uow, page.rows),
        "counts": queries.counted(uow, wanted),
        "wanted": wanted,
        "parts": queries.parts_here(),
        **_common(uow),
    }


def promise_words(uow: UnitOfWork, promise: Promise) -> dict[str, Any]:
    """One promise that staff entered."""
    return {"promise": promise, "owes": OWES, **_common(uow)}


def _common(uow: UnitOfWork) -> dict[str, Any]:
    return {
        "settlements": queries.settlement_names(uow),
        "standings": STANDINGS,
        "colours": COLOURS,
        "today": day_of(uow.now),
    }
