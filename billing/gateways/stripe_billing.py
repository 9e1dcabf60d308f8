"""Stripe Billing: a subscription for each municipality that collects what our invoices say.

On the platform's own account, never on a connected one. One line for each module with a price for
the month, meters for what is used, `send_invoice`: nobody's card is charged by itself. Stripe asks
for a month in advance; the first bill is drafted when the month of the agreement is over and taken
for that month, so that both sides speak of the same. https://docs.stripe.com/billing
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import stripe

from obshto.billing.gateways.collector import Agreement, Debtor, Measure, Term, Told
from obshto.billing.gateways.port import Forged, Request
from obshto.billing.gateways.stripe_bills import StripeBills
from obshto.billing.gateways.stripe_catalog import event_name, prices_of
from obshto.billing.gateways.stripe_talk import agreeing, answering, client_of, event_of

LIVING = ("active", "past_due", "unpaid", "trialing")
TWICE = ("already exists", "duplicate")
FIRST = {"day_of_month": 1, "hour": 0, "minute": 0, "second": 0}


class StripeCollector(StripeBills):
    """`webhook_secret` is that of an endpoint for the platform's own account."""

    def __init__(self, key: str, webhook_secret: str, *, api: str = "") -> None:
        super().__init__(client_of(key, api))
        self._secret = webhook_secret

    def enrol(self, debtor: Debtor) -> str:
        said = _said(debtor) | {"metadata": {"municipality": debtor.slug}}
        with answering(), agreeing():
            key = f"customer-{debtor.slug}-{_print(said)}"
            return self._client.v1.customers.create(said, {"idempotency_key": key}).id

    def keep_name(self, customer_id: str, debtor: Debtor) -> bool:
        said = _said(debtor)
        with answering(), agreeing():
            found = self._client.v1.customers.retrieve(customer_id).to_dict()
            there: dict[str, Any] = {name: found.get(name) for name in said}
            place = found.get("address") or {}
            there["address"] = {name: place.get(name) for name in said["address"]}
            if there == said:
                return False
            self._client.v1.customers.update(customer_id, said)
        return True

    def agreement(self, customer_id: str) -> Agreement | None:
        with answering(), agreeing():
            found = self._client.v1.subscriptions.list({"customer": customer_id, "limit": 10})
        read = (_agreement(one.to_dict()) for one in found.data)
        return next((one for one in read if one.is_live), None)

    def agree(
        self, customer_id: str, terms: Sequence[Term], *, due_days: int, choice: str
    ) -> Agreement:
        with answering(), agreeing():
            prices = prices_of(self._client, terms)
            said: Any = {
                "customer": customer_id,
                "items": [{"price": prices[term.key]} for term in terms],
                "collection_method": "send_invoice",
                "days_until_due": due_days,
                "billing_cycle_anchor_config": FIRST,
                "proration_behavior": "none",
            }
            made = self._client.v1.subscriptions.create(
                said, {"idempotency_key": f"agree-{choice}-{_print(said)}"}
            )
            return _agreement(made.to_dict())

    def adjust(self, agreement: Agreement, terms: Sequence[Term]) -> None:
        wanted = {term.key for term in terms}
        with answering(), agreeing():
            prices = prices_of(self._client, terms)
            gone = [
                {"id": line, "deleted": True}
                for key, line in agreement.lines.items()
                if key not in wanted
            ]
            new = [{"price": prices[key]} for key in prices if key not in agreement.lines]
            said: Any = {"items": [*gone, *new], "proration_behavior": "none"}
            self._client.v1.subscriptions.update(agreement.id, said)

    def end(self, agreement: Agreement) -> None:
        with answering(), agreeing():
            self._client.v1.subscriptions.cancel(
                agreement.id, {"invoice_now": False, "prorate": False}
            )

    def measure(self, customer_id: str, measure: Measure) -> None:
        try:
            with answering():
                self._client.v1.billing.meter_events.create(
                    {
                        "event_name": event_name(measure.meter),
                        "identifier": measure.id,
                        "timestamp": int(measure.at.timestamp()),
                        "payload": {
                            "stripe_customer_id": customer_id,
                            "value": str(measure.value),
                        },
                    },
                    {"idempotency_key": f"measure-{measure.id}"},
                )
        except stripe.StripeError as refusal:
            if not any(word in str(refusal) for word in TWICE):
                with agreeing():
                    raise

    def read(self, request: Request) -> Told:
        told = event_of(self._client, request, self._secret)
        if told.get("account"):  # a municipality's own money: heard at another address
            raise Forged("of a connected account")
        about = told["data"]["object"]
        is_bill = about.get("object") == "invoice"
        bill_id = about.get("id", "") if is_bill else ""
        return Told(event_id=told["id"], kind=told["type"], bill_id=bill_id)


def _said(debtor: Debtor) -> Any:
    return {
        "name": debtor.name,
        "email": debtor.email,
        "address": {"line1": debtor.address, "country": "BG"},
        "preferred_locales": ["bg"],
    }


def _agreement(found: dict[str, Any]) -> Agreement:
    """A line that somebody added there by hand has no key of ours: its own name stands for it."""
    lines = {
        item["price"].get("lookup_key") or item["id"]: item["id"] for item in found["items"]["data"]
    }
    return Agreement(id=found["id"], lines=lines, is_live=found["status"] in LIVING)


def _print(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:24]
