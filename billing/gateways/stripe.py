"""Stripe: Checkout on the municipality's own connected account, by direct charges.

Nothing is taken from a public fee for the platform. What a message says is never believed: the
object is fetched again. https://docs.stripe.com/connect/direct-charges
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import stripe

from obshto.billing.gateways.port import (
    STRIPE,
    Acknowledgement,
    Asked,
    Capability,
    GiveBack,
    Notice,
    Observed,
    Request,
    Started,
    What,
)
from obshto.billing.gateways.stripe_talk import agreeing, answering, client_of, event_of

EURO = "eur"
WITH_FEE = ["payment_intent.latest_charge.balance_transaction"]
DISPUTES = {"won": What.DISPUTE_WON, "lost": What.DISPUTE_LOST}
REFUNDS = {
    "succeeded": What.REFUNDED,
    "failed": What.REFUND_FAILED,
    "canceled": What.REFUND_FAILED,
}


class StripeGateway:
    """`api` stands in for Stripe's own address in tests."""

    slug = STRIPE
    capabilities = frozenset(
        (Capability.REDIRECT, Capability.NOTICES, Capability.POLLING, Capability.REFUND)
    )

    least_cents = 50

    def __init__(self, key: str, webhook_secret: str, *, api: str = "") -> None:
        self._secret = webhook_secret
        self._client = client_of(key, api)

    def start(self, asked: Asked) -> Started:
        """A session lives a day; the same attempt gets the same one."""
        about = {
            "municipality": asked.municipality,
            "charge": str(asked.charge_id),
            "attempt": str(asked.number),
        }
        with answering(), agreeing():
            session = self._client.v1.checkout.sessions.create(
                {
                    "mode": "payment",
                    "locale": asked.language,
                    "client_reference_id": asked.code,
                    "line_items": [
                        {
                            "quantity": 1,
                            "price_data": {
                                "currency": EURO,
                                "unit_amount": asked.cents,
                                "product_data": {"name": asked.purpose[:250]},
                            },
                        }
                    ],
                    "metadata": about,
                    "payment_intent_data": {"metadata": about},
                    "success_url": asked.back_url,
                    "cancel_url": asked.back_url,
                },
                {"stripe_account": asked.account, "idempotency_key": asked.key},
            )
        return Started(provider_id=session.id, redirect=session.url)

    def read(self, request: Request) -> Sequence[Notice]:
        told = event_of(self._client, request, self._secret)
        about = told["data"]["object"]
        subject = f"{about.get('object', '')}:{about.get('id', '')}"
        account = told.get("account") or ""
        return [Notice(event_id=told["id"], account=account, kind=told["type"], subject=subject)]

    def look(self, account: str, subject: str) -> Sequence[Observed]:
        kind, _, name = subject.rpartition(":")
        looks: dict[str, Callable[[str, str], list[Observed]]] = {
            "": self._session,  # an attempt, as `start` has named it
            "checkout.session": self._session,
            "refund": self._refund,
            "dispute": self._dispute,
        }
        if kind not in looks:
            return []
        try:
            with answering():
                return looks[kind](account, name)
        except (stripe.InvalidRequestError, stripe.PermissionError):
            return []  # no such thing in this account

    def refund(self, wish: GiveBack) -> Sequence[Observed]:
        about = {
            "municipality": wish.municipality,
            "charge": str(wish.charge_id),
            "refund": str(wish.refund_id),
        }
        try:
            with answering():
                made = self._client.v1.refunds.create(
                    {"payment_intent": wish.payment_id, "amount": wish.cents, "metadata": about},
                    {"stripe_account": wish.account, "idempotency_key": f"refund-{wish.refund_id}"},
                )
        except stripe.InvalidRequestError:  # given back already, by another hand
            return [_failed(wish)]
        return self.look(wish.account, f"refund:{made.id}")

    def acknowledge(self, notices: Sequence[Notice], known: Sequence[bool]) -> Acknowledgement:
        """200 for what is not ours, too: else Stripe would send it for three days."""
        return Acknowledgement()

    def _session(self, account: str, name: str) -> list[Observed]:
        found = self._client.v1.checkout.sessions.retrieve(
            name, {"expand": WITH_FEE}, {"stripe_account": account}
        )
        return _of_session(found.to_dict())

    def _payment(self, account: str, payment_id: str | None) -> list[Observed]:
        """The session behind some money: without one it was never ours."""
        if not payment_id:  # a charge without an intent; to ask for none would list them all
            return []
        found = self._client.v1.checkout.sessions.list(
            {"payment_intent": payment_id, "limit": 1}, {"stripe_account": account}
        )
        return [seen for session in found.data for seen in self._session(account, session.id)]

    def _refund(self, account: str, name: str) -> list[Observed]:
        found = self._client.v1.refunds.retrieve(name, {}, {"stripe_account": account}).to_dict()
        paid = self._payment(account, found.get("payment_intent"))
        what = REFUNDS.get(found["status"])
        if not paid or what is None:
            return paid
        refund_id = _uuid(found.get("metadata", {}).get("refund"))
        return [*paid, _after(paid[0], what, found, refund_id=refund_id)]

    def _dispute(self, account: str, name: str) -> list[Observed]:
        found = self._client.v1.disputes.retrieve(name, {}, {"stripe_account": account}).to_dict()
        paid = self._payment(account, found.get("payment_intent"))
        if not paid or found["status"].startswith("warning"):  # a question, no money has moved
            return paid
        fee = sum(moved.get("fee", 0) for moved in found.get("balance_transactions", ()))
        seen = [*paid, _after(paid[0], What.DISPUTED, found, fee_cents=fee)]
        ended = DISPUTES.get(found["status"])
        return [*seen, _after(paid[0], ended, found)] if ended else seen


