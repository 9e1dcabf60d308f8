"""The formula itself: from terms and numbers to what each municipality pays for a month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from obshto.billing.sharing.rounding import of_month, rounded, shares
from obshto.billing.sharing.tariff_terms import Metered, Terms

BASE, POPULATION, MODULE = "base", "population", "module:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a municipality used in a month: days by module, counted units by meter."""

    modules: Mapping[str, int] = field(default_factory=dict)
    meters: Mapping[Metered, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One that shares the costs, with its numbers."""

    slug: str
    population: int
    used: Used = field(default_factory=Used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of what is paid: `word` is „base“, „population“, „module:news“, „sms“.

    `number` of `whole` is what was used: residents, days of the month, counted units. `price` is
    that of a whole, of which `free` are not paid; what is shared by all has none.
    """

    word: str
    cents: int
    number: int = 0
    whole: int = 0
    price: int = 0
    free: int = 0


Costs = dict[str, list[Item]]


def costs_of_month(terms: Terms, members: Sequence[Member], month: date) -> Costs:
    """The lines of each member. What is shared by all sums up exactly, whatever the numbers."""
    base = shares(terms.base_cents, [1] * len(members))
    residents = [member.population for member in members]
    population = shares(terms.population_cents, residents)
    return {
        member.slug: [
            Item(word=BASE, cents=of_month(base[n], month), number=1, whole=len(members)),
            Item(
                word=POPULATION,
                cents=of_month(population[n], month),
                number=member.population,
                whole=sum(residents),
            ),
            *_modules(terms, member.used, month),
            *_meters(terms, member.used),
        ]
        for n, member in enumerate(members)
    }


def total(items: Sequence[Item]) -> int:
    return sum(item.cents for item in items)


def days_of(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def whole_month(modules: Sequence[str] | frozenset[str], month: date) -> dict[str, int]:
    """These modules, as if each were on the whole month."""
    return dict.fromkeys(sorted(modules), days_of(month))


def _modules(terms: Terms, used: Used, month: date) -> Iterator[Item]:
    """By the days on which a module was on."""
    whole = days_of(month)
    for slug, price in sorted(terms.modules.items()):
        if days := min(used.modules.get(slug, 0), whole):
            cents = rounded(price, days, whole)
            yield Item(word=f"{MODULE}{slug}", cents=cents, number=days, whole=whole, price=price)


def _meters(terms: Terms, used: Used) -> Iterator[Item]:
    """What goes beyond the free units."""
    for metered in Metered:
        rate, number = terms.rate(metered), used.meters.get(metered, 0)
        paid = max(0, number - rate.free * metered.per)
        if number:
            cents = rounded(rate.cents, paid, metered.per)
            yield Item(
                word=metered.value,
                cents=cents,
                number=number,
                whole=metered.per,
                price=rate.cents,
                free=rate.free,
            )
