"""Undo what a statement has booked, while nothing followed: a posting the other way."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from obshto.billing.charges.fresh_rows import fresh
from obshto.billing.charges.models import Payment
from obshto.billing.charges.settlement import reverse_payment
from obshto.billing.errors import StaleVersion
from obshto.billing.statements.bank_files import lines_to_change, statement_of
from obshto.billing.statements.booking import AT_ONCE, charges_of
from obshto.billing.statements.errors import AtWork, RefundFollowed, YearIsOver
from obshto.billing.statements.events import StatementUndone
from obshto.billing.statements.matches import match
from obshto.billing.statements.models import (
    Doubt,
    LineState,
    Statement,
    StatementLine,
    StatementState,
)
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

UNDO = "billing:undo-statement"
BECAUSE = "Върнато вписване от банково извлечение"


def undo_line(uow: UnitOfWork, line: StatementLine, *, expected_version: int) -> None:
    """It waits to be decided about again. The line is locked by the caller.

    Raises StaleVersion, RefundFollowed, YearIsOver.
    """
    if line.state != LineState.BOOKED:
        return
    expect_version(line, expected_version, StaleVersion)
    _undo(uow, [line])
    line.doubt, line.is_chosen = Doubt.UNDONE, False
    uow.emit(StatementUndone(subject_id=line.statement_id, rows=1))


def undo_statement(uow: UnitOfWork, one: Statement, *, expected_version: int) -> None:
    """All that it has booked, or nothing; many lines are taken back by a job.

    The statement is locked by the caller. Raises StaleVersion, AtWork, RefundFollowed, YearIsOver.
    """
    lines = list(uow.session.scalars(lines_to_change(one, LineState.BOOKED)))
    if one.state == StatementState.UNDOING or not lines:
        return
    expect_version(one, expected_version, StaleVersion)
    if one.state != StatementState.OPEN:
        raise AtWork
    one.booked_at, one.trouble = None, ""
    if len(lines) > AT_ONCE:
        one.state = StatementState.UNDOING
        uow.defer(UNDO, statement_id=one.id)
    else:
        _undo_all(uow, one, lines)


def take_back(uow: UnitOfWork, *, statement_id: str) -> None:
    """Job: all of a large statement, or nothing, with why."""
    one = statement_of(uow, UUID(statement_id), to_change=True)
    if one.state != StatementState.UNDOING:
        return
    one.state = StatementState.OPEN
    try:
        with uow.savepoint():
            lines = list(uow.session.scalars(lines_to_change(one, LineState.BOOKED)))
            _undo_all(uow, one, lines)
    except (RefundFollowed, YearIsOver) as refusal:
        one.booked_at = uow.now
        one.trouble = "refund" if isinstance(refusal, RefundFollowed) else "year"


def _undo_all(uow: UnitOfWork, one: Statement, lines: Sequence[StatementLine]) -> None:
    _undo(uow, lines)
    match(uow, [line for line in lines if not line.is_chosen])
    uow.emit(StatementUndone(subject_id=one.id, rows=len(lines)))


def _undo(uow: UnitOfWork, lines: Sequence[StatementLine]) -> None:
    charges_of(uow, lines)
    wanted = select(Payment).where(Payment.id.in_({one.payment_id for one in lines}))
    payments: dict[UUID | None, Payment]
    payments = {one.id: one for one in uow.session.scalars(fresh(wanted))}
    year = day_of(uow.now).year
    for one in payments.values():
        if one.back_cents:
            raise RefundFollowed
        if day_of(one.received_at).year != year:
            raise YearIsOver
    for line in lines:
        reverse_payment(uow, payments[line.payment_id], reason=BECAUSE)
        line.payment_id = None
        line.state = LineState.MATCHED if line.is_chosen else LineState.DOUBTFUL
