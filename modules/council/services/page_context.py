"""Template context that citizens' and staff pages share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.council.models import Councillor
from obshto.modules.council.services.inquiries import inquiries, state_of
from obshto.modules.council.services.members import councillors
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.pagination import page_number, paginate


def names_of(uow: UnitOfWork) -> dict[UUID, Councillor]:
    """Councillors by id. One query."""
    return {one.id: one for one in councillors(uow)}


def inquiries_page(uow: UnitOfWork, asked: Mapping[str, str]) -> dict[str, Any]:
    """A page of the register by the filters of the address."""
    today, rows = day_of(uow.now), inquiries(uow, asked)
    return {
        "page": paginate(uow.session, rows, page_number()),
        "names": names_of(uow),
        "words": asked.get("q", "")[:100],
        "state": asked.get("state", ""),
        "state_of": lambda row: state_of(row, today),
    }
