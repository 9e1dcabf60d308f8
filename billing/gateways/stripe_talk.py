"""How Stripe is spoken to, whatever about: its answers as ours, its messages proved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stripe
from stripe import StripeClient

from obshto.billing.gateways.port import Away, Declined, Forged, Request
from obshto.platform.clock import now
from obshto.platform.practice_exits import refuse_exit_in_practice

OLDEST = 300  # seconds, in the past or, by a clock that runs ahead, in the future
PATIENCE = 15  # seconds for one answer


class GuardedClient(stripe.RequestsClient):
    """HTTP client of Stripe's library that never asks for the practice municipality."""

    def request(self, *args: Any, **kwargs: Any) -> Any:
        """Raises StaysInside there."""
        refuse_exit_in_practice()
        return super().request(*args, **kwargs)


def client_of(key: str, api: str) -> StripeClient:
    """`api` stands in for Stripe's own address in tests."""
    return StripeClient(
        key,
        base_addresses={"api": api} if api else {},
        max_network_retries=1,
        http_client=GuardedClient(timeout=PATIENCE),
    )


def event_of(client: StripeClient, request: Request, secret: str) -> dict[str, Any]:
    """The message, signed with this secret, lately. Raises Forged."""
    signed = request.headers.get("Stripe-Signature", "")
    try:
        event = client.construct_event(request.body, signed, secret, OLDEST)
    except (ValueError, stripe.SignatureVerificationError) as error:
        raise Forged(str(error)) from error
    if _signed_at(signed) > now().timestamp() + OLDEST:
        raise Forged("signed in the future")
    return event.to_dict()


@contextmanager
def answering() -> Iterator[None]:
    """Whatever leaves it open what Stripe did."""
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise Away(str(error)) from error
    except stripe.APIError as error:
        raise Away(str(error)) from error


@contextmanager
def agreeing() -> Iterator[None]:
    """An answer that is no: a sum too small, an account that may not take cards, a wrong key."""
    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError):
        raise
    except stripe.StripeError as error:
        raise Declined(str(error)) from error


def _signed_at(header: str) -> int:
    times = [pair[2:] for pair in header.split(",") if pair.startswith("t=")]
    return int(times[0])
