"""What Stripe asks municipalities for: its invoices, which are requests and never documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import stripe
from stripe import StripeClient

from obshto.billing.gateways.collector import Bill, BillState, Came, Sending
from obshto.billing.gateways.stripe_catalog import EURO
from obshto.billing.gateways.stripe_talk import agreeing, answering
from obshto.platform.clock import now

STATES = {
    "draft": BillState.DRAFT,
    "open": BillState.OPEN,
    "paid": BillState.PAID,
    "void": BillState.VOID,
    "uncollectible": BillState.GIVEN_UP,
}
OF_A_MONTH = "subscription_cycle"
THROUGH_STRIPE = ("payment_intent", "charge")  # what an operator marks as paid elsewhere is neither
OURS = "obshto"  # the word under which our own lines are found again


class StripeBills:
    """The half of the collector that is about bills."""

    def __init__(self, client: StripeClient) -> None:
        self._client = client

    def bills(self, customer_id: str) -> Sequence[Bill]:
        with answering(), agreeing():
            found = self._client.v1.invoices.list(
                {"customer": customer_id, "limit": 36, "expand": ["data.payments"]}
            )
        read = (_bill(one.to_dict()) for one in found.data)
        return [bill for bill in read if bill]

    def bill(self, bill_id: str) -> Bill | None:
        try:
            with answering():
                found = self._client.v1.invoices.retrieve(bill_id, {"expand": ["payments"]})
        except (stripe.InvalidRequestError, stripe.PermissionError):
            return None
        return _bill(found.to_dict())

    def hold(self, bill: Bill) -> None:
        with answering(), agreeing():
            self._client.v1.invoices.update(bill.id, {"auto_advance": False})

    def level(self, bill: Bill, sending: Sending) -> Bill:
        """May be broken off anywhere and begun again: what stands there already is found."""
        said: Any = {
            "auto_advance": False,
            "description": sending.said,
            "metadata": {"number": str(sending.number)},
        }
        if (due := _end_of(sending.due_on)) > now().timestamp():  # else Stripe refuses
            said["due_date"] = due
        with answering(), agreeing():
            self._level(bill, sending)
            self._client.v1.invoices.update(bill.id, said)
            self._client.v1.invoices.finalize_invoice(bill.id, {"auto_advance": False})
        levelled = self.bill(bill.id)
        assert levelled
        return levelled

    def deliver(self, bill: Bill) -> None:
        with answering(), agreeing():
            self._client.v1.invoices.send_invoice(
                bill.id, {}, {"idempotency_key": f"send-{bill.id}"}
            )

    def paid_elsewhere(self, bill: Bill) -> None:
        with answering(), agreeing():
            self._client.v1.invoices.pay(bill.id, {"paid_out_of_band": True})

    def take_away(self, bill: Bill) -> None:
        with answering(), agreeing():
            if bill.state is BillState.DRAFT:
                self._client.v1.invoices.delete(bill.id)
            else:
                self._client.v1.invoices.void_invoice(bill.id)

    def _level(self, bill: Bill, sending: Sending) -> None:
        """Add the tax and what Stripe has reckoned otherwise, each once."""
        ours = dict(self._ours(bill))
        difference = sending.net_cents - (bill.cents - sum(ours.values()))
        for word, cents, title in (
            ("vat", sending.vat_cents, sending.vat_title),
            ("difference", difference, sending.difference_title),
        ):
            if cents and word not in ours:
                self._client.v1.invoice_items.create(
                    {
                        "customer": bill.customer_id,
                        "invoice": bill.id,
                        "amount": cents,
                        "currency": EURO,
                        "description": title,
                        "metadata": {OURS: word},
                    },
                    {"idempotency_key": f"{bill.id}-{word}-{cents}"},
                )

    def _ours(self, bill: Bill) -> Iterator[tuple[str, int]]:
        found = self._client.v1.invoice_items.list({"invoice": bill.id, "limit": 100})
        for item in found.data:
            about = item.to_dict().get("metadata") or {}
            if OURS in about:
                yield about[OURS], item.amount


def _bill(found: dict[str, Any]) -> Bill | None:
    if found.get("billing_reason") != OF_A_MONTH or found.get("currency") != EURO:
        return None
    last = datetime.fromtimestamp(found["period_end"], UTC) - timedelta(seconds=1)
    number = str((found.get("metadata") or {}).get("number", ""))
    return Bill(
        id=found["id"],
        customer_id=str(found["customer"]),
        month=last.date().replace(day=1),
        state=STATES[found["status"]],
        cents=found["total"],
        number=int(number) if number.isdecimal() else 0,
        address=found.get("hosted_invoice_url") or "",
        came=list(_came(found)),
    )


def _came(found: dict[str, Any]) -> Iterator[Came]:
    for one in (found.get("payments") or {}).get("data", ()):
        if one["status"] == "paid" and one["payment"]["type"] in THROUGH_STRIPE:
            at = datetime.fromtimestamp(one["status_transitions"]["paid_at"], UTC)
            yield Came(id=one["id"], cents=one["amount_paid"], at=at)


def _end_of(day: date) -> int:
    """The last moment of a day that is over in Bulgaria a little before it is at Greenwich."""
    return int(datetime.combine(day, time(21, 59), UTC).timestamp())
