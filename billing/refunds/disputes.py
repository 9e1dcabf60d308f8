"""Payments that their owners dispute at the bank: booked when opened, booked when decided."""

from __future__ import annotations

from sqlalchemy import Select, select

from obshto.billing.charges.models import Charge, Payment
from obshto.billing.charges.settling import account_of, take_away
from obshto.billing.events import ChargeFact, DisputeClosed, DisputeOpened
from obshto.billing.gateways.port import Observed, What
from obshto.billing.ledger.accounts import Account
from obshto.billing.ledger.services import post
from obshto.billing.refunds.models import Dispute, DisputeState
from obshto.platform.work import Work


def disputes() -> Select[Dispute]:
    """Newest first."""
    return select(Dispute).order_by(Dispute.id.desc())


def note_dispute(
    work: Work, gateway: str, charge: Charge, payment: Payment, seen: Observed
) -> None:
    """Opened, won or lost; each is booked once, and a decision stands.

    What the municipality has lost is owed again.
    """
    dispute = _named(work, gateway, seen) or _open(work, gateway, charge, payment, seen)
    _book_fee(work, dispute, seen.fee_cents)
    if seen.what is What.DISPUTED or dispute.state != DisputeState.OPEN:
        return
    is_won = seen.what is What.DISPUTE_WON
    dispute.state = DisputeState.WON if is_won else DisputeState.LOST
    dispute.closed_at = work.now
    _post(
        work,
        f"dispute-{dispute.state}:{dispute.id}",
        debit=account_of(payment.way) if is_won else Account.OVERPAID,
        credit=Account.DISPUTED,
        dispute=dispute,
    )
    if is_won:
        payment.back_cents -= dispute.cents
    else:
        take_away(work, charge, dispute.cents)
    work.record(_told(DisputeClosed, charge, dispute))


def _named(work: Work, gateway: str, seen: Observed) -> Dispute | None:
    wanted = select(Dispute).where(
        Dispute.gateway == gateway, Dispute.provider_id == seen.provider_id
    )
    return work.session.scalar(wanted)


def _open(work: Work, gateway: str, charge: Charge, payment: Payment, seen: Observed) -> Dispute:
    cents = seen.cents or payment.cents
    dispute = Dispute(
        gateway=gateway,
        provider_id=seen.provider_id,
        payment=payment,
        cents=cents,
        fee_cents=0,
        state=DisputeState.OPEN,
        opened_at=work.now,
    )
    payment.back_cents += cents
    work.session.add(dispute)
    work.session.flush()
    _post(
        work,
        f"dispute:{dispute.id}",
        debit=Account.DISPUTED,
        credit=account_of(payment.way),
        dispute=dispute,
    )
    work.record(_told(DisputeOpened, charge, dispute))
    return dispute


def _book_fee(work: Work, dispute: Dispute, cents: int) -> None:
    if cents and not dispute.fee_cents:
        dispute.fee_cents = cents
        post(
            work,
            f"dispute-fee:{dispute.id}",
            debit=Account.FEES,
            credit=account_of(dispute.payment.way),
            cents=cents,
            charge_id=dispute.payment.charge_id,
        )


def _post(work: Work, key: str, *, debit: Account, credit: Account, dispute: Dispute) -> None:
    cents, charge_id = dispute.cents, dispute.payment.charge_id
    post(work, key, debit=debit, credit=credit, cents=cents, charge_id=charge_id)


def _told(fact: type[ChargeFact], charge: Charge, dispute: Dispute) -> ChargeFact:
    return fact(subject_id=charge.id, reference=charge.reference, cents=dispute.cents)
