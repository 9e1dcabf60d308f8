"""What is owed for a case: asked for once, paid when the cashier says so, less when late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from obshto.modules.eservices.events import FeeLowered, FeePaid, FeeReopened
from obshto.modules.eservices.models import Case, Fee, FeeState, Offer
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.prices import LAW, falls_with_delay, lowered_for_delay
from obshto.modules.eservices.services.states import WITHDRAWN, add_step, record
from obshto.platform.clock import day_of
from obshto.platform.errors import Conflict, DomainError
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.ports import Bill, Line, Payer, cashier

REFERENCE = "eservices:"
AT_ONCE = 50  # fees that the job looks at together


def ask_fee(uow: UnitOfWork, case: Case, offer: Offer | None) -> Fee | None:
    """Have the fee of a new case paid; None where it costs nothing or is paid at the counter only.

    The case is being sent in the same work, so that there is neither one without the other.
    """
    if not case.fee_cents or offer is None or not offer.fee_kind:
        return None
    if offer.fee_kind not in cashier().kinds(uow):
        return None  # the kind of income is used no more: the counter takes the money
    fee = Fee(case_id=case.id, kind=offer.fee_kind, made_at=uow.now, late_days=0, lowered_cents=0)
    _charge(uow, case, fee, case.fee_cents, f"{REFERENCE}{case.id}")
    uow.session.add(fee)
    uow.session.flush()
    return fee


def fee_of(uow: UnitOfWork, case: Case, *, to_change: bool = False) -> Fee | None:
    """What is owed for it; `to_change` makes others wait."""
    wanted = select(Fee).where(Fee.case_id == case.id)
    if to_change:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return uow.session.scalar(wanted)


def fees_of(uow: UnitOfWork, case_ids: Sequence[UUID]) -> dict[UUID, Fee]:
    """The same of many. One query."""
    wanted = select(Fee).where(Fee.case_id.in_(case_ids))
    return {fee.case_id: fee for fee in uow.session.scalars(wanted)} if case_ids else {}


def is_paid_electronically(uow: UnitOfWork, case: Case) -> bool:
    """By card or over a bank, as the printed form asks; what was paid at the counter is not."""
    fee = fee_of(uow, case)
    if fee is None or not fee.is_paid:
        return False
    bill = cashier().find(uow, [fee.reference]).get(fee.reference)
    return bill is not None and bill.is_electronic


def let_go(uow: UnitOfWork, case: Case) -> None:
    """Nobody owes it any more; what was paid for a withdrawn application is asked back.

    Where only a part came, or the case ended otherwise, it stays for the finance office.
    """
    fee = fee_of(uow, case, to_change=True)
    if fee is None:
        return
    if fee.is_open and _cancelled(uow, fee):
        fee.state = FeeState.CANCELLED
    elif fee.is_paid:
        _give_back_withdrawn(uow, fee, case)


def lower_for_delay(uow: UnitOfWork, case: Case, *, due_on: date | None) -> None:
    """The law takes a part off where a technical service comes late (ЗМДТ чл. 109).

    What is not paid yet is asked for anew at the lower sum; of what is paid, that part goes back.
    """
    fee = fee_of(uow, case, to_change=True)
    late = (day_of(uow.now) - due_on).days if due_on else 0
    if fee is None or late <= 0 or fee.lowered_cents:
        return
    if not falls_with_delay(definition_behind(case), case.read()):
        return
    lowered = lowered_for_delay(fee.cents, late)
    if not lowered:
        return
    fee.late_days, fee.lowered_cents = late, lowered
    if fee.is_open and _cancelled(uow, fee):
        _charge(uow, case, fee, fee.cents - lowered, f"{REFERENCE}{case.id}/late")
        fee.returned_at = uow.now  # it was never asked for
    add_step(uow, case, "lowered", ground=LAW["late"]["article"])
    record(uow, case, FeeLowered)
    uow.session.flush()
    settle(uow, [fee])


def note_charge(uow: UnitOfWork, *, payload: dict[str, Any]) -> None:
    """Reaction: something has happened to a charge; how it stands now is asked, never told."""
    if str(payload["reference"]).startswith(REFERENCE):
        wanted = select(Fee).where(Fee.charge_id == UUID(payload["subject_id"]))
        settle(uow, uow.session.scalars(wanted).all())


def catch_up(uow: UnitOfWork) -> None:
    """Job: whoever was not told, because this was switched off or fell, asks."""
    rows = select(Fee).where(Fee.state == FeeState.OPEN).order_by(Fee.case_id)
    found = uow.session.scalars(rows).all()
    for at in range(0, len(found), AT_ONCE):
        settle(uow, found[at : at + AT_ONCE])


def settle(uow: UnitOfWork, fees: Sequence[Fee]) -> None:
    """What the cashier says of them holds here too, whatever was heard before, however often."""
    ids = sorted(fee.case_id for fee in fees)
    # The case first, as everybody else does: a step that is written of it asks for its row.
    uow.session.execute(select(Case.id).where(Case.id.in_(ids)).order_by(Case.id).with_for_update())
    again = select(Fee).where(Fee.case_id.in_(ids)).order_by(Fee.case_id).with_for_update()
    locked = uow.session.scalars(again.execution_options(populate_existing=True)).all()
    bills = cashier().find(uow, [fee.reference for fee in locked])
    for fee in locked:
        if bill := bills.get(fee.reference):
            _turn(uow, fee, bill)
    uow.session.flush()


# -- inside ----------------------------------------------------------------------------------


def _charge(uow: UnitOfWork, case: Case, fee: Fee, cents: int, reference: str) -> None:
    """`purpose` is seen by whoever holds the code, so it names nobody. Always in Bulgarian."""
    title = definition_behind(case).official_title
    text = f"{title}, вх. № {case.number}"
    bill = cashier().charge(
        uow,
        reference,
        cents=cents,
        payer=Payer(name=case.applicant, person_id=case.person_id),
        purpose=text,
        kind=fee.kind,
        lines=[Line(text=text, cents=cents)],
    )
    fee.charge_id, fee.reference, fee.cents = bill.charge_id, reference, bill.cents
    fee.path, fee.desk, fee.code = bill.path, bill.desk, bill.code
    fee.state = FeeState.OPEN


def _cancelled(uow: UnitOfWork, fee: Fee) -> bool:
    try:
        with uow.session.begin_nested():
            cashier().cancel(uow, fee.charge_id)
    except Conflict:
        return False
    return True


def _turn(uow: UnitOfWork, fee: Fee, bill: Bill) -> None:
    """As the bill says; what nobody owes and nobody paid was cancelled."""
    if fee.state == FeeState.OPEN and not (bill.is_paid or bill.owed_cents):
        fee.state = FeeState.CANCELLED
    elif bill.is_paid != fee.is_paid:
        fee.state = FeeState.PAID if bill.is_paid else FeeState.OPEN
        fee.paid_on = bill.paid_on if bill.is_paid else None
        _tell(uow, fee)
    if fee.is_paid and fee.lowered_cents and fee.returned_at is None:
        reason = f"{LAW['late']['article']}: {fee.late_days}"
        _give_back(uow, fee, cents=fee.lowered_cents, reason=reason, word="late")
    if fee.is_paid:  # it came while the person was withdrawing
        _give_back_withdrawn(uow, fee, uow.session.get_one(Case, fee.case_id))


def _tell(uow: UnitOfWork, fee: Fee) -> None:
    case = uow.session.get_one(Case, fee.case_id)
    ground = LAW["paid"]["article"] if fee.is_paid else ""
    add_step(uow, case, "paid" if fee.is_paid else "unpaid", ground=ground)
    record(uow, case, FeePaid if fee.is_paid else FeeReopened)


def _give_back_withdrawn(uow: UnitOfWork, fee: Fee, case: Case) -> None:
    if case.state != WITHDRAWN or fee.returned_at is not None:
        return
    reason = f"Оттеглено заявление вх. № {case.number}"
    _give_back(uow, fee, cents=fee.cents, reason=reason, word="withdrawn")


def _give_back(uow: UnitOfWork, fee: Fee, *, cents: int, reason: str, word: str) -> None:
    """Ask once, by the same key; where the money came in parts, the finance office divides it."""
    key = uuid5(fee.case_id, word)
    try:
        with uow.session.begin_nested():
            cashier().refund(uow, fee.charge_id, cents=cents, reason=reason, key=key)
    except DomainError:
        return
    fee.returned_at = uow.now
