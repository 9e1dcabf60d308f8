"""What is forgotten by the clock."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete, exists, update

from obshto.modules.payments.models import (
    Bundle,
    Import,
    ImportState,
    Obligation,
    Payer,
    Piece,
)
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

WAITS = timedelta(days=7)  # a file that nobody decides about
YEARS = 10  # after that nothing is owed any more: Code of tax procedure, art. 171, para. 2
UNREAD = {"synchronize_session": False}  # the job has read none of these rows


def forget_files(uow: UnitOfWork) -> None:
    """Job: what was read and left lying holds people's numbers; after a week it goes."""
    left = update(Import).where(Import.state == ImportState.READ, Import.read_at < uow.now - WAITS)
    gone = left.values(state=ImportState.DROPPED, body=None, told=None, version=Import.version + 1)
    uow.session.execute(gone, execution_options=UNREAD)


def forget_old(uow: UnitOfWork) -> None:
    """Job: what nobody owes after ten years, with those of whom nothing else is known."""
    year = day_of(uow.now).year - YEARS
    old = delete(Obligation).where(Obligation.due_on < date(year, 1, 1))
    uow.session.execute(old, execution_options=UNREAD)
    is_empty = ~exists().where(Piece.bundle_id == Bundle.id)
    uow.session.execute(delete(Bundle).where(is_empty), execution_options=UNREAD)
    forget_idle(uow)


def forget_idle(uow: UnitOfWork) -> None:
    """Of whom nothing is known any more neither the number nor the name stays."""
    owes = exists().where(Obligation.payer_id == Payer.id)
    chose = exists().where(Bundle.payer_id == Payer.id)
    uow.session.execute(delete(Payer).where(~owes, ~chose), execution_options=UNREAD)
