"""Choose how a municipality is asked for the money of its invoices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from obshto.billing.collecting.errors import NoCollector, NoRequisites, NotSharing
from obshto.billing.collecting.events import CollectionChosen
from obshto.billing.collecting.models import AskedBill, By, Collection
from obshto.billing.gateways.collector import BillState, Debtor, Term, collector
from obshto.billing.invoices.errors import NoIssuer
from obshto.billing.invoices.parties import customers, issuer
from obshto.billing.sharing.formula import BASE, MODULE, POPULATION, Item
from obshto.billing.sharing.formula_text import title_of
from obshto.billing.sharing.members import Sharer, sharers
from obshto.billing.sharing.rounding import MONTHS, shares
from obshto.billing.sharing.tariff_terms import Metered, Terms
from obshto.billing.sharing.tariffs import month_of, tariff_in_force
from obshto.platform.clock import day_of
from obshto.platform.errors import Conflict
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def collection_of(region: UnitOfWork, slug: str) -> Collection | None:
    return region.session.get(Collection, slug)


def bills_of(region: UnitOfWork, slug: str) -> Sequence[AskedBill]:
    """As they were last seen, the last month first."""
    rows = select(AskedBill).where(AskedBill.municipality == slug)
    return region.session.scalars(rows.order_by(AskedBill.month.desc(), AskedBill.id)).all()


def to_pay_there(region: UnitOfWork, slug: str) -> dict[int, str]:
    """By number of our invoice, the page on which it can be paid."""
    return {
        bill.number: bill.address
        for bill in bills_of(region, slug)
        if bill.state == BillState.OPEN and bill.address and bill.number
    }


def check_choice(region: UnitOfWork, slug: str, by: By) -> None:
    """Whether it may be chosen. Raises NoCollector, NotSharing, NoIssuer, NoRequisites."""
    if by is By.BANK:
        return
    if collector() is None:
        raise NoCollector
    if not terms_wanted(region, slug):
        raise NotSharing
    if issuer(region) is None:
        raise NoIssuer
    if debtor_of(region, slug, "") is None:
        raise NoRequisites


def choose(
    region: UnitOfWork,
    sharer: Sharer,
    by: By,
    *,
    email: str,
    choice_id: UUID,
    expected_version: str,
) -> None:
    """From this month on. The same `choice_id` does it once; `expected_version` stood before.

    Raises Conflict and what `check_choice` raises.
    """
    row = select(Collection).where(Collection.municipality == sharer.slug).with_for_update()
    found = region.session.scalar(row)
    if found and found.choice_id == choice_id:
        return
    if expected_version != (str(found.choice_id) if found else ""):
        raise Conflict
    check_choice(region, sharer.slug, by)
    said = {"choice_id": choice_id, "chosen_at": region.now, "chosen_by": region.principal.name}
    since = found.since if found and found.by == by else first_of(region)
    told = {"by": by.value, "email": email, "since": since, **said}
    if found is None:
        region.session.add(Collection(municipality=sharer.slug, **told))
    else:
        for name, value in told.items():
            setattr(found, name, value)
    region.session.flush()
    region.emit(CollectionChosen(municipality=sharer.slug, by=by.value, since=since.isoformat()))


def debtor_of(region: UnitOfWork, slug: str, email: str) -> Debtor | None:
    """As it is written on its invoices; None where that is not known."""
    buyer = customers(region).get(slug)
    if buyer is None:
        return None
    return Debtor(slug=slug, name=buyer.name, email=email, address=buyer.address)


def terms_wanted(region: UnitOfWork, slug: str) -> list[Term]:
    """The lines that an agreement has by the formula of today; none where it does not share.

    What is shared is a twelfth of the year, the odd cents are our invoice's to say.
    """
    month = first_of(region)
    tariff, sharing = tariff_in_force(region, month), sharers(region, month)
    here = next((n for n, one in enumerate(sharing) if one.slug == slug), None)
    if tariff is None or here is None:
        return []
    terms = tariff.said
    residents = [one.population for one in sharing]
    fixed = {
        BASE: shares(terms.base_cents, [1] * len(sharing))[here] // MONTHS,
        POPULATION: shares(terms.population_cents, residents)[here] // MONTHS,
        **_modules(terms, sharing[here].modules),
    }
    with speaking(SOURCE):
        lines = [
            Term(word=word, title=title_of(Item(word=word, cents=cents)), cents=cents)
            for word, cents in fixed.items()
            if cents
        ]
        meters = [
            Term(word=one.value, title=str(one.label), meter=one, rate=terms.rate(one))
            for one in Metered
            if terms.rate(one).cents
        ]
    return [*lines, *meters]


def first_of(region: UnitOfWork) -> date:
    """The first month that would be collected if it were chosen now."""
    return month_of(day_of(region.now))


def _modules(terms: Terms, modules: frozenset[str]) -> dict[str, int]:
    return {
        f"{MODULE}{slug}": cents for slug, cents in sorted(terms.modules.items()) if slug in modules
    }
