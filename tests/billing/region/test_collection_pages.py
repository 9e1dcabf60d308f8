"""Stripe collects what our invoices say: once, in whatever order it tells, and never more."""

import json
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from obshto.billing.collecting.collection_choice import (
    bills_of,
    choose,
    collection_of,
    terms_wanted,
)
from obshto.billing.collecting.errors import NoCollector
from obshto.billing.collecting.models import By
from obshto.billing.collecting.reconciliation import collect
from obshto.billing.gateways.collector import COLLECTOR
from obshto.billing.gateways.stripe_billing import StripeCollector
from obshto.billing.invoices.issuance import credit_invoice, issue_month
from obshto.billing.invoices.remittances import book_remittance, standing_of
from obshto.billing.ledger.accounts import Regional
from obshto.billing.ledger.services import regional_turnovers
from obshto.billing.sharing.members import sharer_named
from obshto.billing.sharing.tariff_terms import Metered
from obshto.billing.sharing.tariffs import month_of, next_month
from obshto.billing.sharing.usage import count
from obshto.platform.clock import today
from obshto.platform.errors import Conflict
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
REGION = "http://localhost:8000"
SECRET = "whsec_platform"
GROSS = 12_000  # of a month: 240 000 cents of a year shared by two, with VAT


@pytest.fixture
def by_stripe(app, stripe):
    """The installation has a contract for Billing."""
    double = stripe.double
    stripe.behave(remembered={})
    stripe.bill("reset")
    made = StripeCollector(double.KEY, SECRET, api=stripe.address)
    app.extensions[COLLECTOR] = made
    yield made
    app.extensions[COLLECTOR] = None


@pytest.fixture
def look(app):
    """look(): the job by the clock, for one village."""

    def run(slug=VILLAGE):
        with app.app_context(), open_uow(scope_named(slug), Principal.system("t")) as uow:
            collect(uow)

    return run


@pytest.fixture
def chosen(region, by_stripe, sharing, last_month, owner_does):
    """The village is collected by Stripe since last month."""
    with region() as uow:
        here = sharer_named(uow, VILLAGE, month_of(today()))
        told = {"email": "finansi@example.com", "choice_id": uuid4(), "expected_version": ""}
        choose(uow, here, By.STRIPE, **told)
    owner_does(f"update shared.billing_collection set since = '{last_month}'")


@pytest.fixture
def owner_does(config):
    """Time cannot be turned back by the web's login."""

    def run(sql):
        engine = create_engine(config.migrator)
        with engine.begin() as connection:
            connection.execute(text(sql))
        engine.dispose()

    return run


@pytest.fixture
def month_turns(stripe, region, last_month):
    """month_turns(): Stripe drafts what it asks for last month."""

    def turn():
        with region() as uow:
            name = collection_of(uow, VILLAGE).agreement_id
        first, last = (
            int(datetime.combine(day, time(), UTC).timestamp())
            for day in (last_month, next_month(last_month))
        )
        return stripe.bill("turns", name, first=first, last=last)["id"]

    return turn


@pytest.fixture
def asked(chosen, look, month_turns, region, last_month):
    """A bill that was sent for the invoice of last month; answers its name."""
    look()
    with region() as uow:
        issue_month(uow, last_month)
    name = month_turns()
    look()
    return name


@pytest.fixture
def tell(app, stripe):
    """tell(body): a message about the platform's own account arrives."""

    def leave(body, *, secret=SECRET, **signed):
        headers = stripe.signed(body, secret=secret, **signed)
        client = app.test_client()
        way = "/money/stripe/billing"
        return client.post(way, data=body, headers=headers, base_url=REGION)

    return leave


def findings(region, slug=VILLAGE):
    with region() as uow:
        return [one["word"] for one in collection_of(uow, slug).findings]


def owed(region):
    with region() as uow:
        return standing_of(uow, VILLAGE).owed_cents


def balances(region):
    with region() as uow:
        return {one.account: one.balance for one in regional_turnovers(uow) if one.balance}


