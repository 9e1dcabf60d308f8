"""Take in a file of the bank: what it holds is kept to be looked at, nothing is booked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import Select, delete, exists, select, text

from obshto.billing.charges.fresh_rows import fresh
from obshto.billing.errors import StaleVersion
from obshto.billing.gateways.bank import written_iban
from obshto.billing.settings import billing_settings
from obshto.billing.statements.errors import (
    AtWork,
    ForeignAccount,
    ForeignCurrency,
    HasBooked,
    NoAccount,
    NoEntries,
    NoSuchStatement,
    NotWhole,
)
from obshto.billing.statements.events import StatementDropped, StatementRead
from obshto.billing.statements.matches import match
from obshto.billing.statements.models import (
    LineState,
    Statement,
    StatementLine,
    StatementState,
)
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version, of_request
from obshto.platform.keys.encryption import blind_index
from obshto.platform.storage.bank_statements import BankEntry, BankStatement, statements_of
from obshto.platform.unit_of_work import UnitOfWork

EURO = "EUR"
NAME = 100
# The same entry may come in two files at once: one is read after the other.
TURN = text("SELECT pg_advisory_xact_lock(hashtext('billing statement'), hashtext(:schema))")


@dataclass(frozen=True, slots=True)
class _Marked:
    """An entry with its fingerprint and the number under which it is booked."""

    entry: BankEntry
    fingerprint: bytes
    reference: str


def read_statement(uow: UnitOfWork, stream: BinaryIO, *, name: str, request_id: UUID) -> Statement:
    """The same `request_id` reads it once.

    Raises FileRefused, NoAccount, ForeignAccount, ForeignCurrency, NotWhole, NoEntries.
    """
    if found := of_request(uow, Statement, request_id):
        return found
    return keep_statement(uow, statements_of(stream), name=name, request_id=request_id)


def keep_statement(
    uow: UnitOfWork, found: Sequence[BankStatement], *, name: str, request_id: UUID
) -> Statement:
    """The statements of one file as one; each line with what it seems to be. Raises as above."""
    _check(uow, found)
    take_turn(uow)
    if before := of_request(uow, Statement, request_id):  # a second click in the same instant
        return before
    marked = _marked(found)
    days = [one.entry.booked_on for one in marked]
    statement = Statement(
        id=new_id(),
        request_id=request_id,
        name=name[-NAME:],
        number=found[-1].number[:NAME],
        iban=found[0].iban,
        first_on=min(days),
        last_on=max(days),
        opening_cents=found[0].opening_cents,
        closing_cents=found[-1].closing_cents,
        rows=len(marked),
        read_at=uow.now,
        read_by=uow.principal.name,
        read_by_id=uow.principal.person_id,
    )
    uow.session.add(statement)
    uow.session.flush()
    lines = [_line(statement, place, one) for place, one in enumerate(marked, 1)]
    match(uow, lines)
    uow.session.add_all(lines)
    uow.emit(StatementRead(subject_id=statement.id, rows=statement.rows))
    return statement


def statement_of(uow: UnitOfWork, statement_id: UUID, *, to_change: bool = False) -> Statement:
    """`to_change` makes others wait until this work has ended. Raises NoSuchStatement."""
    wanted = select(Statement).where(Statement.id == statement_id)
    found = uow.session.scalar(fresh(wanted.with_for_update()) if to_change else wanted)
    if found is None:
        raise NoSuchStatement
    return found


def match_again(uow: UnitOfWork, one: Statement, *, expected_version: int) -> None:
    """A charge was made, paid or cancelled meanwhile; another file was dropped.

    The statement is locked by the caller. Raises StaleVersion, AtWork.
    """
    expect_version(one, expected_version, StaleVersion)
    if one.state != StatementState.OPEN:
        raise AtWork
    take_turn(uow)
    match(uow, list(uow.session.scalars(lines_to_change(one))))


def drop_statement(uow: UnitOfWork, one: Statement, *, expected_version: int) -> None:
    """A wrong file: its lines go. Raises AtWork, HasBooked, StaleVersion."""
    if one.state == StatementState.DROPPED:
        return
    expect_version(one, expected_version, StaleVersion)
    if one.state != StatementState.OPEN:
        raise AtWork
    here = StatementLine.statement_id == one.id
    if uow.session.scalar(select(exists().where(here, StatementLine.attempts > 0))):
        raise HasBooked
    uow.session.execute(delete(StatementLine).where(here))
    one.state = StatementState.DROPPED
    uow.emit(StatementDropped(subject_id=one.id, rows=one.rows))


def lines_to_change(one: Statement, state: str | None = None) -> Select[StatementLine]:
    """Its lines in their order, locked."""
    rows = select(StatementLine).where(StatementLine.statement_id == one.id)
    rows = rows.where(StatementLine.state == state) if state else rows
    return fresh(rows.order_by(StatementLine.place).with_for_update(of=StatementLine))


def take_turn(uow: UnitOfWork) -> None:
    """One at a time in a municipality, to the end of the transaction."""
    uow.session.execute(TURN, {"schema": uow.scope.schema})


def _check(uow: UnitOfWork, found: Sequence[BankStatement]) -> None:
    own = billing_settings(uow).iban
    if not own:
        raise NoAccount
    for one in found:
        if one.iban != own:
            raise ForeignAccount(iban=written_iban(one.iban) or "–")
        if one.currency not in ("", EURO):
            raise ForeignCurrency
        if not one.is_whole:
            raise NotWhole
    if not any(one.entries for one in found):
        raise NoEntries


def _marked(found: Sequence[BankStatement]) -> list[_Marked]:
    """Two entries of a day that are alike in all are told apart by which comes first."""
    seen, named, marked = Counter[str](), Counter[str](), list[_Marked]()
    for iban, entry in ((one.iban, entry) for one in found for entry in one.entries):
        who = entry.reference or f"{entry.payer_iban}|{entry.payer}|{entry.text}"
        same = f"{iban}|{entry.booked_on}|{entry.cents}|{who}"
        seen[same] += 1
        fingerprint = blind_index("billing_statement_line.fingerprint", f"{same}|{seen[same]}")
        reference = entry.reference or f"{entry.booked_on:%y%m%d}-{fingerprint.hex()[:10]}"
        named[reference] += 1
        suffix = f"-{named[reference]}" if named[reference] > 1 else ""
        marked.append(_Marked(entry, fingerprint, f"{reference}{suffix}"))
    return marked


def _line(statement: Statement, place: int, one: _Marked) -> StatementLine:
    entry = one.entry
    return StatementLine(
        id=new_id(),
        statement_id=statement.id,
        place=place,
        fingerprint=one.fingerprint,
        booked_on=entry.booked_on,
        cents=entry.cents,
        reference=one.reference,
        payer=entry.payer or None,
        payer_iban=entry.payer_iban or None,
        remittance=entry.text or None,
        state=LineState.FOREIGN if entry.cents > 0 else LineState.DEBIT,
        doubt="",
        is_chosen=False,
    )
