"""The port of other parts: make a charge, have it given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from obshto.billing.charges.fresh_rows import fresh
from obshto.billing.charges.kinds import kind_with_code, kinds
from obshto.billing.charges.lifecycle import Wanted, cancel_charge, charge_of, make_charge
from obshto.billing.charges.models import Charge, Payment, PaymentMethod
from obshto.billing.errors import TooMuch
from obshto.billing.refunds.services import ask_refund, refund_asked
from obshto.platform.codes import written_code
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import euro
from obshto.tenants.ports import Bill, Line, Payer


class BillingCashier:
    """What `tenants.ports.Cashier` promises."""

    def kinds(self, uow: UnitOfWork) -> dict[str, str]:
        return {kind.code: kind.title for kind in uow.session.scalars(kinds(active=True))}

    def charge(
        self,
        uow: UnitOfWork,
        reference: str,
        *,
        cents: int,
        payer: Payer,
        purpose: str,
        kind: str,
        lines: Sequence[Line] = (),
        due_on: date | None = None,
    ) -> Bill:
        wanted = Wanted(
            reference=reference,
            kind=kind_with_code(uow, kind),
            cents=cents,
            purpose=purpose,
            payer=payer.name or None,
            person_id=payer.person_id,
            lines=[asdict(line) for line in lines],
            due_on=due_on,
        )
        return _bill(make_charge(uow, wanted))

    def find(self, uow: UnitOfWork, references: Sequence[str]) -> dict[str, Bill]:
        found = select(Charge).where(Charge.reference.in_(references))
        charges = list(uow.session.scalars(found))
        coming = _coming(uow, [charge.id for charge in charges if charge.is_paid])
        return {charge.reference: _bill(charge, coming.get(charge.id)) for charge in charges}

    def cancel(self, uow: UnitOfWork, charge_id: UUID) -> None:
        cancel_charge(uow, charge_of(uow, charge_id, to_change=True))

    def refund(
        self, uow: UnitOfWork, charge_id: UUID, *, cents: int, reason: str, key: UUID
    ) -> None:
        """Out of the last payment that still holds so much."""
        charge_of(uow, charge_id, to_change=True)
        if refund_asked(uow, key):
            return  # although its payment may hold less by now
        rows = select(Payment).where(Payment.charge_id == charge_id)
        paid = list(uow.session.scalars(fresh(rows.order_by(Payment.number.desc()))))
        found = next((one for one in paid if one.left_cents >= cents), None)
        if found is None:
            raise TooMuch(sum=euro(max((one.left_cents for one in paid), default=0)))
        ask_refund(uow, found, cents=cents, reason=reason, request_id=key)


def _coming(uow: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, tuple[date, bool]]:
    """The day on which the last money came for each; whether none came over the counter."""
    is_at_counter = func.bool_or(Payment.way.in_((PaymentMethod.CASH, PaymentMethod.POS)))
    rows = select(Payment.charge_id, func.max(Payment.received_on), is_at_counter)
    stayed = rows.where(Payment.charge_id.in_(ids), Payment.reversed_at.is_(None))
    found = uow.session.execute(stayed.group_by(Payment.charge_id)) if ids else ()
    return {charge_id: (day, not at_counter) for charge_id, day, at_counter in found}


def _bill(charge: Charge, came: tuple[date, bool] | None = None) -> Bill:
    paid_on, is_electronic = came or (None, False)
    return Bill(
        charge_id=charge.id,
        code=written_code(charge.code),
        path=f"/pay/{charge.code}",
        desk=f"/console/billing/counter/{charge.id}",
        cents=charge.cents,
        owed_cents=charge.owed_cents,
        is_paid=charge.is_paid,
        paid_on=paid_on,
        is_electronic=is_electronic,
    )
