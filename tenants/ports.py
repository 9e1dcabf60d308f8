"""What this room needs of rooms above it: declared here, supplied at composition."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, cast
from uuid import UUID

from flask import current_app
from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError
from obshto.platform.work import Work

DIRECTORY = "obshto.directory"
CASHIER = "obshto.cashier"
ENTITLEMENTS = "obshto.entitlements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who belongs to a municipality's organization in the identity provider.

    `subject` is the provider's own id. Somebody invited who has not answered yet has none.
    """

    name: str
    email: str
    subject: str | None
    has_second_factor: bool


class WayKind(StrEnum):
    """By what somebody shows who they are."""

    PASSWORD = "password"  # noqa: S105  # the name of a kind
    PASSKEY = "passkey"  # finger, face or PIN of a device
    CODES = "codes"  # six figures from a phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One thing by which somebody signs in. `way_id` is the provider's own name for it."""

    kind: WayKind
    way_id: str
    label: str
    made_at: datetime


class DirectoryUnavailable(Exception):
    """The identity provider did not answer. Nothing was changed."""


class Directory(Protocol):
    """Port: who belongs to a municipality, as the identity provider keeps it.

    Each act may be repeated without harm. Each raises `DirectoryUnavailable`.
    """

    def ensure_organization(self, municipality: str, titles: Mapping[str, str]) -> str:
        """The id of the municipality's organization, made where there is none."""
        ...

    def remove_organization(self, municipality: str) -> None:
        """The municipality has left. Its people keep their accounts."""
        ...

    def members(self, municipality: str) -> Collection[Member]:
        """Those who belong, and those invited who have not answered."""
        ...

    def belongs(self, municipality: str, subject: str) -> bool:
        """Whether somebody is a member at this moment, and may sign in at all."""
        ...

    def invite(self, municipality: str, *, email: str, name: str, language: str) -> None:
        """Make somebody a member; who has no account yet is asked by letter to make one."""
        ...

    def remove(self, municipality: str, *, email: str = "", subject: str = "") -> None:
        """They belong no longer, an unanswered invitation included; the account stays.

        Who has answered is named by subject: the address may be another's by now.
        """
        ...

    def ways(self, subject: str) -> Collection[Way]:
        """By what somebody signs in, the oldest first; nothing of who is not there."""
        ...

    def forget_second_factor(self, subject: str) -> None:
        """Their phone is lost: passkeys and codes go, new ones are set up at the next need."""
        ...

    def end_sessions(self, subject: str) -> None:
        """Sign somebody out of the provider, everywhere."""
        ...

    def end_session(self, session: str) -> None:
        """End one session of the provider, as its tokens call it: one browser is signed out."""
        ...


class NoDirectory:
    """The default where no identity provider is connected: nobody belongs anywhere."""

    def ensure_organization(self, municipality: str, titles: Mapping[str, str]) -> str:
        raise DirectoryUnavailable

    def remove_organization(self, municipality: str) -> None:
        raise DirectoryUnavailable

    def members(self, municipality: str) -> Collection[Member]:
        raise DirectoryUnavailable

    def belongs(self, municipality: str, subject: str) -> bool:
        raise DirectoryUnavailable

    def invite(self, municipality: str, *, email: str, name: str, language: str) -> None:
        raise DirectoryUnavailable

    def remove(self, municipality: str, *, email: str = "", subject: str = "") -> None:
        raise DirectoryUnavailable

    def ways(self, subject: str) -> Collection[Way]:
        raise DirectoryUnavailable

    def forget_second_factor(self, subject: str) -> None:
        raise DirectoryUnavailable

    def end_sessions(self, subject: str) -> None:
        raise DirectoryUnavailable

    def end_session(self, session: str) -> None:
        raise DirectoryUnavailable


def directory() -> Directory:
    """The one supplied, read at call time."""
    return cast(Directory, current_app.extensions.get(DIRECTORY) or NoDirectory())


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
    language; `code` is read out at the counter. `paid_on` is the day on which the last of it came.
    """

    charge_id: UUID
    code: str
    path: str
    desk: str
    cents: int
    owed_cents: int
    is_paid: bool
    paid_on: date | None


class CashierUnavailable(DomainError):
    """Nobody takes payments in this installation."""

    sentence = _("Порталът още не приема плащания")


class Cashier(Protocol):
    """Port: how a part has something paid.

    What happens to a charge is told by fact: `billing:charge.paid`, `.failed`, `.reopened`,
    `.refunded`, `.cancelled`, each with `subject_id` (the charge), `reference`, `cents`.
    """

    def kinds(self, work: Work) -> dict[str, str]:
        """The kinds of income that can be charged here: title by code. One query."""
        ...

    def charge(
        self,
        work: Work,
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

    def find(self, work: Work, references: Sequence[str]) -> dict[str, Bill]:
        """The bills of these references, by reference. Two queries."""
        ...

    def cancel(self, work: Work, charge_id: UUID) -> None:
        """It is no longer owed. Raises Conflict when something was paid."""
        ...

    def refund(self, work: Work, charge_id: UUID, *, cents: int, reason: str, key: UUID) -> None:
        """Ask for money to go back, once for each `key`; staff of finance must still agree.

        Raises DomainError where so much did not come.
        """
        ...


class NoCashier:
    """The default where nobody takes payments."""

    def kinds(self, work: Work) -> dict[str, str]:
        return {}

    def charge(
        self,
        work: Work,
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

    def find(self, work: Work, references: Sequence[str]) -> dict[str, Bill]:
        return {}

    def cancel(self, work: Work, charge_id: UUID) -> None:
        raise CashierUnavailable

    def refund(self, work: Work, charge_id: UUID, *, cents: int, reason: str, key: UUID) -> None:
        raise CashierUnavailable


def cashier() -> Cashier:
    """The one supplied, read at call time."""
    return cast(Cashier, current_app.extensions.get(CASHIER) or NoCashier())


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a municipality pays for a month, before and after a change: cents without VAT."""

    now_cents: int
    then_cents: int


class Entitlements(Protocol):
    """Port: what a municipality may switch on, and what that costs. All is read from the region."""

    def outside(
        self, region: Work, municipality: str, modules: Collection[str]
    ) -> tuple[str, frozenset[str]]:
        """The title of its plan, and those of the modules that the plan does not carry."""
        ...

    def quote(self, region: Work, municipality: str, modules: Collection[str]) -> Quote | None:
        """What it would pay if these were on; None where it pays for nothing."""
        ...


class NoEntitlements:
    """The default where nobody keeps plans: everything may be switched on, nothing is paid."""

    def outside(
        self, region: Work, municipality: str, modules: Collection[str]
    ) -> tuple[str, frozenset[str]]:
        return "", frozenset()

    def quote(self, region: Work, municipality: str, modules: Collection[str]) -> Quote | None:
        return None


def entitlements() -> Entitlements:
    """The ones supplied, read at call time."""
    return cast(Entitlements, current_app.extensions.get(ENTITLEMENTS) or NoEntitlements())
