"""Numbers of promises for the region: each municipality writes its own row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.promises.models import RegionalPromises
from obshto.modules.promises.services.queries import counted
from obshto.platform.clock import day_of
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

REASON = "promises:show-in-region"


def show_in_region(uow: UnitOfWork, *, payload: Mapping[str, Any] | None = None) -> None:
    """Job and reaction: the region shows how many stand how here, and nothing else."""
    assert uow.scope
    slug = uow.scope.slug
    row = {"municipality": slug, "counted_on": day_of(uow.now), **counted(uow)}
    with open_uow(None, Principal.system(REASON)) as region:
        region.session.execute(
            delete(RegionalPromises).where(RegionalPromises.municipality == slug)
        )
        for kept in told_outside([row]):
            put = insert(RegionalPromises).values(kept)
            told = {name: put.excluded[name] for name in row}
            region.session.execute(
                put.on_conflict_do_update(index_elements=["municipality"], set_=told)
            )
        region.invalidate_region_pages()


def regional_promises(uow: UnitOfWork, *, among: Collection[str]) -> Sequence[RegionalPromises]:
    """The rows of municipalities that have promises on."""
    rows = select(RegionalPromises).where(RegionalPromises.municipality.in_(among))
    return uow.session.scalars(rows.order_by(RegionalPromises.municipality)).all()
