"""No page of the region's money asks more of the database because there is more to show."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.billing.collecting.collection_choice import choose
from obshto.billing.collecting.models import AskedBill, By
from obshto.billing.gateways.collector import COLLECTOR
from obshto.billing.gateways.stripe_billing import StripeCollector
from obshto.billing.invoices.issuance import credit_invoice, issue_month
from obshto.billing.invoices.models import Invoice
from obshto.billing.invoices.remittances import book_remittance
from obshto.billing.sharing.members import enrol, sharer_named
from obshto.billing.sharing.models import Tariff
from obshto.billing.sharing.tariffs import month_of, next_month, write_tariff
from obshto.billing.years.services import Entry, book_outlay, publish_year
from obshto.platform.clock import today
from obshto.platform.web.hosts import Host

VILLAGE = "gorno-selo"
FEW, MANY = 2, 6
MOST = 12  # statements of one page, with those that find out who asks
YEAR = today().year


@pytest.fixture
def by_stripe(app):
    """There is a contract for Billing; these pages only show what was heard of it."""
    app.extensions[COLLECTOR] = StripeCollector("sk_test_0", "whsec_0", api="http://127.0.0.1:9")
    yield
    app.extensions[COLLECTOR] = None


def fill(region, terms, number):
    """So many more of everything that the region's team writes, and of what Stripe told."""
    with region() as uow:
        invoice = uow.session.scalar(select(Invoice).where(Invoice.municipality == VILLAGE))
        last = uow.session.scalar(select(Tariff.in_force_on).order_by(Tariff.in_force_on.desc()))
        month = max(last, month_of(today()))
        for count in range(number):
            month = next_month(month)
            told = {"reason": "Промяна", "request_id": uuid4()}
            write_tariff(uow, terms, in_force_on=month, **told)
            for plan in ("2", "1"):
                here = sharer_named(uow, VILLAGE, month)
                enrol(uow, here, plan, since=month, request_id=uuid4())
            credit_invoice(uow, invoice, net_cents=1, **told | {"request_id": uuid4()})
            came = {"received_on": today(), "reference": "1", "request_id": uuid4()}
            book_remittance(uow, VILLAGE, cents=1, **came)
            book_outlay(uow, outlay(f"Програма {month} {count}"), request_id=uuid4())
            uow.session.add(asked(month))


def outlay(programme):
    told = {"day": date(YEAR, 1, 1), "is_income": False, "purpose": "Обучение", "cents": 1}
    return Entry(programme=programme, **told)


def asked(month):
    told = {"municipality": VILLAGE, "month": month, "number": 0, "state": "open", "cents": 1}
    told |= {"came_cents": 0, "address": "", "seen_at": datetime.now(UTC)}
    return AskedBill(id=f"in_{uuid4()}", **told)


def addresses(app, uow):
    """(host, rule, path) of every page about money on the two hosts of the region."""
    told = {
        "<slug>": VILLAGE,
        "<int:number>": uow.session.scalar(select(Invoice.number).order_by(Invoice.number)),
        "<uuid:tariff_id>": uow.session.scalar(select(Tariff.id).order_by(Tariff.id.desc())),
        "<int:year>": YEAR,
    }
    for rule in app.url_map.iter_rules():
        is_of_region = rule.subdomain in (Host.OPS, "") and rule.endpoint.startswith("billing_")
        path = rule.rule
        for name, value in told.items():
            path = path.replace(name, str(value))
        if is_of_region and "GET" in rule.methods and "<" not in path:
            yield rule.subdomain, rule.rule, path


@pytest.fixture
def measured(app, region, operator, client, at, statements_of):
    """measured(): {page: how many statements it is made of}."""

    def ask(label, path):
        assert client.get(path, base_url=at(label)).status_code == 200, path

    def look():
        counts = {}
        with region() as uow:
            pages = list(addresses(app, uow))
        for label, rule, path in pages:
            heard = statements_of(lambda label=label, path=path: ask(label, path))
            counts[label, rule] = len(heard)
        return counts

    return look


def test_no_page_asks_more_when_there_is_more(region, sharing, last_month, by_stripe, measured):
    with region() as uow:
        issue_month(uow, last_month)
        here = sharer_named(uow, VILLAGE, month_of(today()))
        choose(uow, here, By.STRIPE, email="a@example.com", choice_id=uuid4(), expected_version="")
        publish_year(uow, YEAR, request_id=uuid4())
    fill(region, sharing, FEW)
    few = measured()
    fill(region, sharing, MANY - FEW)
    many = measured()
    assert len(few) >= 20
    assert {page: (few[page], many[page]) for page in few if many[page] > few[page]} == {}
    assert {page: number for page, number in many.items() if number > MOST} == {}
