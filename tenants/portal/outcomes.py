"""Outcomes of what people said, over all parts: the latest first, by kind and village."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, select

from obshto.platform.modularity.manifest import Component
from obshto.platform.modularity.public_outcomes import TOLD, PublicOutcomes
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.pagination import SIZE, Page
from obshto.tenants.portal.kinds import rows_of_kinds

Kinds = Mapping[str, PublicOutcomes]
STANDS: Mapping[str, LazyString] = {"done": _("Направено"), "decided": _("Решено или обещано")}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """One of them; `told` is cut where `is_cut`, the whole stands on its own page."""

    kind: str
    id: UUID
    title: str
    told: str
    place: str
    at: datetime
    is_done: bool
    pictured: bool

    @property
    def is_cut(self) -> bool:
        return len(self.told) >= TOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFilter:
    """Narrowed by kind, settlement, how far it is; an empty word narrows nothing."""

    kind: str = ""
    place: str = ""
    stands: str = ""


def kinds_of(parts: Iterable[Component]) -> Kinds:
    """Kinds of the parts that are on, in the order of the menu."""
    return {one.word: one for part in parts for one in part.outcomes}


def page_of(uow: UnitOfWork, kinds: Kinds, wanted: OutcomeFilter, number: int) -> Page:
    """A page of the list. Two queries."""
    found = _all(uow, kinds, wanted)
    total = uow.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    number = min(number, max(1, -(-total // SIZE)))
    latest = found.order_by(found.selected_columns.at.desc(), found.selected_columns.id)
    rows = uow.session.execute(latest.limit(SIZE).offset((number - 1) * SIZE))
    return Page([OutcomeRow(**row._mapping) for row in rows], number, total)


def read_at(one: PublicOutcomes, row: OutcomeRow) -> str:
    """Its own page."""
    return _address(one.endpoint, one, row)


def picture_of(one: PublicOutcomes, row: OutcomeRow) -> str:
    """The photo of what was done; empty where there is none."""
    return _address(one.picture, one, row) if one.picture and row.pictured else ""


def _address(endpoint: str, one: PublicOutcomes, row: OutcomeRow) -> str:
    arguments: dict[str, Any] = {one.argument: row.id}
    return url_for(endpoint, **arguments)


def _all(uow: UnitOfWork, kinds: Kinds, wanted: OutcomeFilter) -> Select[Any]:
    rows = rows_of_kinds(uow, kinds, wanted.kind)
    found = select(rows)
    if wanted.place:
        found = found.where(rows.c.place == wanted.place)
    if wanted.stands:
        found = found.where(rows.c.is_done.is_(wanted.stands == "done"))
    return found
