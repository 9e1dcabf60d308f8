"""What every way of paying is to us: a port with capabilities.

A gateway keeps no state and touches no database. It begins a payment, reads what a provider sends,
looks at the provider's own state, gives money back. What it brings is an observation; what follows
from it is decided by `charges`, once for each thing observed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, cast
from uuid import UUID

from flask import current_app

GATEWAYS = "obshto.gateways"
STRIPE = "stripe"  # how charges name the way; said without loading the library


class Capability(StrEnum):
    """What a gateway can do; a page offers no more than that."""

    REDIRECT = "redirect"  # the person goes to the provider's page by an address
    FORM_POST = "form post"  # … by a form that is posted there
    CODE_TO_SHOW = "code to show"  # the person takes a code elsewhere
    NOTICES = "notices"  # the provider tells us
    ACKNOWLEDGEMENT = "acknowledgement"  # … and wants an answer in words of its own
    POLLING = "polling"  # the provider can be asked
    REFUND = "refund"  # money goes back through the provider


class What(StrEnum):
    """What was seen at the provider."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund failed"
    DISPUTED = "disputed"
    DISPUTE_WON = "dispute won"
    DISPUTE_LOST = "dispute lost"


class Forged(Exception):
    """Not signed by the provider, altered, or too old."""


class Declined(Exception):
    """The provider will not begin this payment: nothing was begun, nor will be by trying again."""


class Away(Exception):
    """The provider did not answer. It may have acted: look before acting again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A payment to begin. Sums are whole cents of the euro."""

    municipality: str
    account: str  # the municipality's name at the provider
    charge_id: UUID
    number: int  # of the attempt: the first, the second …
    cents: int
    purpose: str
    code: str
    back_url: str
    language: str

    @property
    def key(self) -> str:
        """The same for the same attempt, however often it is sent."""
        return f"{self.charge_id}-{self.number}-{self.cents}-{self.language}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack:
    """A refund to be made, whole or partial, once for each `refund_id`."""

    municipality: str
    account: str
    charge_id: UUID
    payment_id: str
    refund_id: UUID
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostForm:
    """A form to be posted to the provider by the person's own browser."""

    address: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """Where the person goes on: exactly one of `redirect`, `form`, `code` is given."""

    provider_id: str
    redirect: str | None = None
    form: PostForm | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One thing as it is at the provider.

    `provider_id` names the attempt, refund or dispute, `payment_id` the money that it is about.
    `cents` and `fee_cents` are the provider's figures; one that never names a sum (None) has paid
    what was asked. `municipality` is None where the provider carries no word of ours: then the
    account alone says whose it is.
    """

    what: What
    municipality: str | None
    charge_id: UUID
    provider_id: str
    payment_id: str = ""
    cents: int | None = 0
    fee_cents: int = 0
    refund_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message of a provider, proved to be its own. `subject` is what to look at.

    Where the provider cannot be asked, `told` is what the signed message says.
    """

    event_id: str
    account: str
    kind: str
    subject: str
    told: tuple[Observed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """The answer that a provider waits for."""

    status: int = 200
    body: str = ""
    content_type: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A provider's message: fields of a form, or else the body to the byte."""

    headers: Mapping[str, str]
    form: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Gateway(Protocol):
    """Port: one provider. Methods for which the capability is missing are never called.

    Each that talks to the provider raises `Away`.
    """

    slug: str
    capabilities: frozenset[Capability]
    least_cents: int  # it takes no smaller sum

    def start(self, asked: Asked) -> Started:
        """Begin an attempt; the same key begins it once. Raises Declined."""
        ...

    def read(self, request: Request) -> Sequence[Notice]:
        """What a message says. Raises Forged."""
        ...

    def look(self, account: str, subject: str) -> Sequence[Observed]:
        """What is the case at the provider, causes before effects; nothing for what it denies.

        `subject` is that of a notice, or the `provider_id` of an attempt.
        """
        ...

    def refund(self, wish: GiveBack) -> Sequence[Observed]:
        """Give money back, once for each `refund_id`; nothing yet where it takes its time."""
        ...

    def acknowledge(self, notices: Sequence[Notice], known: Sequence[bool]) -> Acknowledgement:
        """What to answer; `known` says of each notice whether it was about something of ours."""
        ...


def gateways() -> Mapping[str, Gateway]:
    """Those that the installation is configured for, read at call time."""
    return cast(Mapping[str, Gateway], current_app.extensions.get(GATEWAYS, {}))