def test_an_agreement_has_a_line_for_each_module_and_meter(chosen, look, stripe, region):
    look()
    [made] = stripe.bill("all", kind="subscription")
    assert made["collection_method"] == "send_invoice"
    keys = {item["price"]["lookup_key"] for item in made["items"]["data"]}
    with region() as uow:
        assert keys == {term.key for term in terms_wanted(uow, VILLAGE)}
        modules = sharer_named(uow, VILLAGE, month_of(today())).modules
    priced = {f"obshto:module:{s}:{c}" for s, c in {"news": 1200, "pages": 500}.items()}
    assert {key for key in keys if ":module:" in key} == {
        key for key in priced if key.split(":")[2] in modules
    }
    assert {"obshto:sms:6:10", "obshto:help:1800:1", "obshto:base:10000"} <= keys
    assert findings(region) == []


def test_looking_again_makes_nothing_twice(chosen, look, stripe):
    for _ in range(3):
        look()
    for kind in ("customer", "subscription", "billing.meter"):
        assert len(stripe.bill("all", kind=kind)) == (2 if kind == "billing.meter" else 1), kind
    prices = [one["lookup_key"] for one in stripe.bill("all", kind="price")]
    assert len(prices) == len(set(prices))


@pytest.mark.parametrize("fault", ["before", "after"])
@pytest.mark.parametrize("nth", range(6))
def test_a_break_anywhere_is_mended_by_the_next_look(chosen, look, stripe, region, fault, nth):
    """`max_network_retries` is one, so two in a row are a break."""
    stripe.behave(faults=[""] * nth + [fault, fault])
    look()
    stripe.behave(faults=[])
    look()
    assert findings(region) == []
    assert len(stripe.bill("all", kind="subscription")) == 1
    assert len(stripe.bill("all", kind="customer")) == 1


def test_what_was_changed_there_by_hand_is_put_right_and_logged(chosen, look, stripe, owner):
    look()
    [made] = stripe.bill("all", kind="subscription")
    keys = {item["price"]["lookup_key"] for item in made["items"]["data"]}
    strange = stripe.bill("strange_price")["id"]
    stripe.bill("line_by_hand", made["id"], price=strange)
    look()
    [after] = stripe.bill("all", kind="subscription")
    assert {item["price"]["lookup_key"] for item in after["items"]["data"]} == keys
    rows = owner("select count(*) from shared.audit_entry where act = 'billing:collection.aligned'")
    assert rows == [(1,)]


def test_an_agreement_that_ended_there_is_not_begun_behind_anybody(chosen, look, stripe, region):
    look()
    [made] = stripe.bill("all", kind="subscription")
    stripe.bill("cancelled_by_hand", made["id"])
    look()
    assert findings(region) == ["ended"]
    assert len(stripe.bill("all", kind="subscription")) == 1


def test_what_is_used_is_told_once_with_a_name_of_ours(chosen, look, stripe, region):
    day = max(month_of(today()), today() - timedelta(days=1))
    with region() as uow:
        for n in (1, 2):
            key = f"sms:{n}"
            count(uow, VILLAGE, key, word=Metered.SMS, day=today(), number=n)
        count(uow, VILLAGE, "help:1", word=Metered.HELP, day=day, number=30)
        count(uow, NEIGHBOUR, "sms:9", word=Metered.SMS, day=day, number=9)
    for _ in range(2):
        look()
    noon = datetime.combine(today(), time(12), UTC)
    is_noon_over = noon <= datetime.now(UTC)
    expected = {f"{VILLAGE}:help:1": "30"} if day < today() or is_noon_over else {}
    if is_noon_over:
        expected |= {f"{VILLAGE}:sms:1": "1", f"{VILLAGE}:sms:2": "2"}
    measured = stripe.billing()["measured"]
    assert {name: one["payload"]["value"] for name, one in measured.items()} == expected
    [customer] = stripe.bill("all", kind="customer")
    assert {one["payload"]["stripe_customer_id"] for one in measured.values()} <= {customer["id"]}


def test_a_measure_that_arrived_unheard_is_not_counted_twice(
    chosen, look, stripe, region, owner_does
):
    look()
    with region() as uow:
        day = today() - timedelta(days=1)
        count(uow, VILLAGE, "sms:1", word=Metered.SMS, day=day, number=5)
    owner_does(f"update shared.billing_collection set since = '{month_of(day)}'")
    look()
    owner_does("update shared.billing_meter_event set state = 'waiting'")
    look()
    assert len(stripe.billing()["measured"]) == 1
    assert findings(region) == []


