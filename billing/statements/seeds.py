"""Demonstration statements: invented transfers, one of each sort that somebody meets."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from obshto.billing.charges.lifecycle import Wanted, make_charge
from obshto.billing.charges.models import Kind
from obshto.billing.settings import billing_settings
from obshto.billing.statements.bank_files import EURO, keep_statement
from obshto.billing.statements.booking import book_statement, set_aside
from obshto.billing.statements.models import Statement, StatementLine
from obshto.platform.clock import day_of
from obshto.platform.codes import written_code
from obshto.platform.storage.bank_statements import BankEntry, BankStatement
from obshto.platform.unit_of_work import UnitOfWork

OPENING = 418_000
SUBSIDY = 4  # its place
OWNER, NEIGHBOUR = "Проба Пробова", "Пробен Съседов"
CHARGES = (
    ("stall", 2400, OWNER, "Място на коледния базар"),
    ("hall", 3500, NEIGHBOUR, "Наем на салона на читалището за един ден"),
    ("map", 1850, NEIGHBOUR, "Скица на имот в с. Пробно"),
    ("chairs", 1200, OWNER, "Наем на столове за тържество"),
)


def seed_statements(uow: UnitOfWork, kind: Kind) -> None:
    """One that is booked; one with a line that pays what is owed, two to be cleared up, one that
    nobody knows, one aside, one that was paid out."""
    stall, hall, _, chairs = (_charged(uow, kind, *told) for told in CHARGES)
    booked = _keep(uow, "210", OPENING, (_entry(uow, 0, 1200, OWNER, chairs),))
    book_statement(uow, booked, expected_version=booked.version)
    entries = (
        _entry(uow, 1, 2400, OWNER, stall),
        _entry(uow, 2, 3000, NEIGHBOUR, f"Салон, {hall}"),
        _entry(uow, 3, 1850, NEIGHBOUR, "За скица"),
        _entry(uow, 4, 125_000, "Министерство на пробите", "Обща изравнителна субсидия"),
        _entry(uow, 5, 8_000, "Проба ЕООД", "Наем по договор"),
        _entry(uow, 6, -450, "", "Такса за обслужване на сметката"),
    )
    one = _keep(uow, "211", OPENING + 1200, entries)
    subsidy = select(StatementLine).where(
        StatementLine.statement_id == one.id, StatementLine.place == SUBSIDY
    )
    line = uow.session.scalars(subsidy).one()
    set_aside(uow, line, "Субсидия от държавния бюджет", expected_version=line.version)


def _charged(uow: UnitOfWork, kind: Kind, key: str, cents: int, payer: str, purpose: str) -> str:
    wanted = Wanted(reference=f"demo:{key}", kind=kind, cents=cents, purpose=purpose, payer=payer)
    return written_code(make_charge(uow, wanted).code)


def _keep(uow: UnitOfWork, number: str, opening: int, entries: tuple[BankEntry, ...]) -> Statement:
    found = BankStatement(
        iban=billing_settings(uow).iban,
        currency=EURO,
        number=number,
        opening_cents=opening,
        closing_cents=opening + sum(one.cents for one in entries),
        entries=entries,
    )
    request_id = uuid5(NAMESPACE_URL, f"billing/statement/{number}")
    one = keep_statement(uow, [found], name=f"извлечение {number}", request_id=request_id)
    uow.session.flush()
    return one


def _entry(uow: UnitOfWork, number: int, cents: int, payer: str, text: str) -> BankEntry:
    return BankEntry(
        booked_on=day_of(uow.now) - timedelta(days=1),
        cents=cents,
        reference=f"91000{number}",
        payer=payer,
        payer_iban="",
        text=text,
    )
