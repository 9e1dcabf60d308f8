"""Retention run: a job that takes away what is over, counted, held back and proven.

The worker runs every `Job` with `retention` through `run_retention`. The dry run is the same job
in a savepoint that is rolled back: it cannot say anything else than the run would do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import day_of
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.keys.encryption import blind_index
from obshto.platform.modularity.manifest import Component, Job, RetentionRule
from obshto.platform.modularity.registry import current_registry
from obshto.platform.privacy.events import RetentionCarriedOut
from obshto.platform.privacy.legal_holds import HeldRows, holds_in_force
from obshto.platform.privacy.models import RetentionRun
from obshto.platform.privacy.row_tracker import TouchedRows, tracked
from obshto.platform.unit_of_work import UnitOfWork

HASHED = "privacy_retention_run.ids"
MOST_ROUNDS = 20  # of a job that takes so many rows a night; what is more is said as „more“


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a job would take away at a moment; with `has_more` that and more."""

    erased: int
    emptied: int
    has_more: bool
    is_held: bool
    holds: int


def retention_jobs(parts: Iterator[Component]) -> list[tuple[Component, Job]]:
    """Every job that takes away what is over, with its part."""
    return [(part, job) for part in parts for job in part.jobs if job.retention is not None]


def word_of(job: Job) -> str:
    """The word of the `Processing` whose term the job keeps; empty for a rule of its own."""
    return "" if isinstance(job.retention, RetentionRule) else job.retention or ""


def run_retention(uow: UnitOfWork, part: Component, job: Job, **ids: Any) -> RetentionRun | None:
    """Do the job, write down the proof. None for a run that took nothing, after the first a day."""
    held = _held(uow)
    is_held = (part.slug, word_of(job)) in held.kinds
    with tracked(uow, held) as touched:
        if not is_held:
            job.run(uow, **ids)
    return _prove(uow, part, job, touched, holds=held.number, is_held=is_held)


def forecast(uow: UnitOfWork, part: Component, job: Job, at: datetime) -> Forecast:
    """What the job would take away at a moment, today's holds being in force then."""
    held = _held(uow)
    if (part.slug, word_of(job)) in held.kinds:
        return Forecast(erased=0, emptied=0, has_more=False, is_held=True, holds=held.number)
    then = replace(uow, now=at)
    with uow.savepoint() as transaction:
        touched, has_more = _exhaust(then, held, lambda: job.run(then))
        transaction.rollback()
    uow.session.expire_all()
    return Forecast(
        erased=touched.number_erased(),
        emptied=touched.number_emptied(),
        has_more=has_more,
        is_held=False,
        holds=held.number,
    )


def _exhaust(uow: UnitOfWork, held: HeldRows, run: Callable[[], None]) -> tuple[TouchedRows, bool]:
    """Run until nothing new is taken, since a job takes so many rows at a time."""
    known = -1
    with tracked(uow, held) as touched:
        for _round in range(MOST_ROUNDS):
            run()
            uow.session.flush()
            if (number := len(touched.lines())) == known:
                return touched, False
            known = number
    return touched, True


def _held(uow: UnitOfWork) -> HeldRows:
    return HeldRows.of(holds_in_force(uow), current_registry().parts)


def _prove(
    uow: UnitOfWork, part: Component, job: Job, touched: TouchedRows, *, holds: int, is_held: bool
) -> RetentionRun | None:
    lines = touched.lines()
    row = RetentionRun(
        id=new_id(),
        job=job.name,
        part=part.slug,
        word=word_of(job),
        at=uow.now,
        erased=touched.number_erased(),
        emptied=touched.number_emptied(),
        holds=holds,
        is_held=is_held,
        tables=_counts(uow, touched),
        ids_hash=blind_index(HASHED, "\n".join(lines)) if lines else None,
        empty_key=None if lines else f"{job.name}/{day_of(uow.now).isoformat()}",
    )
    if not lines:
        return _note_empty(uow, row)
    uow.session.add(row)
    assert row.ids_hash
    uow.emit(
        RetentionCarriedOut(
            subject_id=row.id, erased=row.erased, emptied=row.emptied, ids_hash=row.ids_hash.hex()
        )
    )
    return row


def _note_empty(uow: UnitOfWork, row: RetentionRun) -> RetentionRun | None:
    """That it ran and nothing was over: once a day."""
    values = {column.key: getattr(row, column.key) for column in RetentionRun.__table__.columns}
    kept = insert(RetentionRun).values(values).on_conflict_do_nothing(index_elements=["empty_key"])
    done = uow.session.execute(kept.returning(RetentionRun.id)).first()
    return row if done else None


def _counts(uow: UnitOfWork, touched: TouchedRows) -> Mapping[str, Any]:
    """Of each table how many rows went, were emptied, were there before and are there now."""
    tables = {table.name: table for table in TenantModel.metadata.tables.values()}
    found = {}
    for name in touched.tables():
        erased = len(touched.erased.get(name, ()))
        now = 0
        if name in tables:
            now = uow.session.scalar(select(func.count()).select_from(tables[name])) or 0
        found[name] = {
            "erased": erased,
            "emptied": len(touched.emptied.get(name, ())),
            "before": now + erased,
            "after": now,
        }
    return found
