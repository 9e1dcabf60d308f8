"""Turn what was seen at a provider into bookings, each once."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from obshto.billing.charges.attempts import (
    OPEN,
    attempt_named,
    merchant_account,
    turn_attempt,
)
from obshto.billing.charges.lifecycle import attempts_of, find_charge
from obshto.billing.charges.models import Attempt, Charge, Event, Step
from obshto.billing.charges.settlement import Money, payment_named, receive
from obshto.billing.gateways.port import (
    Away,
    Capability,
    GiveBack,
    Notice,
    Observed,
    What,
    gateways,
)
from obshto.billing.refunds.disputes import note_dispute
from obshto.billing.refunds.models import RefundState
from obshto.billing.refunds.services import note_refund_failed, note_refunded, refund_of
from obshto.platform.unit_of_work import UnitOfWork

STEPS = {
    What.PENDING: Step.PENDING,
    What.PAID: Step.PAID,
    What.FAILED: Step.FAILED,
    What.EXPIRED: Step.EXPIRED,
}
LOOK = "billing:look-at"
LOOK_FOR = timedelta(days=3)  # a session lives a day, a bank may take two more
logger = logging.getLogger(__name__)


class Unreachable(RuntimeError):
    """The provider did not answer; the queue tries again later."""


def observe(uow: UnitOfWork, gateway: str, expected_version: Observed) -> bool:
    """Book what was seen; False when it is about nothing of this municipality's."""
    if uow.within is None or expected_version.municipality not in (None, uow.scope.slug):
        return False
    charge = find_charge(uow, expected_version.charge_id, to_change=True)
    if charge is None:
        return False
    if expected_version.what in STEPS:
        return _note_step(uow, gateway, charge, expected_version)
    payment = payment_named(uow, gateway, expected_version.payment_id)
    if payment is None or payment.charge_id != charge.id:
        return False
    if expected_version.what is What.REFUNDED:
        note_refunded(uow, charge, payment, expected_version)
    elif expected_version.what is What.REFUND_FAILED:
        note_refund_failed(uow, charge, expected_version)
    else:
        note_dispute(uow, gateway, charge, payment, expected_version)
    return True


def is_new(uow: UnitOfWork, gateway: str, notice: Notice) -> bool:
    """Mark a message as heard; False when it was before, for good or in the same instant."""
    row = {"gateway": gateway, "event_id": notice.event_id, "kind": notice.kind, "at": uow.now}
    statement = insert(Event).values(row).on_conflict_do_nothing().returning(Event.event_id)
    return uow.session.scalar(statement) is not None


def look_after(uow: UnitOfWork) -> None:
    """Job: have every attempt looked at that has not ended; a message may have been lost.

    Each in a job of its own: a provider that is slow must not hold the charges of others.
    """
    wanted = (
        select(Attempt.id)
        .where(Attempt.step.in_(OPEN), Attempt.started_at > uow.now - LOOK_FOR)
        .order_by(Attempt.started_at)
    )
    for attempt_id in uow.session.scalars(wanted):
        _look_later(uow, attempt_id)


def look_soon(uow: UnitOfWork, charge: Charge) -> None:
    """Have the last attempt of a charge looked at after this work, where it has not ended."""
    for attempt in attempts_of(uow, charge)[:1]:
        if attempt.step in OPEN:
            _look_later(uow, attempt.id)


def look_once(uow: UnitOfWork, *, attempt_id: str) -> None:
    """Job: one of them."""
    if attempt := uow.session.get(Attempt, UUID(attempt_id)):
        look_at(uow, attempt)


def look_at(uow: UnitOfWork, attempt: Attempt) -> None:
    """Ask the provider about an attempt that has not ended, before anything is locked.

    Who does not answer is asked again another time.
    """
    if attempt.step not in OPEN:
        return
    gateway = gateways().get(attempt.gateway)
    account = merchant_account(uow.scope.slug, attempt.gateway)
    if gateway is None or account is None or Capability.POLLING not in gateway.capabilities:
        return
    try:
        expected_version = gateway.look(account, attempt.provider_id)
    except Away:
        logger.warning("%s does not answer", attempt.gateway)
        return
    for one in expected_version:
        observe(uow, attempt.gateway, one)


def send_refund(uow: UnitOfWork, *, refund_id: str) -> None:
    """Job: give money back through its gateway, once, however often. Raises Unreachable."""
    refund = refund_of(uow, UUID(refund_id), to_change=True)
    if refund.state != RefundState.APPROVED:
        return
    way = refund.payment.way
    account = merchant_account(uow.scope.slug, way)
    if way not in gateways() or account is None:
        raise Unreachable(f"no account at {way}")
    wish = GiveBack(
        municipality=uow.scope.slug,
        account=account,
        charge_id=refund.charge_id,
        payment_id=refund.payment.provider_id,
        refund_id=refund.id,
        cents=refund.cents,
    )
    try:
        expected_version = gateways()[way].refund(wish)
    except Away as error:
        raise Unreachable(way) from error
    for one in expected_version:
        observe(uow, way, one)


def _look_later(uow: UnitOfWork, attempt_id: UUID) -> None:
    uow.defer(LOOK, once=f"{LOOK}:{attempt_id}", attempt_id=attempt_id)


def _note_step(uow: UnitOfWork, gateway: str, charge: Charge, expected_version: Observed) -> bool:
    attempt = attempt_named(uow, gateway, expected_version.provider_id)
    cents = (
        expected_version.cents
        if expected_version.cents is not None or attempt is None
        else attempt.cents
    )
    if cents is None:
        return False  # a sum that we never asked for
    if expected_version.what is What.PAID:
        money = Money(
            way=gateway,
            provider_id=expected_version.payment_id or expected_version.provider_id,
            cents=cents,
            fee_cents=expected_version.fee_cents,
            person_id=attempt.person_id if attempt else None,
        )
        receive(uow, charge, money)
    if attempt:
        turn_attempt(uow, charge, attempt, STEPS[expected_version.what])
    return True
