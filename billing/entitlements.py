"""Supplies the port of tenants: what a plan allows, what a change would cost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from obshto.billing.sharing.formula import Costs, costs_of_month, total
from obshto.billing.sharing.members import Sharer, as_they_are, plan_of, sharers
from obshto.billing.sharing.tariff_terms import Terms
from obshto.billing.sharing.tariffs import month_of, tariff_in_force
from obshto.billing.sharing.usage import used_in
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.ports import Quote


class PlanEntitlements:
    """By the plan and the formula in force. Who is late with an invoice loses nothing."""

    def outside(
        self, region: UnitOfWork, municipality: str, modules: Collection[str]
    ) -> tuple[str, frozenset[str]]:
        plan = plan_of(region, municipality)
        return (plan.title, plan.outside(modules)) if plan else ("", frozenset())

    def quote(
        self, region: UnitOfWork, municipality: str, modules: Collection[str]
    ) -> Quote | None:
        month = month_of(day_of(region.now))
        tariff, sharing = tariff_in_force(region, month), sharers(region, month)
        if tariff is None or municipality not in {one.slug for one in sharing}:
            return None
        then = [
            replace(one, modules=frozenset(modules)) if one.slug == municipality else one
            for one in sharing
        ]
        now_cents, then_cents = (
            total(_costs(region, tariff.said, some)[municipality]) for some in (sharing, then)
        )
        return Quote(now_cents=now_cents, then_cents=then_cents)


def _costs(region: UnitOfWork, terms: Terms, sharing: list[Sharer]) -> Costs:
    month = month_of(day_of(region.now))
    return costs_of_month(terms, as_they_are(sharing, used_in(region, month), month), month)
