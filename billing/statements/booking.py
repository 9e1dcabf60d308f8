"""Book lines of a statement, each once; decide by hand what a doubtful one is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select

from obshto.billing.charges.fresh_rows import fresh
from obshto.billing.charges.lifecycle import charge_with_code
from obshto.billing.charges.models import Charge, Payment, PaymentMethod
from obshto.billing.errors import NoSuchPayment, StaleVersion, UsedOtherwise
from obshto.billing.finance.services import book_transfer
from obshto.billing.statements.bank_files import lines_to_change, statement_of
from obshto.billing.statements.errors import AtWork, NotOurs
from obshto.billing.statements.events import LineAssigned, LineSetAside, StatementBooked
from obshto.billing.statements.matches import booked_by_hand, fits, match
from obshto.billing.statements.models import (
    Doubt,
    LineState,
    Statement,
    StatementLine,
    StatementState,
)
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

BOOK = "billing:book-statement"
AT_ONCE = 100  # lines that are booked, taken back while somebody waits, and in one transaction
TO_DECIDE = (LineState.MATCHED, LineState.DOUBTFUL, LineState.FOREIGN, LineState.ASIDE)


def book_statement(uow: UnitOfWork, one: Statement, *, expected_version: int) -> int:
    """All matched lines; of many a job books one part after another. Answers how many fit no more.

    The statement is locked by the caller. Raises StaleVersion, AtWork.
    """
    number = _matched(uow, one)
    if one.state == StatementState.BOOKING or not number:
        return 0
    expect_version(one, expected_version, StaleVersion)
    if one.state != StatementState.OPEN:
        raise AtWork
    one.booked_at, one.trouble = uow.now, ""
    if number <= AT_ONCE:
        return _book_some(uow, one)
    one.state = StatementState.BOOKING
    uow.defer(BOOK, statement_id=one.id)
    return 0


def book_on(uow: UnitOfWork, *, statement_id: str) -> None:
    """Job: the next lines of a large statement. Asks for itself until all are booked."""
    one = statement_of(uow, UUID(statement_id), to_change=True)
    if one.state != StatementState.BOOKING:
        return
    _book_some(uow, one)
    if _matched(uow, one):
        uow.defer(BOOK, statement_id=one.id)
    else:
        one.state = StatementState.OPEN


def assign(uow: UnitOfWork, line: StatementLine, code: str, *, expected_version: int) -> None:
    """Somebody says by its code which charge it is for; booked it is with the others.

    The line is locked by the caller. Raises WrongCode, NotOurs, StaleVersion.
    """
    charge = charge_with_code(uow, code)
    if line.state == LineState.MATCHED and line.charge_id == charge.id and line.is_chosen:
        return
    _begin(line, expected_version)
    line.state, line.doubt, line.reason, line.is_chosen = LineState.MATCHED, "", None, True
    line.charge = charge
    _sign(uow, line)
    uow.emit(LineAssigned(subject_id=line.id))


def set_aside(uow: UnitOfWork, line: StatementLine, reason: str, *, expected_version: int) -> None:
    """It waits for nobody. The line is locked by the caller. Raises NotOurs, StaleVersion."""
    if line.state == LineState.ASIDE and line.reason == reason:
        return
    _begin(line, expected_version)
    line.state, line.reason, line.is_chosen = LineState.ASIDE, reason, False
    _sign(uow, line)
    uow.emit(LineSetAside(subject_id=line.id))


def bring_back(uow: UnitOfWork, line: StatementLine, *, expected_version: int) -> None:
    """What somebody decided about it is over. The line is locked by the caller.

    Raises NotOurs, StaleVersion.
    """
    if line.state != LineState.ASIDE and not line.is_chosen:
        return
    _begin(line, expected_version)
    line.state, line.reason, line.is_chosen = LineState.FOREIGN, None, False
    _sign(uow, line)
    match(uow, [line])


def line_of(uow: UnitOfWork, line_id: UUID, *, to_change: bool = False) -> StatementLine:
    """`to_change`: its statement is locked first, then itself. Raises NoSuchPayment, AtWork."""
    wanted = select(StatementLine).where(StatementLine.id == line_id)
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchPayment
    if to_change:
        one = statement_of(uow, found.statement_id, to_change=True)
        uow.session.scalar(fresh(wanted.with_for_update(of=StatementLine)))
        if one.state != StatementState.OPEN:
            raise AtWork
    return found


def charges_of(uow: UnitOfWork, lines: Sequence[StatementLine]) -> Mapping[UUID, Charge]:
    """Locked, always in the same order: receipts are numbered by one writer at a time."""
    wanted = select(Charge).where(Charge.id.in_({one.charge_id for one in lines}))
    rows = fresh(wanted.order_by(Charge.id).with_for_update(of=Charge))
    return {one.id: one for one in uow.session.scalars(rows)}


def _matched(uow: UnitOfWork, one: Statement) -> int:
    here = (StatementLine.statement_id == one.id, StatementLine.state == LineState.MATCHED)
    return uow.session.scalar(select(func.count()).select_from(StatementLine).where(*here)) or 0


def _begin(line: StatementLine, expected_version: int) -> None:
    expect_version(line, expected_version, StaleVersion)
    if line.state not in TO_DECIDE:
        raise NotOurs


def _sign(uow: UnitOfWork, line: StatementLine) -> None:
    line.decided_by, line.decided_by_id = uow.principal.name, uow.principal.person_id


def _book_some(uow: UnitOfWork, one: Statement) -> int:
    rows = lines_to_change(one, LineState.MATCHED).limit(AT_ONCE)
    lines = list(uow.session.scalars(rows))
    charges = charges_of(uow, lines)
    by_hand, taken = booked_by_hand(uow, lines), _taken(uow, lines)
    for line in lines:
        if line.id in by_hand:
            line.state, line.charge_id = LineState.KNOWN, None
        elif line.charge_id:
            _book(uow, line, charges[line.charge_id], taken)
    booked = sum(line.state == LineState.BOOKED for line in lines)
    uow.emit(StatementBooked(subject_id=one.id, rows=booked))
    return len(lines) - booked


def _book(uow: UnitOfWork, line: StatementLine, charge: Charge, taken: Collection[str]) -> None:
    """Once: its fingerprint and its payment are unique. What fits no more becomes doubtful."""
    line.state = LineState.DOUBTFUL
    if not line.is_chosen and not fits(charge, line.cents, charge.owed_cents):
        line.doubt = Doubt.SUM if charge.owed_cents else Doubt.PAID
        return
    line.attempts += 1
    is_taken = line.reference in taken  # by itself before it was undone, or by another transfer
    name = f"{line.reference}/{line.fingerprint.hex()[:8]}{line.attempts}"
    reference = name if is_taken else line.reference
    try:
        payment = book_transfer(
            uow, charge, cents=line.cents, reference=reference, received_on=line.booked_on
        )
    except UsedOtherwise:  # somebody typed the same number in this instant
        line.doubt = Doubt.USED
        return
    line.state, line.doubt, line.payment_id = LineState.BOOKED, "", payment.id


def _taken(uow: UnitOfWork, lines: Sequence[StatementLine]) -> frozenset[str]:
    """Numbers of transfers that the books know already."""
    wanted = {one.reference for one in lines}
    rows = select(Payment.provider_id).where(
        Payment.way == PaymentMethod.BANK, Payment.provider_id.in_(wanted)
    )
    return frozenset(uow.session.scalars(rows))
