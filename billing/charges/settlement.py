"""Money that has come for a charge: it is booked once, then pays as much as is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, text

from obshto.billing.charges.fresh_rows import fresh
from obshto.billing.charges.models import Charge, Payment, PaymentMethod, State
from obshto.billing.errors import UsedOtherwise
from obshto.billing.events import (
    ChargeFact,
    ChargePaid,
    ChargeReopened,
    PaymentReceived,
    PaymentReversed,
)
from obshto.billing.ledger.accounts import Account
from obshto.billing.ledger.services import post
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork

ACCOUNTS: dict[str, Account] = {
    PaymentMethod.CASH: Account.CASH,
    PaymentMethod.POS: Account.POS,
    PaymentMethod.BANK: Account.BANK,
}
# Receipts are numbered without gaps: one writer at a time, until the transaction ends.
TURN = text("SELECT pg_advisory_xact_lock(hashtext('billing receipt'), hashtext(:schema))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What came: by which way, named how by who brought it, in cents."""

    way: str
    provider_id: str
    cents: int
    fee_cents: int = 0
    given_cents: int | None = None
    received_on: date | None = None
    person_id: UUID | None = None


def account_of(way: str) -> Account:
    """Where money of this way lies."""
    return ACCOUNTS.get(way, Account.GATEWAY)


def receive(uow: UnitOfWork, charge: Charge, money: Money) -> Payment:
    """Book it once for each `way` and `provider_id`; what is not owed is overpaid.

    The charge is locked by the caller. Raises UsedOtherwise where the same came with another sum.
    """
    found = payment_named(uow, money.way, money.provider_id)
    if found is None:
        _take_turn(uow)  # and somebody may have brought the same for another charge meanwhile
        found = payment_named(uow, money.way, money.provider_id)
    if found is None:
        found = _book(uow, charge, money)
        uow.emit(_told(PaymentReceived, charge, money.cents))
        allocate(uow, charge)
    elif (found.cents, found.charge_id) != (money.cents, charge.id):
        raise UsedOtherwise
    _book_fee(uow, found, money.fee_cents)
    return found


def reverse_payment(uow: UnitOfWork, payment: Payment, *, reason: str) -> None:
    """Booked by mistake: a posting the other way, and the charge is owed again.

    The charge is locked by the caller, who knows that nothing of the payment went back.
    """
    payment.reversed_at, payment.reversed_because = uow.now, reason
    charge = payment.charge
    post(
        uow,
        f"reverse:{payment.id}",
        debit=Account.OVERPAID,
        credit=account_of(payment.way),
        cents=payment.cents,
        charge_id=charge.id,
    )
    uow.emit(_told(PaymentReversed, charge, payment.cents))
    take_away(uow, charge, payment.cents)


def take_away(uow: UnitOfWork, charge: Charge, cents: int) -> None:
    """So much of what came has not stayed; what it paid is owed again."""
    charge.received_cents -= cents
    allocate(uow, charge)


def allocate(uow: UnitOfWork, charge: Charge) -> None:
    """Let what is there pay what is owed: a matter of sums, never of their order."""
    due = 0 if charge.state == State.CANCELLED else charge.cents
    wanted = max(0, min(due, charge.held_cents))
    moved = wanted - charge.settled_cents
    if moved == 0:
        return
    ways = (Account.OVERPAID, Account.RECEIVABLE)
    debit, credit = ways if moved > 0 else reversed(ways)
    charge.allocations += 1
    key = f"settle:{charge.id}:{charge.allocations}"
    post(uow, key, debit=debit, credit=credit, cents=abs(moved), charge_id=charge.id)
    charge.settled_cents = wanted
    _turn(uow, charge)


def payment_named(uow: UnitOfWork, way: str, provider_id: str) -> Payment | None:
    """The money that a provider calls so, as it is now."""
    wanted = select(Payment).where(Payment.way == way, Payment.provider_id == provider_id)
    return uow.session.scalar(fresh(wanted))


def _turn(uow: UnitOfWork, charge: Charge) -> None:
    """Paid or owed again; who asked for the charge is told by fact."""
    was_paid, charge.state = charge.is_paid, State.OPEN
    if charge.settled_cents == charge.cents:
        charge.state = State.PAID
        uow.emit(_told(ChargePaid, charge, charge.cents))
    elif was_paid:
        uow.emit(_told(ChargeReopened, charge, charge.owed_cents))


def _take_turn(uow: UnitOfWork) -> None:
    uow.session.execute(TURN, {"schema": uow.scope.schema})


def _book(uow: UnitOfWork, charge: Charge, money: Money) -> Payment:
    last = uow.session.scalar(select(func.max(Payment.number))) or 0
    payment = Payment(
        number=last + 1,
        charge=charge,
        way=money.way,
        provider_id=money.provider_id,
        cents=money.cents,
        given_cents=money.given_cents,
        received_at=uow.now,
        received_on=money.received_on or uow.now.astimezone(SOFIA).date(),
        taken_by=uow.principal.name,
        taken_by_id=uow.principal.person_id,
        person_id=money.person_id,
    )
    uow.session.add(payment)
    uow.session.flush()
    charge.received_cents += money.cents
    post(
        uow,
        f"in:{payment.id}",
        debit=account_of(money.way),
        credit=Account.OVERPAID,
        cents=money.cents,
        charge_id=charge.id,
    )
    return payment


def _book_fee(uow: UnitOfWork, payment: Payment, cents: int) -> None:
    """Once: a provider often knows its fee only some time after the money."""
    if cents and not payment.fee_cents:
        payment.fee_cents = cents
        post(
            uow,
            f"fee:{payment.id}",
            debit=Account.FEES,
            credit=account_of(payment.way),
            cents=cents,
            charge_id=payment.charge_id,
        )


def _told(fact: type[ChargeFact], charge: Charge, cents: int) -> ChargeFact:
    return fact(subject_id=charge.id, reference=charge.reference, cents=cents)
