"""What a municipality reads of its own costs: this month's, the coming ones, those of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from obshto.billing.sharing.formula import Costs, Item, costs_of_month, total
from obshto.billing.sharing.members import Sharer, as_they_are, sharers
from obshto.billing.sharing.models import Tariff
from obshto.billing.sharing.tariff_terms import Plan, Terms
from obshto.billing.sharing.tariffs import in_force, month_of, tariffs
from obshto.billing.sharing.usage import used_in
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCosts:
    """Of one municipality, in a month. `others` has everybody's sum, its own among them."""

    month: date
    terms: Terms
    plan: Plan | None
    items: Sequence[Item]
    modules: frozenset[str]
    others: Sequence[tuple[Sharer, int]]
    coming: Tariff | None  # the next version, where one is known
    coming_cents: int

    @property
    def cents(self) -> int:
        return total(self.items)


def costs_now(region: UnitOfWork, slug: str) -> MyCosts | None:
    """As if what is on now stayed on this whole month; None where it does not share."""
    month, versions = month_of(day_of(region.now)), tariffs(region)
    now, sharing = in_force(versions, month), sharers(region, month)
    here = next((one for one in sharing if one.slug == slug), None)
    if now is None or here is None:
        return None
    used = used_in(region, month)

    def costs(terms: Terms) -> Costs:
        return costs_of_month(terms, as_they_are(sharing, used, month), month)

    all_of_them = costs(now.said)
    coming = next((one for one in reversed(versions) if one.in_force_on > month), None)
    return MyCosts(
        month=month,
        terms=now.said,
        plan=now.said.plan(here.plan),
        items=all_of_them[slug],
        modules=here.modules,
        others=[(one, total(all_of_them[one.slug])) for one in sharing],
        coming=coming,
        coming_cents=total(costs(coming.said)[slug]) if coming else 0,
    )
