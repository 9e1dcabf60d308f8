"""Promises of the region: each municipality writes its own rows, they are read together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from sqlalchemy import Select, case, func, select

from obshto.modules.promises.models import RegionalPromise, RegionalPromises
from obshto.modules.promises.services.queries import (
    ORDER,
    PromiseFilter,
    PromiseLine,
    counted,
    lines_of,
    promises,
)
from obshto.platform.clock import day_of
from obshto.platform.db.batches import batches_of
from obshto.platform.db.regional_rows import Rows, put_rows, replace_rows
from obshto.platform.practice_exits import told_outside
from obshto.platform.thread.states import standing_on
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

REASON = "promises:show-in-region"
SAME = (
    *("part", "word", "position", "title", "owes", "reason", "due_on", "first_due_on"),
    *("reached_on", "dropped_on", "comes_by_itself"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalFilter:
    """Narrowed by municipality and by how it stands; an empty word narrows nothing."""

    municipality: str = ""
    standing: str = ""


def show_in_region(uow: UnitOfWork, *, payload: Mapping[str, Any] | None = None) -> None:
    """Job and reaction: the region shows the promises here, how many stand how, nothing else."""
    slug = uow.scope.slug
    row = {"municipality": slug, "counted_on": day_of(uow.now), **counted(uow)}
    with open_uow(None, Principal.system(REASON)) as region:
        put_rows(region.session, RegionalPromises, told_outside([row]))
        replace_rows(region.session, RegionalPromise, slug, _batches(uow, slug))
        region.invalidate_region_pages()


def regional_promises(uow: UnitOfWork, *, among: Collection[str]) -> Sequence[RegionalPromises]:
    """How many stand how, of municipalities that have promises on."""
    rows = select(RegionalPromises).where(RegionalPromises.municipality.in_(among))
    return uow.session.scalars(rows.order_by(RegionalPromises.municipality)).all()


def promises_of_region(
    uow: UnitOfWork, wanted: RegionalFilter, *, among: Collection[str]
) -> Select[RegionalPromise]:
    """The list: late ones first, then by their day, as in each municipality."""
    row = RegionalPromise
    state = standing_on(day_of(uow.now), row)
    chosen = [wanted.municipality] if wanted.municipality in among else among
    rows = select(row).where(row.municipality.in_(chosen))
    if wanted.standing:
        rows = rows.where(state == wanted.standing)
    ended = func.coalesce(row.dropped_on, row.reached_on)
    order = case(ORDER, value=state), ended.desc().nulls_last(), row.due_on.nulls_last()
    return rows.order_by(*order, row.municipality, row.promise_id)


def _batches(uow: UnitOfWork, slug: str) -> Iterator[Rows]:
    for found in batches_of(uow.session, promises(uow, PromiseFilter())):
        lines = lines_of(uow, told_outside(found))
        yield [_copy(slug, line) for line in lines]


def _copy(slug: str, line: PromiseLine) -> dict[str, Any]:
    row, thing = line.view.row, line.thing
    # A thing has many stations, so each copy has an id of its own.
    promise_id = uuid5(thing.object_id, f"{thing.part}:{row.word}")
    told = {"thing": thing.title, "thread_id": thing.thread_id}
    same = {name: getattr(row, name) for name in SAME}
    return {"municipality": slug, "promise_id": promise_id, **same, **told}
