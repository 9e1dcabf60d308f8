"""What Stripe must know before it asks anybody: products, their prices, the meters.

Each is found by a name of ours before it is made, so nothing stands there twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import stripe
from stripe import StripeClient

from obshto.billing.gateways.collector import Term
from obshto.billing.sharing.tariff_terms import Metered

EURO = "eur"
AT_ONCE = 10  # names that Stripe looks for in one question
PRECISE = Decimal("0.000000000001")  # as fine as Stripe reckons a price
TAKEN = "resource_already_exists"
# Room is measured anew each day, so the last measure is the one that holds; others sum up.
AGGREGATED = {Metered.SMS: "sum", Metered.HELP: "sum", Metered.STORAGE: "last"}


def prices_of(client: StripeClient, terms: Sequence[Term]) -> dict[str, str]:
    """Stripe's names of the prices by ours; those that are missing are made."""
    known = dict(_known(client, [term.key for term in terms]))
    return {term.key: known.get(term.key) or _made(client, term) for term in terms}


def event_name(meter: Metered) -> str:
    """How a meter is called where its events are told."""
    return f"obshto_{meter.value}"


def _known(client: StripeClient, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    for first in range(0, len(keys), AT_ONCE):
        found = client.v1.prices.list(
            {"lookup_keys": list(keys[first : first + AT_ONCE]), "active": True, "limit": 100}
        )
        yield from ((str(price.lookup_key), price.id) for price in found.data)


def _made(client: StripeClient, term: Term) -> str:
    said: Any = {
        "currency": EURO,
        "product": _product(client, term),
        "lookup_key": term.key,
        "tax_behavior": "exclusive",
        "recurring": {"interval": "month"},
        **_amount(term),
    }
    if term.meter:
        said["recurring"] |= {"usage_type": "metered", "meter": _meter(client, term.meter)}
    return client.v1.prices.create(said, {"idempotency_key": f"price-{term.key}"}).id


def _amount(term: Term) -> dict[str, Any]:
    if term.meter is None:
        return {"unit_amount": term.cents}
    each = {"unit_amount_decimal": (Decimal(term.rate.cents) / term.meter.per).quantize(PRECISE)}
    if not term.rate.free:
        return {"billing_scheme": "per_unit", **each}
    free = {"up_to": term.rate.free * term.meter.per, "unit_amount": 0}
    tiers = [free, {"up_to": "inf", **each}]
    return {"billing_scheme": "tiered", "tiers_mode": "graduated", "tiers": tiers}


def _product(client: StripeClient, term: Term) -> str:
    name = f"obshto-{term.word.replace(':', '-')}"
    try:
        client.v1.products.create({"id": name, "name": term.title})
    except stripe.InvalidRequestError as refusal:
        if refusal.code != TAKEN:
            raise
    return name


def _meter(client: StripeClient, meter: Metered) -> str:
    name = event_name(meter)
    for found in client.v1.billing.meters.list({"status": "active", "limit": 100}).data:
        if found.event_name == name:
            return found.id
    made = client.v1.billing.meters.create(
        {
            "display_name": name,
            "event_name": name,
            "default_aggregation": {"formula": AGGREGATED[meter]},
            "customer_mapping": {"type": "by_id", "event_payload_key": "stripe_customer_id"},
            "value_settings": {"event_payload_key": "value"},
        },
        {"idempotency_key": f"meter-{name}"},
    )
    return made.id
