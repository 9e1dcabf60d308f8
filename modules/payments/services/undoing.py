"""Take back what a file has brought."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, delete, exists, select

from obshto.modules.payments.errors import ChangedByLater, ChangedMeanwhile, PaidMeanwhile
from obshto.modules.payments.events import ImportUndone
from obshto.modules.payments.models import Import, ImportState, Obligation, Payer, Trace
from obshto.modules.payments.services.bundles import let_go
from obshto.modules.payments.services.putting import take_turn
from obshto.modules.payments.services.retention import forget_idle
from obshto.platform.work import Work


def undo_import(work: Work, one: Import, *, seen: int) -> None:
    """As it was before: what it brought goes, what it changed is as it had been.

    Raises ChangedMeanwhile, PaidMeanwhile, ChangedByLater.
    """
    if one.state == ImportState.UNDONE:
        return
    if one.state != ImportState.DONE or one.version != seen:
        raise ChangedMeanwhile
    take_turn(work)
    traces = list(work.session.scalars(select(Trace).where(Trace.import_id == one.id)))
    ids = [trace.obligation_id for trace in traces]
    _lock(work, select(Obligation.payer_id).where(Obligation.id.in_(ids)))
    rows = (
        select(Obligation).where(Obligation.id.in_(ids)).execution_options(populate_existing=True)
    )
    found = {row.id: row for row in work.session.scalars(rows)}
    if any(row.paid_cents or row.forgiven_cents for row in found.values()):
        raise PaidMeanwhile
    if _touched_later(work, one, ids):
        raise ChangedByLater
    if let_go(work, ids):
        raise PaidMeanwhile
    for trace in traces:
        _put_back(found[trace.obligation_id], trace)
    gone = [trace.obligation_id for trace in traces if trace.was_cents is None]
    one.state = ImportState.UNDONE
    work.session.flush()
    work.session.execute(delete(Obligation).where(Obligation.id.in_(gone)))
    forget_idle(work)
    work.record(ImportUndone(subject_id=one.id, rows=one.rows))


def _lock(work: Work, payer_ids: Select[UUID]) -> None:
    """Nobody begins to pay meanwhile; always in the same order."""
    rows = select(Payer.id).where(Payer.id.in_(payer_ids)).order_by(Payer.id).with_for_update()
    work.session.scalars(rows).all()


def _touched_later(work: Work, one: Import, ids: Sequence[UUID]) -> bool:
    later = (
        exists()
        .where(Trace.import_id == Import.id, Trace.obligation_id.in_(ids))
        .where(Import.state == ImportState.DONE, Import.done_at > one.done_at)
    )
    return bool(work.session.scalar(select(later)))


def _put_back(row: Obligation, trace: Trace) -> None:
    if trace.was_cents is not None and trace.was_due_on is not None:
        row.cents, row.due_on = trace.was_cents, trace.was_due_on
