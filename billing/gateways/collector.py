"""What a service that collects invoices is to us: it asks for money, our tables are the truth.

A collector keeps no state and touches no database. All sums are whole cents of the euro, months
are their first days. Each method that talks to the service raises `Away` where it left open what
happened and `Declined` where the answer is no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, cast

from flask import current_app

from obshto.billing.gateways.port import Request
from obshto.billing.sharing.tariff_terms import Metered, Rate

COLLECTOR = "obshto.collector"


class BillState(StrEnum):
    DRAFT = "draft"  # nobody was asked yet
    OPEN = "open"
    PAID = "paid"
    VOID = "void"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """Who is asked for the money."""

    slug: str
    name: str
    email: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A line of the agreement: so much for each month, or by what is used where `meter` is given.

    `key` is the same for the same price, and another for another.
    """

    word: str
    title: str
    cents: int = 0
    meter: Metered | None = None
    rate: Rate = field(default_factory=Rate)

    @property
    def key(self) -> str:
        if self.meter is None:
            return f"obshto:{self.word}:{self.cents}"
        return f"obshto:{self.word}:{self.rate.cents}:{self.rate.free}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """As it stands there: the service's own names of lines by key of the price."""

    id: str
    lines: Mapping[str, str]
    is_live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """So much was used: `id` names the cause, so it counts once however often it is sent."""

    id: str
    meter: Metered
    value: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Money that came for a bill, through the service itself."""

    id: str
    cents: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What the service asks for a month. `number` is that of our invoice, 0 until it is known."""

    id: str
    customer_id: str
    month: date
    state: BillState
    cents: int
    number: int = 0
    address: str = ""  # of the page on which it is paid
    came: Sequence[Came] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What our invoice says, for the bill to ask for exactly that."""

    number: int
    net_cents: int
    vat_cents: int
    due_on: date
    said: str  # a sentence that stands on the bill
    vat_title: str
    difference_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message of the service, proved to be its own. `bill_id` is empty for any other subject."""

    event_id: str
    kind: str
    bill_id: str


class Collector(Protocol):
    """Port: one service."""

    def enrol(self, debtor: Debtor) -> str:
        """Its name for the municipality."""
        ...

    def keep_name(self, customer_id: str, debtor: Debtor) -> bool:
        """Write name, letter box and address anew where they differ; whether they did."""
        ...

    def agreement(self, customer_id: str) -> Agreement | None:
        """The living one of this municipality."""
        ...

    def agree(
        self, customer_id: str, terms: Sequence[Term], *, due_days: int, choice: str
    ) -> Agreement:
        """A new one, once for each `choice`. It asks by letter, first when this month is over."""
        ...

    def adjust(self, agreement: Agreement, terms: Sequence[Term]) -> None:
        """Make its lines those; what is paid for days is our invoice's to say."""
        ...

    def end(self, agreement: Agreement) -> None:
        """It asks for nothing more."""
        ...

    def measure(self, customer_id: str, measure: Measure) -> None:
        """Tell what was used; one that it knows already is told well."""
        ...

    def bills(self, customer_id: str) -> Sequence[Bill]:
        """Those of the agreement, the last one first."""
        ...

    def bill(self, bill_id: str) -> Bill | None:
        """One of them; None where it is none of ours."""
        ...

    def hold(self, bill: Bill) -> None:
        """Keep a draft from being sent by itself."""
        ...

    def level(self, bill: Bill, sending: Sending) -> Bill:
        """Make a draft ask for what our invoice says; nothing of it changes afterwards."""
        ...

    def deliver(self, bill: Bill) -> None:
        """Send the letter that asks for it, once."""
        ...

    def paid_elsewhere(self, bill: Bill) -> None:
        """It came by another way: ask no more."""
        ...

    def take_away(self, bill: Bill) -> None:
        """Nothing is owed: a draft disappears, one that was sent is void."""
        ...

    def read(self, request: Request) -> Told:
        """What a message says. Raises Forged, also for one of a connected account."""
        ...


def collector() -> Collector | None:
    """The one that the installation is configured for, read at call time."""
    return cast(Collector | None, current_app.extensions.get(COLLECTOR))