def _of_session(session: dict[str, Any]) -> list[Observed]:
    about = session.get("metadata") or {}
    charge_id, what = _uuid(about.get("charge")), _state(session)
    if charge_id is None or what is None or session["currency"] != EURO:
        return []
    intent = session.get("payment_intent") or {}
    return [
        Observed(
            what=what,
            municipality=about.get("municipality", ""),
            charge_id=charge_id,
            provider_id=session["id"],
            payment_id=intent.get("id", ""),
            cents=session["amount_total"],
            fee_cents=_fee(intent),
        )
    ]


def _state(session: dict[str, Any]) -> What | None:
    if session["payment_status"] == "paid":
        return What.PAID
    if session["status"] == "expired":
        return What.EXPIRED
    if session["status"] != "complete":
        return None  # the person is still at it
    intent = session.get("payment_intent") or {}
    refused = intent.get("status") in ("requires_payment_method", "canceled")
    return What.FAILED if refused else What.PENDING


def _fee(intent: dict[str, Any]) -> int:
    """Cents that Stripe has kept; 0 until it knows."""
    charge = intent.get("latest_charge") or {}
    moved = charge.get("balance_transaction") or {} if isinstance(charge, dict) else {}
    in_euro = isinstance(moved, dict) and moved.get("currency") == EURO
    return int(moved["fee"]) if in_euro else 0


def _after(
    paid: Observed,
    what: What,
    found: dict[str, Any],
    *,
    refund_id: UUID | None = None,
    fee_cents: int = 0,
) -> Observed:
    """Something that befell money which had come."""
    return Observed(
        what=what,
        municipality=paid.municipality,
        charge_id=paid.charge_id,
        provider_id=found["id"],
        payment_id=paid.payment_id,
        cents=found["amount"],
        fee_cents=fee_cents,
        refund_id=refund_id,
    )


def _failed(wish: GiveBack) -> Observed:
    return Observed(
        what=What.REFUND_FAILED,
        municipality=wish.municipality,
        charge_id=wish.charge_id,
        provider_id="",
        payment_id=wish.payment_id,
        cents=wish.cents,
        refund_id=wish.refund_id,
    )


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
