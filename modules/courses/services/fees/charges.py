"""Charges of courses: asked for once, paid when the cashier says so, let go with the seat.

Row locks: slot and booking (`platform.bookings`) → fee → charge.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import defer

from obshto.modules.courses import events
from obshto.modules.courses.errors import FeePaidAlready, PriceUnpayable, StaleFee
from obshto.modules.courses.models import Course, CourseExemption, CourseFee, CourseFeeState, Group
from obshto.modules.courses.services.fees.exemptions import reduced
from obshto.modules.courses.services.kinds import PART
from obshto.modules.courses.settings import CoursesSettings
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.states import BOOKED, CANCELLED, LAPSED
from obshto.platform.clock import day_of
from obshto.platform.errors import Conflict, DomainError
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.ports import Bill, Line, Payer, cashier

REFERENCE = f"{PART}:"
AT_ONCE = 50  # fees that the job looks at together
LOOKED_AT = timedelta(days=30)  # after a course began the job looks no more for what to give back
OVER = (CANCELLED, LAPSED)


def is_payable(uow: UnitOfWork, course: Course) -> bool:
    """Free, or of a kind of income that can be charged here. One query at most."""
    return not course.price_cents or course.income_kind in cashier().kinds(uow)


def price_seat(
    uow: UnitOfWork, course: Course, booking: Booking, group: Group, exemption: UUID | None
) -> CourseFee | None:
    """What the enrolment costs, once; None where it is free for all. What is owed is asked now.

    Who stands in line owes nothing before there is a seat. Raises PriceUnpayable.
    """
    if not course.price_cents:
        return None
    if not is_payable(uow, course):
        raise PriceUnpayable
    chosen = uow.session.get(CourseExemption, exemption) if exemption else None
    chosen = chosen if chosen and chosen.is_active else None
    row = {
        "booking_id": booking.id,
        "group_id": group.id,
        "kind": course.income_kind,
        "full_cents": course.price_cents,
        "cents": reduced(course.price_cents, chosen),
        "exemption": chosen.name if chosen else None,
        "proof": chosen.proof if chosen else "",
        "state": CourseFeeState.LATER,
        "made_at": uow.now,
    }
    uow.session.execute(insert(CourseFee).values(row).on_conflict_do_nothing())
    ask_fee(uow, course, booking, group)
    return fee_of(uow, booking.id)


def ask_fee(uow: UnitOfWork, course: Course, booking: Booking, group: Group) -> None:
    """Have the fee of a taken seat paid, once. The booking is locked. Raises PriceUnpayable."""
    fee = fee_of(uow, booking.id, to_change=True)
    if fee is None or fee.state != CourseFeeState.LATER or booking.state != BOOKED:
        return
    if not fee.cents:
        fee.state = CourseFeeState.FREE
        return
    if fee.kind not in cashier().kinds(uow):
        raise PriceUnpayable
    _charge(uow, fee, course, booking, group, reference=f"{REFERENCE}{booking.id}")


def fee_of(uow: UnitOfWork, booking_id: UUID, *, to_change: bool = False) -> CourseFee | None:
    """Of one enrolment, without the exemption; `to_change` makes others wait."""
    wanted = _rows().where(CourseFee.booking_id == booking_id)
    return uow.session.scalar(_locked(wanted) if to_change else wanted)


def fees_of(uow: UnitOfWork, booking_ids: Collection[UUID]) -> dict[UUID, CourseFee]:
    """The same of many, by booking. One query."""
    wanted = _rows().where(CourseFee.booking_id.in_(booking_ids))
    return {one.booking_id: one for one in uow.session.scalars(wanted)} if booking_ids else {}


def let_go(uow: UnitOfWork, group: Group, *, booking_id: UUID | None = None) -> None:
    """Nobody owes for a seat that was given back; what was paid in time is asked back, once.

    Of one booking, or of a group that does not take place.
    """
    rows = _rows().where(CourseFee.group_id == group.id)
    rows = rows.where(CourseFee.booking_id == booking_id) if booking_id else rows
    for fee in uow.session.scalars(_locked(rows.order_by(CourseFee.booking_id))).all():
        _release(uow, fee, uow.session.get_one(Booking, fee.booking_id), group)
    uow.session.flush()


def cancel_charge(uow: UnitOfWork, fee: CourseFee) -> bool:
    """Whether it is owed no more; not so where money came. The fee is locked."""
    if fee.charge_id is None:
        return True
    try:
        with uow.session.begin_nested():
            cashier().cancel(uow, fee.charge_id)
    except Conflict:
        return False
    return True


def see_proof(uow: UnitOfWork, fee: CourseFee, *, expected_version: int) -> None:
    """Staff saw the paper: the lower price is right. The fee is locked. Raises StaleFee."""
    if fee.proof_seen_at is not None:
        return
    if not fee.proof or fee.version != expected_version:
        raise StaleFee
    fee.proof_seen_at = uow.now
    uow.emit(events.CourseProofSeen(subject_id=fee.booking_id, cents=fee.cents))


def ask_full_price(
    uow: UnitOfWork,
    fee: CourseFee,
    course: Course,
    booking: Booking,
    group: Group,
    *,
    expected_version: int,
) -> None:
    """There was no paper: the whole price is owed. The fee is locked.

    Raises StaleFee, FeePaidAlready.
    """
    if not fee.proof:  # so it is already
        return
    if fee.version != expected_version or fee.state == CourseFeeState.CANCELLED:
        raise StaleFee
    if fee.is_paid or not cancel_charge(uow, fee):
        raise FeePaidAlready
    fee.cents, fee.exemption, fee.proof, fee.proof_seen_at = fee.full_cents, None, "", None
    if fee.state != CourseFeeState.LATER:
        _charge(uow, fee, course, booking, group, reference=f"{REFERENCE}{booking.id}/full")


def note_charge(uow: UnitOfWork, *, payload: dict[str, Any]) -> None:
    """Reaction: something has happened to a charge; how it stands now is asked, never told."""
    if str(payload["reference"]).startswith(REFERENCE):
        charged = CourseFee.charge_id == UUID(payload["subject_id"])
        settle(uow, uow.session.scalars(select(CourseFee.booking_id).where(charged)).all())


def note_refund(uow: UnitOfWork, *, payload: dict[str, Any]) -> None:
    """Reaction: money went back. Heard twice it is once: courses ask for the whole sum back."""
    if not str(payload["reference"]).startswith(REFERENCE):
        return
    wanted = _rows().where(CourseFee.charge_id == UUID(payload["subject_id"]))
    for fee in uow.session.scalars(_locked(wanted)):
        fee.refunded_cents = max(fee.refunded_cents, min(int(payload["cents"]), fee.cents))


def catch_up(uow: UnitOfWork) -> None:
    """Job: whoever was not told, because this was switched off or fell, asks.

    A seat that went with its person's profile is found here, too.
    """
    left = CourseFee.state.in_((CourseFeeState.OPEN, CourseFeeState.LATER))
    paid = and_(CourseFee.state == CourseFeeState.PAID, CourseFee.returned_at.is_(None))
    rows = select(CourseFee.booking_id).join(Booking, Booking.id == CourseFee.booking_id)
    rows = rows.join(Group, Group.id == CourseFee.group_id)
    begun = Group.starts_at > uow.now - LOOKED_AT
    ended = and_(paid, begun, or_(Booking.state.in_(OVER), Group.cancelled_at.is_not(None)))
    found = uow.session.scalars(rows.where(or_(left, ended)).order_by(CourseFee.booking_id)).all()
    for at in range(0, len(found), AT_ONCE):
        settle(uow, found[at : at + AT_ONCE], waits=False)


def settle(uow: UnitOfWork, booking_ids: Sequence[UUID], *, waits: bool = True) -> None:
    """What the cashier says of them holds here too, whatever was heard before, however often.

    Who takes many does not wait for those that are at work on one: no ring of waiting.
    """
    wanted = _rows().where(CourseFee.booking_id.in_(booking_ids)).order_by(CourseFee.booking_id)
    locked = uow.session.scalars(_locked(wanted, waits=waits)).all()
    bills = cashier().find(uow, [fee.reference for fee in locked if fee.reference])
    for fee in locked:
        if bill := bills.get(fee.reference):
            _turn(uow, fee, bill)
        booking = uow.session.get_one(Booking, fee.booking_id)
        _release(uow, fee, booking, uow.session.get_one(Group, fee.group_id))
    uow.session.flush()


# -- inside ----------------------------------------------------------------------------------


def _rows() -> Select[CourseFee]:
    return select(CourseFee).options(defer(CourseFee.exemption))


def _locked(wanted: Select[CourseFee], *, waits: bool = True) -> Select[CourseFee]:
    locked = wanted.with_for_update(of=CourseFee, skip_locked=not waits)
    return locked.execution_options(populate_existing=True)


def _charge(
    uow: UnitOfWork,
    fee: CourseFee,
    course: Course,
    booking: Booking,
    group: Group,
    *,
    reference: str,
) -> None:
    """`purpose` is seen by whoever holds the code, so it names nobody. Always in Bulgarian."""
    text = f"Курс „{course.name}“ от {day_of(group.starts_at):%d.%m.%Y} г."
    held = timedelta(days=settings_of(uow, PART, CoursesSettings).hold_days)
    until = uow.now + held
    fee.hold_until = until if until < group.starts_at else None
    bill = cashier().charge(
        uow,
        reference,
        cents=fee.cents,
        payer=Payer(name=booking.name, person_id=booking.person_id),
        purpose=text,
        kind=fee.kind,
        lines=[Line(text=text, cents=fee.cents)],
        due_on=day_of(fee.hold_until or max(group.starts_at, uow.now)),
    )
    fee.charge_id, fee.reference, fee.code = bill.charge_id, reference, bill.code
    fee.path, fee.desk, fee.state = bill.path, bill.desk, CourseFeeState.OPEN
    fee.reminded_at = None
    uow.session.flush()
    uow.emit(events.CourseFeeAsked(subject_id=fee.booking_id, cents=fee.cents))


def _turn(uow: UnitOfWork, fee: CourseFee, bill: Bill) -> None:
    """As the bill says; what nobody owes and nobody paid was cancelled."""
    if fee.is_open and not (bill.is_paid or bill.owed_cents):
        fee.state = CourseFeeState.CANCELLED
    elif bill.is_paid != fee.is_paid:
        fee.state = CourseFeeState.PAID if bill.is_paid else CourseFeeState.OPEN
        fee.paid_on = bill.paid_on if bill.is_paid else None
        fee.hold_until = None  # a payment that the bank takes back costs nobody the seat by itself
        fact = events.CourseFeePaid if bill.is_paid else events.CourseFeeReopened
        uow.emit(fact(subject_id=fee.booking_id, cents=fee.cents))


def _release(uow: UnitOfWork, fee: CourseFee, booking: Booking, group: Group) -> None:
    """Where the seat is no longer theirs: nothing is owed, what was paid in time goes back."""
    if booking.state not in OVER and group.cancelled_at is None:
        return
    if fee.is_paid:
        if fee.returned_at is None and is_given_back(uow, booking, group):
            _give_back(uow, fee, group)
    elif fee.state != CourseFeeState.CANCELLED and cancel_charge(uow, fee):
        fee.state = CourseFeeState.CANCELLED


def is_given_back(uow: UnitOfWork, booking: Booking, group: Group) -> bool:
    """Whether the money goes back: the course is off, the seat was lost, or they left in time."""
    if group.cancelled_at or booking.state == LAPSED:
        return True
    days = settings_of(uow, PART, CoursesSettings).refund_days
    return (booking.ended_at or uow.now) <= group.starts_at - timedelta(days=days)


def _give_back(uow: UnitOfWork, fee: CourseFee, group: Group) -> None:
    """Ask once, by the same key; where the money came in parts, the finance office divides it."""
    assert fee.charge_id
    reason = "Курсът няма да се проведе" if group.cancelled_at else "Отказ от курс в срок"
    key = uuid5(fee.booking_id, "returned")
    try:
        with uow.session.begin_nested():
            cashier().refund(uow, fee.charge_id, cents=fee.cents, reason=reason, key=key)
    except DomainError:
        return
    fee.returned_at = uow.now
    uow.emit(events.CourseFeeReturned(subject_id=fee.booking_id, cents=fee.cents))
