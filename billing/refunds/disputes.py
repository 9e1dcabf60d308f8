"""Payments that their owners dispute at the bank: booked when opened, booked when decided."""

from __future__ import annotations

from sqlalchemy import Select, select

from obshto.billing.charges.models import Charge, Payment
from obshto.billing.charges.settlement import account_of, take_away
from obshto.billing.events import ChargeFact, DisputeClosed, DisputeOpened
from obshto.billing.gateways.port import Observed, What
from obshto.billing.ledger.accounts import Account
from obshto.billing.ledger.services import post
from obshto.billing.refunds.models import Dispute, DisputeState
from obshto.platform.unit_of_work import UnitOfWork


def disputes() -> Select[Dispute]:
    """Newest first."""
    return select(Dispute).order_by(Dispute.id.desc())


def note_dispute(
    uow: UnitOfWork, gateway: str, charge: Charge, payment: Payment, expected_version: Observed
) -> None:
    """Opened, won or lost; each is booked once, and a decision stands.

    What the municipality has lost is owed again.
    """
    dispute = _named(uow, gateway, expected_version) or _open(
        uow, gateway, charge, payment, expected_version
    )
    _book_fee(uow, dispute, expected_version.fee_cents)
    if expected_version.what is What.DISPUTED or dispute.state != DisputeState.OPEN:
        return
    is_won = expected_version.what is What.DISPUTE_WON
    dispute.state = DisputeState.WON if is_won else DisputeState.LOST
    dispute.closed_at = uow.now
    _post(
        uow,
        f"dispute-{dispute.state}:{dispute.id}",
        debit=account_of(payment.way) if is_won else Account.OVERPAID,
        credit=Account.DISPUTED,
        dispute=dispute,
    )
    if is_won:
        payment.back_cents -= dispute.cents
    else:
        take_away(uow, charge, dispute.cents)
    uow.emit(_told(DisputeClosed, charge, dispute))


def _named(uow: UnitOfWork, gateway: str, expected_version: Observed) -> Dispute | None:
    wanted = select(Dispute).where(
        Dispute.gateway == gateway, Dispute.provider_id == expected_version.provider_id
    )
    return uow.session.scalar(wanted)


def _open(
    uow: UnitOfWork, gateway: str, charge: Charge, payment: Payment, expected_version: Observed
) -> Dispute:
    cents = expected_version.cents or payment.cents
    dispute = Dispute(
        gateway=gateway,
        provider_id=expected_version.provider_id,
        payment=payment,
        cents=cents,
        fee_cents=0,
        state=DisputeState.OPEN,
        opened_at=uow.now,
    )
    payment.back_cents += cents
    uow.session.add(dispute)
    uow.session.flush()
    _post(
        uow,
        f"dispute:{dispute.id}",
        debit=Account.DISPUTED,
        credit=account_of(payment.way),
        dispute=dispute,
    )
    uow.emit(_told(DisputeOpened, charge, dispute))
    return dispute


def _book_fee(uow: UnitOfWork, dispute: Dispute, cents: int) -> None:
    if cents and not dispute.fee_cents:
        dispute.fee_cents = cents
        post(
            uow,
            f"dispute-fee:{dispute.id}",
            debit=Account.FEES,
            credit=account_of(dispute.payment.way),
            cents=cents,
            charge_id=dispute.payment.charge_id,
        )


def _post(uow: UnitOfWork, key: str, *, debit: Account, credit: Account, dispute: Dispute) -> None:
    cents, charge_id = dispute.cents, dispute.payment.charge_id
    post(uow, key, debit=debit, credit=credit, cents=cents, charge_id=charge_id)


def _told(fact: type[ChargeFact], charge: Charge, dispute: Dispute) -> ChargeFact:
    return fact(subject_id=charge.id, reference=charge.reference, cents=dispute.cents)
