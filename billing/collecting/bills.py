"""What the collector asks for, against what our invoices say; what came is booked once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask_babel import gettext
from sqlalchemy.dialects.postgresql import insert

from obshto.billing.collecting.models import AskedBill, Collection
from obshto.billing.gateways.collector import Bill, BillState, Collector, Sending
from obshto.billing.invoices.models import CameBy
from obshto.billing.invoices.remittances import Owed, Standing, book_remittance, standing_of
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

Finding = dict[str, Any]


def note_bill(region: UnitOfWork, slug: str, bill: Bill) -> None:
    """Keep how it stands, book what came for it; again and in any order, it stays the same."""
    came = sum(one.cents for one in bill.came)
    told = {
        "state": bill.state.value,
        "cents": bill.cents,
        "number": bill.number,
        "came_cents": came,
        "address": bill.address,
        "seen_at": region.now,
    }
    first = {"id": bill.id, "municipality": slug, "month": bill.month, "is_sent": False}
    statement = insert(AskedBill).values({**first, **told})
    region.session.execute(
        statement.on_conflict_do_update(index_elements=[AskedBill.id], set_=told)
    )
    for one in bill.came:
        book_remittance(
            region,
            slug,
            cents=one.cents,
            received_on=day_of(one.at),
            reference=bill.id,
            request_id=uuid5(NAMESPACE_URL, f"stripe:{one.id}"),
            came_by=CameBy.STRIPE,
        )


def keep_bills(region: UnitOfWork, found: Collection, by: Collector) -> Iterator[Finding]:
    """Ask for what our invoices say, stop asking for what was paid; say what does not fit."""
    slug, bills = found.municipality, list(by.bills(found.customer_id))
    for bill in bills:
        note_bill(region, slug, bill)
    standing = standing_of(region, slug)
    for n, bill in enumerate(bills):
        if bill.state is BillState.DRAFT:
            bills[n], finding = _levelled(region, found, by, bill, standing)
            if finding:
                yield finding
        if bills[n].state is BillState.OPEN and bills[n].number:
            _deliver(region, by, bills[n])
        elif bills[n].state is BillState.OPEN:
            yield {"word": "unlevelled", "month": bill.month.isoformat()}
    yield from _level(region, found, by, bills, standing)


def stop_bills(region: UnitOfWork, found: Collection, by: Collector) -> Iterator[Finding]:
    """Nothing is asked any more, except where a part has come already."""
    for bill in by.bills(found.customer_id):
        note_bill(region, found.municipality, bill)
        if bill.state is BillState.OPEN and bill.came:
            yield {"word": "part", "number": bill.number}
        elif bill.state in (BillState.DRAFT, BillState.OPEN):
            _taken_away(region, found, by, bill)


def _levelled(
    region: UnitOfWork, found: Collection, by: Collector, bill: Bill, standing: Standing
) -> tuple[Bill, Finding | None]:
    """A draft with what became of it."""
    if bill.month < found.since:
        return _taken_away(region, found, by, bill), None
    by.hold(bill)
    owed = next((one for one in standing.invoices if one.invoice.month == bill.month), None)
    if owed is None:
        return bill, {"word": "waiting", "month": bill.month.isoformat()}
    if owed.owed_cents == 0:
        return _taken_away(region, found, by, bill), None
    levelled = by.level(bill, _sending(owed))
    note_bill(region, found.municipality, levelled)
    return levelled, None


def _deliver(region: UnitOfWork, by: Collector, bill: Bill) -> None:
    """The letter leaves once, also where the last look broke off before it."""
    kept = region.session.get(AskedBill, bill.id, populate_existing=True)
    if kept and not kept.is_sent:
        by.deliver(bill)
        kept.is_sent = True
        region.session.flush()


def _sending(owed: Owed) -> Sending:
    """It asks for what is still owed, whatever was taken away or paid in advance."""
    invoice = owed.invoice
    with speaking(SOURCE):
        told = {"n": invoice.written_number}
        return Sending(
            number=invoice.number,
            net_cents=owed.owed_cents - invoice.vat_cents,
            vat_cents=invoice.vat_cents,
            due_on=invoice.due_on,
            said=gettext("По фактура № %(n)s. Този документ е само искане за плащане.", **told),
            vat_title=gettext("Данък по фактура № %(n)s", **told),
            difference_title=gettext("Изравняване с фактура № %(n)s", **told),
        )


def _level(
    region: UnitOfWork, found: Collection, by: Collector, bills: Sequence[Bill], standing: Standing
) -> Iterator[Finding]:
    """Compare sums: what is asked there with what is owed here, the oldest bill closed first."""
    numbers = {bill.number for bill in bills}
    sent = [one for one in standing.invoices if one.invoice.number in numbers]
    asking = sorted(
        (bill for bill in bills if bill.state is BillState.OPEN and bill.number),
        key=lambda bill: bill.number,
    )
    asked = sum(_left(bill) for bill in asking)
    owed = sum(one.owed_cents for one in sent)
    for bill in asking:
        if 0 < _left(bill) <= asked - owed:
            asked -= _left(bill)
            _close(region, found, by, bill, standing)
    if asked != owed:
        yield {"word": "sum", "asked": asked, "owed": owed}
    for one in standing.invoices:
        is_collected = one.invoice.month >= found.since
        if is_collected and one.owed_cents and one.invoice.number not in numbers:
            yield {"word": "missing", "number": one.invoice.number}


def _close(
    region: UnitOfWork, found: Collection, by: Collector, bill: Bill, standing: Standing
) -> None:
    invoice = next(one for one in standing.invoices if one.invoice.number == bill.number)
    if invoice.credited_cents == invoice.invoice.cents:
        _taken_away(region, found, by, bill)
        return
    by.paid_elsewhere(bill)
    if expected_version := by.bill(bill.id):
        note_bill(region, found.municipality, expected_version)


def _taken_away(region: UnitOfWork, found: Collection, by: Collector, bill: Bill) -> Bill:
    by.take_away(bill)
    if bill.state is BillState.DRAFT:  # it is gone there: nothing is left to see
        if kept := region.session.get(AskedBill, bill.id):
            region.session.delete(kept)
        region.session.flush()
        return bill
    if expected_version := by.bill(bill.id):
        note_bill(region, found.municipality, expected_version)
        return expected_version
    return bill


def _left(bill: Bill) -> int:
    return bill.cents - sum(one.cents for one in bill.came)