def test_the_bill_asks_for_exactly_what_the_invoice_says(asked, stripe, region):
    [bill] = stripe.bill("all", kind="invoice")
    assert (bill["status"], bill["total"]) == ("open", GROSS)
    assert stripe.billing()["letters"] == [asked]
    with region() as uow:
        [kept] = bills_of(uow, VILLAGE)
        [invoice] = standing_of(uow, VILLAGE).invoices
        assert bill["metadata"]["number"] == str(invoice.invoice.number)
        stands = kept.number, kept.cents, kept.state
        assert stands == (invoice.invoice.number, GROSS, "open")
    assert findings(region) == []


def test_a_draft_waits_for_the_invoice_and_does_not_leave_by_itself(
    chosen, look, month_turns, stripe, region
):
    look()
    month_turns()
    look()
    [bill] = stripe.bill("all", kind="invoice")
    assert (bill["status"], bill["auto_advance"]) == ("draft", False)
    assert findings(region) == ["waiting"]
    assert stripe.billing()["letters"] == []


@pytest.mark.parametrize("nth", range(8))
def test_sending_may_break_off_anywhere(chosen, look, month_turns, region, last_month, stripe, nth):
    look()
    with region() as uow:
        issue_month(uow, last_month)
    name = month_turns()
    stripe.behave(faults=[""] * (4 + nth) + ["after", "after"])
    look()
    stripe.behave(faults=[])
    look()
    [bill] = stripe.bill("all", kind="invoice")
    assert (bill["status"], bill["total"]) == ("open", GROSS)
    assert stripe.billing()["letters"] == [name]
    assert findings(region) == []


def test_what_comes_is_booked_once_however_it_is_told(asked, stripe, tell, look, region):
    stripe.messages()
    stripe.bill("payment_fails", asked)
    stripe.bill("municipality_pays", asked)
    failed, paid = stripe.messages()
    for body in (paid, failed, paid, failed):
        assert tell(body).status_code == 200
    look()
    assert owed(region) == 0
    assert balances(region)[Regional.COLLECTOR] == GROSS
    assert Regional.BANK not in balances(region)
    assert findings(region) == []


def test_a_payment_that_nobody_told_of_is_found_by_the_look(asked, stripe, look, region):
    stripe.bill("municipality_pays", asked)
    look()
    assert owed(region) == 0


@settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["fail", "part", "rest", "tell", "again", "look"]), max_size=8))
def test_any_order_of_events_ends_in_the_same_books(asked, region, stripe, tell, look, acts):
    """What was paid there, and nothing else, is booked here in the end."""
    [customer] = stripe.bill("all", kind="customer")
    bill = stripe.bill("open_bill", customer=customer["id"], total=GROSS)["id"]
    before, told, paid = balances(region).get(Regional.COLLECTOR, 0), [], 0
    stripe.messages()

    def hear():
        for body in stripe.messages():
            told.append(body)
            assert tell(body).status_code == 200

    def hear_again():
        assert all(tell(body).status_code == 200 for body in reversed(told))

    does = {"tell": hear, "again": hear_again, "look": look}
    for act in acts:
        if act in does:
            does[act]()
        elif act == "fail" and paid < GROSS:
            stripe.bill("payment_fails", bill)
        elif (cents := {"part": 5_000 - paid, "rest": GROSS - paid}.get(act, 0)) > 0:
            stripe.bill("municipality_pays", bill, cents=cents)
            paid += cents
    hear()
    assert balances(region).get(Regional.COLLECTOR, 0) == before + paid


def test_money_by_bank_closes_what_is_asked_there(asked, stripe, look, region):
    with region() as uow:
        told = {"received_on": today(), "reference": "1", "request_id": uuid4()}
        book_remittance(uow, VILLAGE, cents=GROSS, **told)
    look()
    [bill] = stripe.bill("all", kind="invoice")
    assert bill["status"] == "paid"
    look()
    assert owed(region) == 0
    assert Regional.COLLECTOR not in balances(region)
    assert findings(region) == []


def test_what_was_credited_whole_is_void_there(asked, stripe, look, region):
    with region() as uow:
        invoice = standing_of(uow, VILLAGE).invoices[0].invoice
        told = {"net_cents": invoice.net_cents, "reason": "Грешка", "request_id": uuid4()}
        credit_invoice(uow, invoice, **told)
    look()
    [bill] = stripe.bill("all", kind="invoice")
    assert bill["status"] == "void"
    assert findings(region) == []


