"""By the clock: make the collector agree with our tables, say where it does not."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from sqlalchemy import select

from obshto.billing.collecting.bills import Finding, keep_bills, stop_bills
from obshto.billing.collecting.collection_choice import debtor_of, terms_wanted
from obshto.billing.collecting.events import CollectionAligned
from obshto.billing.collecting.models import By, Collection
from obshto.billing.collecting.outbox import fill, refused, send
from obshto.billing.gateways.collector import Agreement, Collector, collector
from obshto.billing.gateways.port import Away, Declined
from obshto.billing.invoices.parties import issuer
from obshto.platform.modularity.manifest import Job
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow

logger = logging.getLogger(__name__)


def collect(uow: UnitOfWork) -> None:
    """Job: of this municipality. Each step finds what the last run has left, so it may break off.

    The row is held to the end, so that nobody else does the same beside it; what was learned is
    kept also where the collector stops answering in the middle.
    """
    slug, by = uow.scope.slug, collector()
    uow.commit()
    if by is None:
        return
    with open_uow(None, Principal.system(COLLECT.name)) as region:
        row = select(Collection).where(Collection.municipality == slug)
        found = region.session.scalar(row.with_for_update(skip_locked=True))
        if found is None or not (found.by == By.STRIPE or found.agreement_id):
            return
        act = _kept if found.by == By.STRIPE else _stopped
        found.findings = list(_heard(act, region, found, by))
        found.looked_at = region.now


COLLECT = Job(name="billing:collect-invoices", run=collect, every="*/20 * * * *")
Act = Callable[[UnitOfWork, Collection, Collector], Iterator[Finding]]


def _heard(act: Act, region: UnitOfWork, found: Collection, by: Collector) -> Iterator[Finding]:
    """What an act finds, and how it ended where it did not come to its end."""
    try:
        yield from act(region, found, by)
    except Away as error:
        logger.warning("the collector does not answer: %s", error)
        yield {"word": "away"}
    except Declined as error:
        logger.error("the collector refuses: %s", error)
        yield {"word": "declined", "why": str(error)[:300]}


def _kept(region: UnitOfWork, found: Collection, by: Collector) -> Iterator[Finding]:
    slug = found.municipality
    debtor, terms = debtor_of(region, slug, found.email), terms_wanted(region, slug)
    if debtor is None or not terms:
        yield {"word": "incomplete"}
        return
    if not found.customer_id:
        found.customer_id = by.enrol(debtor)
    else:
        by.keep_name(found.customer_id, debtor)
    agreement = by.agreement(found.customer_id)
    if agreement is None and found.agreement_id:  # ended there by hand: a person must say why
        yield {"word": "ended"}
    elif agreement is None:
        said = issuer(region)
        days, choice = said.due_days if said else 30, str(found.choice_id)
        found.agreement_id = by.agree(found.customer_id, terms, due_days=days, choice=choice).id
    else:
        found.agreement_id = agreement.id
        if differing := _differing(agreement, [term.key for term in terms]):
            by.adjust(agreement, terms)
            region.emit(CollectionAligned(municipality=slug, lines=differing))
    fill(region, found)
    send(region, found, by)
    if number := refused(region, found):
        yield {"word": "refused", "number": number}
    yield from keep_bills(region, found, by)


def _stopped(region: UnitOfWork, found: Collection, by: Collector) -> Iterator[Finding]:
    agreement = by.agreement(found.customer_id)
    if agreement:
        by.end(agreement)
    yield from stop_bills(region, found, by)
    found.agreement_id = ""


def _differing(agreement: Agreement, keys: list[str]) -> int:
    return len(set(keys) ^ set(agreement.lines))
