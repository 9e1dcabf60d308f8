"""Where the collector leaves its messages, on the region's host."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, request
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from obshto.billing.collecting.bills import note_bill
from obshto.billing.collecting.models import Collection, CollectorEvent
from obshto.billing.gateways.collector import Bill, BillState, Collector, Told, collector
from obshto.billing.gateways.port import Away, Declined, Forged, Request
from obshto.platform.db.session import shared_session
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.platform.web.access import from_machine

hearing = Blueprint("hearing", __name__)
AGAIN = 503


def _is_from_the_collector() -> bool:
    """Signed with the secret of this address, lately, about the platform's own account."""
    by = collector()
    if by is None:
        return False
    told = Request(headers=dict(request.headers), form={}, body=request.get_data())
    try:
        g.told = by.read(told)
    except Forged as forgery:
        current_app.logger.warning("a message as if from the collector: %s", forgery)
        return False
    return True


@hearing.post("/money/stripe/billing")
@from_machine(_is_from_the_collector)
def hear() -> Response:
    """Each has its effect once; what it says is looked at, never believed."""
    by = collector()
    assert by
    try:
        bill = _looked(by, g.told)
    except (Away, Declined):
        return Response(status=AGAIN, headers={"Retry-After": "60"})
    slug = _whose(bill)
    if bill and slug:
        with open_uow(None, Principal.system("stripe")) as region:
            heed(region, slug, g.told, bill)
    return Response(status=200, headers={"Cache-Control": "no-store"})


def heed(region: UnitOfWork, slug: str, told: Told, bill: Bill) -> None:
    """The mark that it was heard stands in the same transaction as its effect."""
    mark = {"event_id": told.event_id, "kind": told.kind, "at": region.now}
    statement = insert(CollectorEvent).values(mark).on_conflict_do_nothing()
    if region.session.scalar(statement.returning(CollectorEvent.event_id)):
        note_bill(region, slug, bill)


def _looked(by: Collector, told: Told) -> Bill | None:
    """The bill as it is there by now; a draft of ours waits for our invoice from here on."""
    bill = by.bill(told.bill_id) if told.bill_id else None
    if bill and bill.state is BillState.DRAFT and _whose(bill):
        by.hold(bill)
    return bill


def _whose(bill: Bill | None) -> str | None:
    """Another customer of the same account is none of ours."""
    if bill is None or not bill.customer_id:
        return None
    row = select(Collection.municipality).where(Collection.customer_id == bill.customer_id)
    with shared_session() as shared:
        return shared.scalar(row)
