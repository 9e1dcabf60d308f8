"""Lists of statements and lines for the finance office."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, false, func, or_, select
from sqlalchemy.orm import defaultload

from obshto.billing.charges.models import Charge
from obshto.billing.statements.labels import DOUBTS, LINES
from obshto.billing.statements.models import LineState, Statement, StatementLine
from obshto.platform.amounts import cents_of, typed_as
from obshto.platform.codes import read_code, written_code
from obshto.platform.unit_of_work import UnitOfWork

PAYER = defaultload(StatementLine.charge).undefer(Charge.payer)  # each line has its look


def statements() -> Select[Statement]:
    """Newest first."""
    return select(Statement).order_by(Statement.id.desc())


def numbers_of(uow: UnitOfWork, ids: Sequence[UUID]) -> Mapping[UUID, Counter[str]]:
    """How many lines of each statement are in which state. One query."""
    rows = (
        select(StatementLine.statement_id, StatementLine.state, func.count())
        .where(StatementLine.statement_id.in_(ids))
        .group_by(StatementLine.statement_id, StatementLine.state)
    )
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for statement_id, state, number in uow.session.execute(rows):
        found[statement_id][state] = number
    return found


def lines(one: Statement, *, state: str | None = None, text: str = "") -> Select[StatementLine]:
    """In their order. `text` is a code, a sum, or a part of the bank's number."""
    rows = select(StatementLine).where(StatementLine.statement_id == one.id)
    rows = rows.where(StatementLine.state == state) if state else rows
    rows = rows.order_by(StatementLine.place).options(PAYER)
    if code := read_code(text):
        return rows.where(StatementLine.charge_id == _with_code(code))
    if not text:
        return rows
    found, cents = StatementLine.reference.icontains(text, autoescape=True), cents_of(text)
    is_sum = func.abs(StatementLine.cents) == cents if cents is not None else false()
    return rows.where(or_(found, is_sum))


def waiting_lines() -> Select[StatementLine]:
    """The doubtful ones of all statements, the first first."""
    rows = select(StatementLine).where(StatementLine.state == LineState.DOUBTFUL)
    return rows.order_by(StatementLine.booked_on, StatementLine.id).options(PAYER)


def line_rows(found: Iterable[StatementLine]) -> Iterator[Sequence[str]]:
    """The lines of a file for the accounting program, sums as 12,50."""
    for one in found:
        yield (
            one.booked_on.strftime("%d.%m.%Y"),
            f"{'-' if one.cents < 0 else ''}{typed_as(abs(one.cents))}",
            one.reference,
            one.payer or "",
            one.payer_iban or "",
            one.remittance or "",
            str(LINES[one.state][0]),
            str(DOUBTS.get(one.doubt, "")) or one.reason or "",
            written_code(one.charge.code) if one.charge else "",
            one.charge.purpose if one.charge else "",
        )


def _with_code(code: str) -> ScalarSelect[UUID]:
    return select(Charge.id).where(Charge.code == code).scalar_subquery()
