"""Take back what a file has brought."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, delete, exists, select, update

from obshto.modules.payments.errors import ChangedByLater, PaidMeanwhile, StaleVersion
from obshto.modules.payments.events import ImportUndone, UndoBegun
from obshto.modules.payments.models import Import, ImportState, Obligation, Payer, Trace
from obshto.modules.payments.services.bundles import let_go
from obshto.modules.payments.services.import_review import AT_ONCE
from obshto.modules.payments.services.import_rows import begin_alone, take_turn
from obshto.modules.payments.services.retention import UNREAD, forget_idle
from obshto.platform.unit_of_work import UnitOfWork

TAKE_BACK = "payments:take-back"


def undo_import(uow: UnitOfWork, one: Import, *, expected_version: int) -> None:
    """As it was before: what it brought goes, what it changed is as it had been.

    A large file is taken back by a job. Raises StaleVersion, AnotherFileAtWork, PaidMeanwhile,
    ChangedByLater.
    """
    if one.state in (ImportState.UNDOING, ImportState.UNDONE):
        return
    if one.state != ImportState.DONE or one.version != expected_version:
        raise StaleVersion
    begin_alone(uow)
    if one.rows > AT_ONCE:
        one.state, one.trouble = ImportState.UNDOING, ""
        uow.defer(TAKE_BACK, import_id=one.id)
        uow.emit(UndoBegun(subject_id=one.id, rows=one.rows))
    else:
        _take_back(uow, one)


def take_back(uow: UnitOfWork, *, import_id: str) -> None:
    """Job: all of a large file, or nothing, with why."""
    one = uow.session.get(Import, UUID(import_id), with_for_update=True)
    if one is None or one.state != ImportState.UNDOING:
        return
    try:
        with uow.savepoint():
            _take_back(uow, one)
    except (PaidMeanwhile, ChangedByLater) as refusal:
        one.state = ImportState.DONE
        one.trouble = "paid" if isinstance(refusal, PaidMeanwhile) else "later"


def _take_back(uow: UnitOfWork, one: Import) -> None:
    take_turn(uow)
    ids = select(Trace.obligation_id).where(Trace.import_id == one.id)
    _lock(uow, select(Obligation.payer_id).where(Obligation.id.in_(ids)))
    touched = Obligation.paid_cents + Obligation.forgiven_cents > 0
    if uow.session.scalar(select(exists().where(Obligation.id.in_(ids), touched))):
        raise PaidMeanwhile
    if _touched_later(uow, one, ids):
        raise ChangedByLater
    if let_go(uow, ids):
        raise PaidMeanwhile
    _put_back(uow, one)
    one.state = ImportState.UNDONE
    uow.session.flush()
    gone = delete(Obligation).where(Obligation.id.in_(ids.where(Trace.was_cents.is_(None))))
    uow.session.execute(gone, execution_options=UNREAD)
    forget_idle(uow)
    uow.emit(ImportUndone(subject_id=one.id, rows=one.rows))


def _lock(uow: UnitOfWork, payer_ids: Select[UUID]) -> None:
    """Nobody begins to pay meanwhile; always in the same order."""
    rows = select(Payer.id).where(Payer.id.in_(payer_ids)).order_by(Payer.id).with_for_update()
    uow.session.scalars(rows).all()


def _touched_later(uow: UnitOfWork, one: Import, ids: Select[UUID]) -> bool:
    later = (
        exists()
        .where(Trace.import_id == Import.id, Trace.obligation_id.in_(ids))
        .where(Import.state == ImportState.DONE, Import.done_at > one.done_at)
    )
    return bool(uow.session.scalar(select(later)))


def _put_back(uow: UnitOfWork, one: Import) -> None:
    was = (Trace.was_cents, Trace.was_due_on)
    values = dict(zip((Obligation.cents, Obligation.due_on), was, strict=True))
    here = (Trace.import_id == one.id, Trace.obligation_id == Obligation.id, was[0].is_not(None))
    rows = update(Obligation).where(*here).values(values)
    uow.session.execute(rows, execution_options=UNREAD)
