"""How a citizen is asked for money, and how it is heard that it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast
from uuid import UUID

from flask import current_app
from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork

CASHIER = "obshto.cashier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """Who is to pay: a name as it stands on the bill, the person where they sign in here."""

    name: str = ""
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a bill, in cents of the euro; `kind` where it is another than the bill's."""

    text: str
    cents: int
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """A charge as its maker sees it: what to tell the payer, how it stands. Sums are cents.

    `path` is where it is paid, `desk` where the counter takes it, both below the host and the
    language; `code` is read out at the counter. `paid_on` is the day on which the last of it came;
    it is electronic when none of that came over the counter.
    """

    charge_id: UUID
    code: str
    path: str
    desk: str
    cents: int
    owed_cents: int
    is_paid: bool
    paid_on: date | None
    is_electronic: bool = False


class CashierUnavailable(DomainError):
    """Nobody takes payments in this installation."""

    sentence = _("Порталът още не приема плащания")


class Cashier(Protocol):
    """Port: how a part has something paid.

    What happens to a charge is told by fact: `billing:charge.paid`, `.failed`, `.reopened`,
    `.refunded`, `.cancelled`, each with `subject_id` (the charge), `reference`, `cents`.
    """

    def kinds(self, uow: UnitOfWork) -> dict[str, str]:
        """The kinds of income that can be charged here: title by code. One query."""
        ...

    def charge(
        self,
        uow: UnitOfWork,
        reference: str,
        *,
        cents: int,
        payer: Payer,
        purpose: str,
        kind: str,
        lines: Sequence[Line] = (),
        due_on: date | None = None,
    ) -> Bill:
        """Something to pay, in the work at hand; the same `reference` again answers the first.

        `kind` is the code of a kind of income here. `purpose` is seen by whoever holds the code,
        so it names nobody. Raises NotFound for an unknown kind, Conflict for another sum.
        """
        ...

    def find(self, uow: UnitOfWork, references: Sequence[str]) -> dict[str, Bill]:
        """The bills of these references, by reference. Two queries."""
        ...

    def cancel(self, uow: UnitOfWork, charge_id: UUID) -> None:
        """It is no longer owed. Raises Conflict when something was paid."""
        ...

    def refund(
        self, uow: UnitOfWork, charge_id: UUID, *, cents: int, reason: str, key: UUID
    ) -> None:
        """Ask for money to go back, once for each `key`; staff of finance must still agree.

        Raises DomainError where so much did not come.
        """
        ...


class NoCashier:
    """The default where nobody takes payments."""

    def kinds(self, uow: UnitOfWork) -> dict[str, str]:
        return {}

    def charge(
        self,
        uow: UnitOfWork,
        reference: str,
        *,
        cents: int,
        payer: Payer,
        purpose: str,
        kind: str,
        lines: Sequence[Line] = (),
        due_on: date | None = None,
    ) -> Bill:
        raise CashierUnavailable

    def find(self, uow: UnitOfWork, references: Sequence[str]) -> dict[str, Bill]:
        return {}

    def cancel(self, uow: UnitOfWork, charge_id: UUID) -> None:
        raise CashierUnavailable

    def refund(
        self, uow: UnitOfWork, charge_id: UUID, *, cents: int, reason: str, key: UUID
    ) -> None:
        raise CashierUnavailable


def cashier() -> Cashier:
    """The one supplied, read at call time."""
    return cast(Cashier, current_app.extensions.get(CASHIER) or NoCashier())
