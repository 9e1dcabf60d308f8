"""Take back what a file has brought."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, delete, exists, select

from obshto.modules.payments.errors import ChangedByLater, PaidMeanwhile, StaleVersion
from obshto.modules.payments.events import ImportUndone
from obshto.modules.payments.models import Import, ImportState, Obligation, Payer, Trace
from obshto.modules.payments.services.bundles import let_go
from obshto.modules.payments.services.import_rows import take_turn
from obshto.modules.payments.services.retention import forget_idle
from obshto.platform.unit_of_work import UnitOfWork


def undo_import(uow: UnitOfWork, one: Import, *, expected_version: int) -> None:
    """As it was before: what it brought goes, what it changed is as it had been.

    Raises StaleVersion, PaidMeanwhile, ChangedByLater.
    """
    if one.state == ImportState.UNDONE:
        return
    if one.state != ImportState.DONE or one.version != expected_version:
        raise StaleVersion
    take_turn(uow)
    traces = list(uow.session.scalars(select(Trace).where(Trace.import_id == one.id)))
    ids = [trace.obligation_id for trace in traces]
    _lock(uow, select(Obligation.payer_id).where(Obligation.id.in_(ids)))
    rows = (
        select(Obligation).where(Obligation.id.in_(ids)).execution_options(populate_existing=True)
    )
    found = {row.id: row for row in uow.session.scalars(rows)}
    if any(row.paid_cents or row.forgiven_cents for row in found.values()):
        raise PaidMeanwhile
    if _touched_later(uow, one, ids):
        raise ChangedByLater
    if let_go(uow, ids):
        raise PaidMeanwhile
    for trace in traces:
        _put_back(found[trace.obligation_id], trace)
    gone = [trace.obligation_id for trace in traces if trace.was_cents is None]
    one.state = ImportState.UNDONE
    uow.session.flush()
    uow.session.execute(delete(Obligation).where(Obligation.id.in_(gone)))
    forget_idle(uow)
    uow.emit(ImportUndone(subject_id=one.id, rows=one.rows))


def _lock(uow: UnitOfWork, payer_ids: Select[UUID]) -> None:
    """Nobody begins to pay meanwhile; always in the same order."""
    rows = select(Payer.id).where(Payer.id.in_(payer_ids)).order_by(Payer.id).with_for_update()
    uow.session.scalars(rows).all()


def _touched_later(uow: UnitOfWork, one: Import, ids: Sequence[UUID]) -> bool:
    later = (
        exists()
        .where(Trace.import_id == Import.id, Trace.obligation_id.in_(ids))
        .where(Import.state == ImportState.DONE, Import.done_at > one.done_at)
    )
    return bool(uow.session.scalar(select(later)))


def _put_back(row: Obligation, trace: Trace) -> None:
    if trace.was_cents is not None and trace.was_due_on is not None:
        row.cents, row.due_on = trace.was_cents, trace.was_due_on