def test_a_sum_that_differs_is_shown(asked, stripe, look, region, operator):
    with region() as uow:
        told = {"received_on": today(), "reference": "1", "request_id": uuid4()}
        book_remittance(uow, VILLAGE, cents=100, **told)
    look()
    assert findings(region) == ["sum"]
    page = operator.get(f"/costs/municipalities/{VILLAGE}/collecting").text
    assert "В Stripe се искат 120,00" in page


def test_going_back_to_the_bank_ends_it_and_asks_no_more(asked, stripe, look, region):
    with region() as uow:
        here = sharer_named(uow, VILLAGE, month_of(today()))
        expected_version = str(collection_of(uow, VILLAGE).choice_id)
        choose(uow, here, By.BANK, email="", choice_id=uuid4(), expected_version=expected_version)
    for _ in range(2):
        look()
    assert {one["status"] for one in stripe.bill("all", kind="subscription")} == {"canceled"}
    assert {one["status"] for one in stripe.bill("all", kind="invoice")} == {"void"}
    assert owed(region) == GROSS
    assert findings(region) == []


def test_a_message_that_is_not_from_the_collector_has_no_effect(asked, stripe, tell, region):
    stripe.messages()
    stripe.bill("municipality_pays", asked)
    [body] = stripe.messages()
    connected = json.dumps(json.loads(body) | {"account": "acct_gorno"})
    assert tell(body, secret="whsec_double").status_code == 400  # of the other endpoint
    assert tell(body, at=1).status_code == 400
    assert tell(connected).status_code == 400
    assert owed(region) == GROSS
    assert tell(body).status_code == 200
    assert owed(region) == 0


def test_another_customer_of_the_account_is_none_of_ours(asked, stripe, tell, region):
    stripe.messages()
    other = stripe.bill("open_bill", customer="cus_other", total=700)
    stripe.bill("municipality_pays", other["id"])
    for body in stripe.messages():
        assert tell(body).status_code == 200
    assert owed(region) == GROSS
    assert Regional.COLLECTOR not in balances(region)


def test_without_a_contract_nothing_is_asked_and_nothing_heard(
    app, region, sharing, look, tell, operator
):
    app.extensions[COLLECTOR] = None
    with region() as uow:
        here = sharer_named(uow, VILLAGE, month_of(today()))
        with pytest.raises(NoCollector):
            choose(uow, here, By.STRIPE, email="a@b.c", choice_id=uuid4(), expected_version="")
    look()
    assert tell("{}").status_code == 400
    page = operator.get(f"/costs/municipalities/{VILLAGE}/collecting").text
    assert "ключовете му" in page


def test_who_chose_meanwhile_is_not_overrun(region, chosen):
    with region() as uow:
        here = sharer_named(uow, VILLAGE, month_of(today()))
        with pytest.raises(Conflict):
            choose(uow, here, By.BANK, email="", choice_id=uuid4(), expected_version="")


def test_a_person_chooses_after_seeing_what_will_happen(operator, by_stripe, sharing, region):
    way = f"/costs/municipalities/{VILLAGE}/collecting/choose"
    wrong = operator.send(way, by="stripe", email="")
    assert wrong.status_code == 422
    assert "имейл" in wrong.text
    typed = {"by": "stripe", "email": "finansi@example.com"}
    shown = operator.send(way, **typed)
    assert shown.status_code == 200
    assert "100,00\u00a0€" in shown.text
    with region() as uow:
        assert collection_of(uow, VILLAGE) is None
    answer = operator.send(way, **typed, agreed="1")
    assert answer.status_code == 303
    assert "finansi@example.com" in operator.get(answer.location.partition("?")[0]).text
    with region() as uow:
        assert collection_of(uow, VILLAGE).by == By.STRIPE
        assert collection_of(uow, NEIGHBOUR) is None


def test_the_municipality_sees_where_it_can_pay_and_the_neighbour_does_not(asked, sign_in):
    page = sign_in(VILLAGE, Role.FINANCE_OFFICER).get("/console/billing/costs/").text
    assert f"https://invoice.stripe.com/{asked}" in page
    other = sign_in(NEIGHBOUR, Role.FINANCE_OFFICER).get("/console/billing/costs/").text
    assert "invoice.stripe.com" not in other
