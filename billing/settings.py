"""What a municipality says about where its money goes."""

from __future__ import annotations

from dataclasses import dataclass

from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

SLUG = "billing"


@dataclass(frozen=True, kw_only=True)
class BillingSettings:
    """The account for transfers (empty: none yet), and where the counter is."""

    holder: str = ""
    iban: str = ""
    bic: str = ""
    bank: str = ""
    counter: str = ""

    @property
    def takes_transfers(self) -> bool:
        return bool(self.holder and self.iban)


def billing_settings(uow: UnitOfWork) -> BillingSettings:
    """One query."""
    return settings_of(uow, SLUG, BillingSettings)
