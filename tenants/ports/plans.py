"""What a municipality's plan carries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol, cast

from flask import current_app

from obshto.platform.unit_of_work import UnitOfWork

ENTITLEMENTS = "obshto.entitlements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a municipality pays for a month, before and after a change: cents without VAT."""

    now_cents: int
    then_cents: int


class Entitlements(Protocol):
    """Port: what a municipality may switch on, and what that costs. All is read from the region."""

    def outside(
        self, region: UnitOfWork, municipality: str, modules: Collection[str]
    ) -> tuple[str, frozenset[str]]:
        """The title of its plan, and those of the modules that the plan does not carry."""
        ...

    def quote(
        self, region: UnitOfWork, municipality: str, modules: Collection[str]
    ) -> Quote | None:
        """What it would pay if these were on; None where it pays for nothing."""
        ...


class NoEntitlements:
    """The default where nobody keeps plans: everything may be switched on, nothing is paid."""

    def outside(
        self, region: UnitOfWork, municipality: str, modules: Collection[str]
    ) -> tuple[str, frozenset[str]]:
        return "", frozenset()

    def quote(
        self, region: UnitOfWork, municipality: str, modules: Collection[str]
    ) -> Quote | None:
        return None


def entitlements() -> Entitlements:
    """The ones supplied, read at call time."""
    return cast(Entitlements, current_app.extensions.get(ENTITLEMENTS) or NoEntitlements())
