"""Who shares the costs in a month, by which plan, with which numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from obshto.billing.sharing.errors import MonthIsPast, NoSuchPlan, TooSmallAPlan
from obshto.billing.sharing.events import PlanChosen
from obshto.billing.sharing.formula import Member, Used, whole_month
from obshto.billing.sharing.models import Membership
from obshto.billing.sharing.tariff_terms import Plan
from obshto.billing.sharing.tariffs import month_of, tariff_in_force
from obshto.billing.sharing.usage import used_in
from obshto.platform.clock import day_of
from obshto.platform.errors import NotFound
from obshto.platform.modularity.registry import current_registry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import municipalities


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharer:
    """A municipality of the region: `plan` is empty while it does not share the costs."""

    slug: str
    titles: Mapping[str, str]
    names: Mapping[str, str]
    population: int
    modules: frozenset[str]
    plan: str

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["bg"]

    def member(self, used: Used) -> Member:
        return Member(slug=self.slug, population=self.population, used=used)


def everyone(region: UnitOfWork, month: date) -> list[Sharer]:
    """All municipalities by name, those that do not share among them."""
    plans = _plans(region, month)
    return [
        Sharer(
            slug=one.slug,
            titles=one.titles,
            names=one.names,
            population=int((one.facts.get("census") or {}).get("total") or 0),
            modules=frozenset(one.modules),
            plan=plans.get(one.slug, ""),
        )
        for one in municipalities()
    ]


def sharers(region: UnitOfWork, month: date) -> list[Sharer]:
    """Those who share the costs of that month."""
    return [one for one in everyone(region, month) if one.plan]


def sharers_over(region: UnitOfWork, months: Sequence[date]) -> dict[date, list[Sharer]]:
    """Those who share the costs of each of these months, the first one first. One query."""
    rows = select(Membership).where(Membership.since <= months[-1])
    chosen = region.session.scalars(rows.order_by(Membership.since, Membership.id)).all()
    all_of_them = everyone(region, months[0])
    found = {}
    for month in months:
        plans = {one.municipality: one.plan for one in chosen if one.since <= month}
        found[month] = [
            replace(one, plan=plans[one.slug]) for one in all_of_them if one.slug in plans
        ]
    return found


def sharer_named(region: UnitOfWork, slug: str, month: date) -> Sharer:
    """Raises NotFound."""
    found = next((one for one in everyone(region, month) if one.slug == slug), None)
    if found is None:
        raise NotFound
    return found


def as_used(region: UnitOfWork, month: date) -> list[Member]:
    """With what each has used in that month."""
    used = used_in(region, month)
    return [one.member(used.get(one.slug, Used())) for one in sharers(region, month)]


def as_they_are(sharing: Sequence[Sharer], used: Mapping[str, Used], month: date) -> list[Member]:
    """As if what is on now stayed on the whole month; meters as told."""
    return [
        one.member(
            Used(
                modules=whole_month(one.modules, month),
                meters=used.get(one.slug, Used()).meters,
            )
        )
        for one in sharing
    ]


def plan_of(region: UnitOfWork, slug: str) -> Plan | None:
    """The plan by which it shares today; None while it does not."""
    month = month_of(day_of(region.now))
    code = _plans(region, month, slug).get(slug)
    tariff = tariff_in_force(region, month) if code else None
    return tariff.said.plan(code) if tariff and code else None


def choose_plan(
    region: UnitOfWork, sharer: Sharer, code: str, *, since: date, request_id: UUID
) -> None:
    """From that month on, this one or one to come. The same `request_id` does it once.

    Raises MonthIsPast, NoSuchPlan, TooSmallAPlan.
    """
    if region.session.scalar(select(Membership.id).where(Membership.request_id == request_id)):
        return
    if since < month_of(day_of(region.now)):
        raise MonthIsPast
    enrol(region, sharer, code, since=since, request_id=request_id)


def enrol(region: UnitOfWork, sharer: Sharer, code: str, *, since: date, request_id: UUID) -> None:
    """The same, also from a month that is past: for who shares from the very beginning."""
    tariff = tariff_in_force(region, since)
    plan = tariff.said.plan(code) if tariff else None
    if plan is None:
        raise NoSuchPlan
    if outside := plan.outside(sharer.modules):
        raise TooSmallAPlan(modules=", ".join(titles_of(outside)))
    region.session.add(
        Membership(
            request_id=request_id,
            municipality=sharer.slug,
            plan=code,
            since=since,
            made_at=region.now,
            made_by=region.principal.name,
        )
    )
    region.session.flush()
    region.invalidate_region_pages()
    region.emit(PlanChosen(municipality=sharer.slug, plan=plan.title, since=since.isoformat()))


def titles_of(modules: frozenset[str]) -> list[str]:
    """As people call them; one that is gone keeps its slug."""
    known = all_titles()
    return [known.get(slug, slug) for slug in sorted(modules)]


def all_titles() -> dict[str, str]:
    """Of every module by slug."""
    return {module.slug: str(module.title) for module in current_registry().modules()}


def _plans(region: UnitOfWork, month: date, slug: str | None = None) -> dict[str, str]:
    rows = (
        select(Membership.municipality, Membership.plan)
        .ext(distinct_on(Membership.municipality))
        .where(Membership.since <= month)
        .order_by(Membership.municipality, Membership.since.desc(), Membership.id.desc())
    )
    if slug:
        rows = rows.where(Membership.municipality == slug)
    return {municipality: plan for municipality, plan in region.session.execute(rows)}
