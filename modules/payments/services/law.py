"""The days and discounts that the law itself sets: Local Taxes and Fees Act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from obshto.platform.legal.terms import roll

PROPERTY, VEHICLE, DOG = "442100", "442300", "448013"
# Fines, sanctions and interest itself: no interest runs on any of them (ДОПК, art. 175, para. 3).
FINES_AND_INTEREST = "446500"
HALVES = ((6, 30), (10, 31))  # art. 28, para. 1; art. 60, para. 1
EARLY, EARLY_PERCENT = (4, 30), 5  # art. 28, para. 2; art. 60, para. 1
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Of one kind of income in one year: the last days of its instalments, what is less early.

    `discount_percent` is taken off the whole year when all of it is paid by `discount_until`.
    """

    due_on: tuple[date, ...] = ()
    discount_percent: int = 0
    discount_until: date | None = None

    def due(self, instalment: int) -> date | None:
        """The last day of an instalment; 0 is the whole year, due with its first one."""
        place = max(0, instalment - 1)
        return self.due_on[place] if place < len(self.due_on) else None

    def discount_on(self, day: date) -> int:
        """The percents that who pays the whole year on that day is spared."""
        is_early = self.discount_until is not None and day <= self.discount_until
        return self.discount_percent if is_early else 0


def law_percent(kind: str) -> int | None:
    """What is less early where the law itself says how much; None where a council may say."""
    return EARLY_PERCENT if kind in (PROPERTY, VEHICLE) else None


@lru_cache(maxsize=1_000)  # each row of a file asks twice
def law_days(kind: str, year: int) -> Days:
    """What holds where the municipality has said nothing; nothing for most kinds."""
    if kind in (PROPERTY, VEHICLE):
        return Days(
            due_on=tuple(roll(date(year, *half)) for half in HALVES),
            discount_percent=EARLY_PERCENT,
            discount_until=roll(date(year, *EARLY)),
        )
    if kind == DOG:
        return Days(due_on=(roll(date(year, 3, 31)),))  # art. 117
    return Days()
