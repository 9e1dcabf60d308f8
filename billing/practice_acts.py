"""Practice acts of money: an invented citizen pays by bank, and at times pays once more."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from obshto.billing.charges.models import Charge, PaymentMethod, State
from obshto.billing.charges.settlement import Money, receive
from obshto.platform.clock import day_of
from obshto.platform.modularity.practice import PracticeAct, PracticeTurn
from obshto.platform.unit_of_work import UnitOfWork

OVERPAID = Charge.received_cents - Charge.returned_cents > Charge.settled_cents


def pay(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """What waits for money longest."""
    return _pay(uow, turn, Charge.state == State.OPEN)


def pay_again(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """What is paid already; not while another one waits for somebody to give money back."""
    if uow.session.scalar(select(Charge.id).where(OVERPAID).limit(1)):
        return False
    return _pay(uow, turn, Charge.state == State.PAID)


def _pay(uow: UnitOfWork, turn: PracticeTurn, which: ColumnElement[bool]) -> bool:
    wanted = select(Charge).where(which).order_by(Charge.id).limit(1).with_for_update(of=Charge)
    charge = uow.session.scalar(wanted)
    if charge:
        money = Money(
            way=PaymentMethod.BANK,
            provider_id=str(turn.request_id),
            cents=charge.owed_cents or charge.cents,
            received_on=day_of(uow.now),
        )
        receive(uow, charge, money)
    return charge is not None


PRACTICE_ACTS = (PracticeAct(run=pay), PracticeAct(run=pay_again))
