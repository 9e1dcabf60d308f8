"""Money that has come for a charge: it is booked once, then pays as much as is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, text

from obshto.billing.charges.fresh import fresh
from obshto.billing.charges.models import Charge, Payment, State, Way
from obshto.billing.errors import UsedOtherwise
from obshto.billing.events import ChargeFact, ChargePaid, ChargeReopened, PaymentReceived
from obshto.billing.ledger.accounts import Account
from obshto.billing.ledger.services import post
from obshto.platform.clock import SOFIA
from obshto.platform.work import Work

ACCOUNTS: dict[str, Account] = {
    Way.CASH: Account.CASH,
    Way.POS: Account.POS,
    Way.BANK: Account.BANK,
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


def receive(work: Work, charge: Charge, money: Money) -> Payment:
    """Book it once for each `way` and `provider_id`; what is not owed is overpaid.

    The charge is locked by the caller. Raises UsedOtherwise where the same came with another sum.
    """
    found = payment_named(work, money.way, money.provider_id)
    if found is None:
        _take_turn(work)  # and somebody may have brought the same for another charge meanwhile
        found = payment_named(work, money.way, money.provider_id)
    if found is None:
        found = _book(work, charge, money)
        work.record(_told(PaymentReceived, charge, money.cents))
        allocate(work, charge)
    elif (found.cents, found.charge_id) != (money.cents, charge.id):
        raise UsedOtherwise
    _book_fee(work, found, money.fee_cents)
    return found


def take_away(work: Work, charge: Charge, cents: int) -> None:
    """So much of what came has not stayed; what it paid is owed again."""
    charge.received_cents -= cents
    allocate(work, charge)


def allocate(work: Work, charge: Charge) -> None:
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
    post(work, key, debit=debit, credit=credit, cents=abs(moved), charge_id=charge.id)
    charge.settled_cents = wanted
    _turn(work, charge)


def payment_named(work: Work, way: str, provider_id: str) -> Payment | None:
    """The money that a provider calls so, as it is now."""
    wanted = select(Payment).where(Payment.way == way, Payment.provider_id == provider_id)
    return work.session.scalar(fresh(wanted))


def _turn(work: Work, charge: Charge) -> None:
    """Paid or owed again; who asked for the charge is told by fact."""
    was_paid, charge.state = charge.is_paid, State.OPEN
    if charge.settled_cents == charge.cents:
        charge.state = State.PAID
        work.record(_told(ChargePaid, charge, charge.cents))
    elif was_paid:
        work.record(_told(ChargeReopened, charge, charge.owed_cents))


def _take_turn(work: Work) -> None:
    assert work.scope
    work.session.execute(TURN, {"schema": work.scope.schema})


def _book(work: Work, charge: Charge, money: Money) -> Payment:
    last = work.session.scalar(select(func.max(Payment.number))) or 0
    payment = Payment(
        number=last + 1,
        charge=charge,
        way=money.way,
        provider_id=money.provider_id,
        cents=money.cents,
        given_cents=money.given_cents,
        received_at=work.now,
        received_on=money.received_on or work.now.astimezone(SOFIA).date(),
        taken_by=work.principal.name,
        taken_by_id=work.principal.person_id,
        person_id=money.person_id,
    )
    work.session.add(payment)
    work.session.flush()
    charge.received_cents += money.cents
    post(
        work,
        f"in:{payment.id}",
        debit=account_of(money.way),
        credit=Account.OVERPAID,
        cents=money.cents,
        charge_id=charge.id,
    )
    return payment


def _book_fee(work: Work, payment: Payment, cents: int) -> None:
    """Once: a provider often knows its fee only some time after the money."""
    if cents and not payment.fee_cents:
        payment.fee_cents = cents
        post(
            work,
            f"fee:{payment.id}",
            debit=Account.FEES,
            credit=account_of(payment.way),
            cents=cents,
            charge_id=payment.charge_id,
        )


def _told(fact: type[ChargeFact], charge: Charge, cents: int) -> ChargeFact:
    return fact(subject_id=charge.id, reference=charge.reference, cents=cents)
