"""What the books forget by the clock: whose money it was, which messages were heard."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from obshto.billing.charges.models import Attempt, Charge, Event, Payment
from obshto.billing.statements.models import StatementLine
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.unit_of_work import UnitOfWork

YEARS = 10  # from the 1st of January after the year (Accountancy Act, art. 12)
HEARD = timedelta(
    days=90
)  # a provider repeats a message for days; its effect is booked once anyway
MATCHED_FOR = timedelta(days=365)  # the bank and the books keep the transfer itself
UNREAD = {"synchronize_session": False}  # the job has read none of these rows


def forget(uow: UnitOfWork) -> None:
    """Job: the papers of ten years ago lose their people, the sums stay; old messages go."""
    year = uow.now.astimezone(SOFIA).year - YEARS
    until = datetime(year, 1, 1, tzinfo=SOFIA)
    old = select(Charge.id).where(Charge.made_at < until)
    late = select(Payment.charge_id).where(Payment.received_at >= until)  # its paper is younger
    done = old.where(Charge.id.not_in(late))
    for model in (Attempt, Payment):
        people = update(model).where(model.person_id.is_not(None), model.charge_id.in_(done))
        uow.session.execute(people.values(person_id=None), execution_options=UNREAD)
    is_known = or_(Charge.payer.is_not(None), Charge.person_id.is_not(None))
    named = update(Charge).where(is_known, Charge.id.in_(done))
    uow.session.execute(named.values(payer=None, person_id=None), execution_options=UNREAD)
    uow.session.execute(delete(Event).where(Event.at < uow.now - HEARD))


def forget_payers(uow: UnitOfWork) -> None:
    """Job: a year after it a line of a statement has its day, its sum and its number alone."""
    texts = ("payer", "payer_iban", "remittance", "reason")
    is_told = or_(*(getattr(StatementLine, name).is_not(None) for name in texts))
    old = StatementLine.booked_on < day_of(uow.now) - MATCHED_FOR
    gone = update(StatementLine).where(old, is_told).values(dict.fromkeys(texts))
    uow.session.execute(gone, execution_options=UNREAD)
