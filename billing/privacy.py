"""What the books know of a person, and for how long the law wants it kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import undefer

from obshto.billing.charges.models import Attempt, Charge, Payment
from obshto.billing.counter.models import Close
from obshto.billing.refunds.models import Refund
from obshto.billing.statements.models import Statement, StatementLine
from obshto.platform.unit_of_work import UnitOfWork

Rows = list[dict[str, Any]]


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, Rows]:
    """What they owe, paid and got back; as staff, what they took, paid out, decided, closed."""
    charges = select(Charge).where(Charge.person_id == person_id).order_by(Charge.id)
    charges = charges.options(undefer(Charge.payer))
    payer, cashier = Payment.person_id == person_id, Payment.taken_by_id == person_id
    theirs = or_(payer, cashier, Charge.person_id == person_id)
    payments = select(Payment).join(Payment.charge).where(theirs)
    own = select(Charge.id).where(Charge.person_id == person_id)
    refunds = select(Refund).where(
        or_(
            Refund.charge_id.in_(own),
            Refund.asked_by_id == person_id,
            Refund.decided_by_id == person_id,
            Refund.paid_out_by_id == person_id,
        )
    )
    closes = select(Close).where(Close.closed_by_id == person_id).order_by(Close.id)
    session = uow.session
    return {
        "charges": [
            {"purpose": c.purpose, "cents": c.cents, "payer": c.payer, "state": c.state}
            for c in session.scalars(charges)
        ],
        "payments": [
            {"receipt": p.number, "cents": p.cents, "received_on": p.received_on.isoformat()}
            for p in session.scalars(payments.order_by(Payment.number))
        ],
        "refunds": [
            {"cents": r.cents, "asked_at": r.asked_at.isoformat(), "state": r.state}
            for r in session.scalars(refunds.order_by(Refund.id))
        ],
        "closes": [
            {"closed_at": c.closed_at.isoformat(), "counted_cents": c.counted_cents}
            for c in session.scalars(closes)
        ],
        **_transfers(uow, person_id),
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Nobody is led from a person to the books any more; the sums stay in them.

    Accounting papers are kept for ten years (Accountancy Act, art. 12), so the name of the payer
    stays, sealed, on the paper; lines of bank statements lose who sent them. Names of staff stand
    beside what they did for the municipality.
    """
    own = select(Charge.id).where(Charge.person_id == person_id)
    theirs = update(StatementLine).where(StatementLine.charge_id.in_(own))
    uow.session.execute(theirs.values(payer=None, payer_iban=None, remittance=None, reason=None))
    links = (
        (StatementLine, "decided_by_id"),
        (Statement, "read_by_id"),
        (Charge, "person_id"),
        (Attempt, "person_id"),
        (Payment, "person_id"),
        (Payment, "taken_by_id"),
        (Refund, "asked_by_id"),
        (Refund, "decided_by_id"),
        (Refund, "paid_out_by_id"),
        (Close, "closed_by_id"),
    )
    for model, name in links:
        column = getattr(model, name)
        uow.session.execute(update(model).where(column == person_id).values({name: None}))


def _transfers(uow: UnitOfWork, person_id: UUID) -> Mapping[str, Rows]:
    """What they transferred, as the bank told it; as staff, the statements that they read in."""
    own = select(Charge.id).where(Charge.person_id == person_id)
    lines = select(StatementLine).where(StatementLine.charge_id.in_(own)).order_by(StatementLine.id)
    read = select(Statement).where(Statement.read_by_id == person_id).order_by(Statement.id)
    transfers = [
        {
            "booked_on": one.booked_on.isoformat(),
            "cents": one.cents,
            "payer": one.payer,
            "iban": one.payer_iban,
            "text": one.remittance,
        }
        for one in uow.session.scalars(lines)
    ]
    files = [
        {"file": one.name, "read_at": one.read_at.isoformat()} for one in uow.session.scalars(read)
    ]
    return {"transfers": transfers, "statements": files}
