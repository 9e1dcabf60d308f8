"""Demonstration statement: invented transfers, one of each sort that somebody meets."""

from __future__ import annotations

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from obshto.billing.charges.lifecycle import Wanted, make_charge
from obshto.billing.charges.models import Kind
from obshto.billing.settings import billing_settings
from obshto.billing.statements.intake import EURO, keep_statement
from obshto.platform.clock import day_of
from obshto.platform.codes import written_code
from obshto.platform.storage.bank_statements import BankEntry, BankStatement
from obshto.platform.unit_of_work import UnitOfWork

OPENING = 418_000
OWNER, NEIGHBOUR = "Проба Пробова", "Пробен Съседов"
CHARGES = (
    ("stall", 2400, OWNER, "Място на коледния базар"),
    ("hall", 3500, NEIGHBOUR, "Наем на салона на читалището за един ден"),
    ("map", 1850, NEIGHBOUR, "Скица на имот в с. Пробно"),
)


def seed_statement(uow: UnitOfWork, kind: Kind) -> None:
    """One that pays what is owed, two to be cleared up, one unknown, one that was paid out."""
    codes = []
    for key, cents, payer, purpose in CHARGES:
        wanted = Wanted(
            reference=f"demo:{key}", kind=kind, cents=cents, purpose=purpose, payer=payer
        )
        codes.append(written_code(make_charge(uow, wanted).code))
    entries = (
        _entry(uow, 1, 2400, OWNER, codes[0]),
        _entry(uow, 2, 3000, NEIGHBOUR, f"Салон, {codes[1]}"),
        _entry(uow, 3, 1850, NEIGHBOUR, "За скица"),
        _entry(uow, 4, 125_000, "Министерство на пробите", "Обща изравнителна субсидия"),
        _entry(uow, 5, -450, "", "Такса за обслужване на сметката"),
    )
    found = BankStatement(
        iban=billing_settings(uow).iban,
        currency=EURO,
        number="211",
        opening_cents=OPENING,
        closing_cents=OPENING + sum(one.cents for one in entries),
        entries=entries,
    )
    request_id = uuid5(NAMESPACE_URL, "billing/statement")
    keep_statement(uow, [found], name="izvlechenie.xml", request_id=request_id)


def _entry(uow: UnitOfWork, number: int, cents: int, payer: str, text: str) -> BankEntry:
    return BankEntry(
        booked_on=day_of(uow.now) - timedelta(days=1),
        cents=cents,
        reference=f"91000{number}",
        payer=payer,
        payer_iban="",
        text=text,
    )
