"""What is particular to Stripe: signed messages, accounts, refunds, disputes, absence."""

import json
import time

import pytest
import stripe as sdk

from obshto.billing.arrivals.services import (
    Unreachable,
    look_after,
    look_once,
    observe,
    send_refund,
)
from obshto.billing.charges.attempts import attempt_named
from obshto.billing.charges.models import Attempt
from obshto.billing.gateways.port import GATEWAYS, Observed, What
from obshto.billing.gateways.stripe import StripeGateway

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
REGION = "http://localhost:8000"


@pytest.fixture
def pay(card_house, at, stripe, money):
    """pay(charge): press the button; answers the session's name."""

    def press(charge, *, status=303, language=""):
        visitor = card_house.test_client()
        visitor.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        page = f"{language}/pay/{charge.code}/online/stripe"
        expected_version = {"expected_version": money.now(charge).version}
        answer = visitor.post(page, data=expected_version, base_url=at(VILLAGE))
        assert answer.status_code == status, answer.text
        return answer.location.rpartition("/")[2] if answer.location else answer.text

    return press


@pytest.fixture
def tell(card_house, stripe):
    """tell(body): what Stripe hears when it leaves a message; `signed` says how it is signed."""

    def leave(body, *, headers=None, **signed):
        headers = stripe.signed(body, **signed) if headers is None else headers
        return card_house.test_client().post(
            "/money/stripe", data=body, headers=headers, base_url=REGION
        )

    return leave


@pytest.fixture
def told(stripe, tell):
    """told(): all new messages arrive."""

    def all_of_them():
        for body in stripe.messages():
            assert tell(body).status_code == 200

    return all_of_them


@pytest.fixture
def paid(pay, stripe, told, money):
    """paid(charge): by card, and we know; answers the session's name."""

    def go(charge):
        name = pay(charge)
        stripe.do("pays", name)
        told()
        assert money.now(charge).is_paid
        return name

    return go


def changed(body, **more):
    return json.dumps(json.loads(body) | more)


@pytest.mark.parametrize("seconds", [-400, 400], ids=["old", "from the future"])
def test_a_message_is_believed_for_five_minutes(pay, stripe, tell, money, seconds):
    charge = money.charge()
    stripe.do("pays", pay(charge))
    for body in stripe.messages():
        assert tell(body, at=int(time.time()) + seconds).status_code == 400
    assert not money.now(charge).is_paid


def test_a_message_of_an_account_that_is_nobodys_is_ignored(pay, stripe, tell, money):
    charge = money.charge()
    stripe.do("pays", pay(charge))
    for body in stripe.messages():
        assert tell(changed(body, account="acct_other")).status_code == 200
        assert tell(changed(body, account="")).status_code == 200
    assert not money.now(charge).is_paid


def test_a_message_under_the_neighbours_account_pays_nothing(pay, stripe, tell, money):
    """Signed rightly, and yet: the object is looked for in the account that the message names."""
    charge = money.charge()
    stripe.do("pays", pay(charge))
    for body in stripe.messages():
        assert tell(changed(body, account="acct_dolno")).status_code == 200
    assert not money.now(charge).is_paid


def test_what_a_message_says_of_the_sum_is_not_believed(pay, stripe, tell, money):
    charge = money.charge(1250)
    name = pay(charge)
    body = {
        "id": "evt_lie",
        "object": "event",
        "type": "checkout.session.completed",
        "account": "acct_gorno",
        "data": {
            "object": {
                "object": "checkout.session",
                "id": name,
                "payment_status": "paid",
                "amount_total": 1250,
            }
        },
    }
    assert tell(json.dumps(body)).status_code == 200
    assert not money.now(charge).is_paid


def test_one_message_has_its_effect_in_one_transaction_with_its_mark(
    pay, stripe, tell, money, owner
):
    charge = money.charge()
    stripe.do("pays", pay(charge))
    for body in stripe.messages():
        tell(body)
    heard = owner("select count(*) from t_gorno_selo.billing_event")[0][0]
    assert heard == 2  # one for the intent, which is nothing to us, one for the session


def test_a_provider_that_is_away_is_told_to_send_again(pay, stripe, tell, money):
    charge = money.charge()
    stripe.do("pays", pay(charge))
    bodies = stripe.messages()
    stripe.behave(faults=["before"] * 4)
    assert {tell(body).status_code for body in bodies} == {200, 503}
    assert not money.now(charge).is_paid
    stripe.behave(faults=[])
    for body in bodies:
        assert tell(body).status_code == 200
    assert money.now(charge).is_paid


@pytest.mark.parametrize("key", ["", "sk_test_other"], ids=["account", "key"])
def test_a_provider_that_says_no_is_no_broken_page(pay, stripe, money, card_house, key):
    charge = money.charge()
    if key:
        gateways = card_house.extensions[GATEWAYS]
        other = StripeGateway(key, "whsec", api=stripe.address)
        card_house.extensions[GATEWAYS] = {**gateways, "stripe": other}
    else:
        stripe.behave(faults=["no"])
    assert "Изберете друг начин" in pay(charge, status=503)
    assert money.owner(f"select count(*) from {money.schema}.billing_attempt") == [(0,)]


def test_a_sum_too_small_for_cards_is_not_offered_to_be_paid_so(pay, money, card_house, at):
    charge = money.charge(49)
    page = card_house.test_client().get(f"/pay/{charge.code}", base_url=at(VILLAGE)).text
    assert "/online/" not in page and "поне 0,50" in page.replace("\xa0", " ")
    assert "поне 0,50" in pay(charge, status=422).replace("\xa0", " ")


def test_a_session_that_was_made_unheard_is_found_again(pay, stripe, money):
    """Stripe acts, the answer is lost twice over: the same attempt gets the same session."""
    charge = money.charge()
    stripe.behave(faults=["after", "before"])
    pay(charge, status=503)
    first = pay(charge)
    stripe.do("pays", first)
    [session] = [m for m in map(json.loads, stripe.messages()) if "session" in m["type"]]
    assert session["data"]["object"]["id"] == first


def test_a_lost_message_is_made_up_for_by_looking(pay, stripe, money, card_house, queued):
    charge = money.charge()
    stripe.do("pays", pay(charge))
    with card_house.app_context(), money.open_uow() as uow:
        look_after(uow)
    [(name, told)] = [job for job in queued() if job[0] == "billing:look-at"]
    for _ in range(2):  # a job runs at least once
        with card_house.app_context(), money.open_uow() as uow:
            look_once(uow, attempt_id=told["attempt_id"])
    assert money.now(charge).is_paid
    assert money.balances()["gateway"] == 1250 - 35


def test_whoever_comes_back_has_it_looked_at_once_and_waits_for_no_provider(
    pay, stripe, money, card_house, at, queued
):
    charge = money.charge()
    stripe.do("pays", pay(charge))
    stripe.behave(faults=["before"] * 4)  # asked now, it would not answer
    page = f"/pay/{charge.code}?back=1"
    for _ in range(2):
        answer = card_house.test_client().get(page, base_url=at(VILLAGE))
        assert "проверете отново" in answer.text
    stripe.behave(faults=[])
    [(name, told)] = [job for job in queued() if job[0] == "billing:look-at"]
    with card_house.app_context(), money.open_uow() as uow:
        look_once(uow, attempt_id=told["attempt_id"])
    assert "Платено" in card_house.test_client().get(page, base_url=at(VILLAGE)).text
    assert len([job for job in queued() if job[0] == "billing:look-at"]) == 1


def test_the_oldest_attempts_are_looked_after_too(pay, money, card_house, queued):
    name = pay(money.charge())
    with card_house.app_context(), money.open_uow() as uow:
        first = attempt_named(uow, "stripe", name)
        same = {"charge_id": first.charge_id, "gateway": "stripe", "cents": 1250, "address": ""}
        uow.session.add_all(
            Attempt(number=n, provider_id=f"cs_{n}", started_at=uow.now, **same)
            for n in range(2, 62)
        )
        uow.session.flush()
        look_after(uow)
    looked = [told["attempt_id"] for name, told in queued() if name == "billing:look-at"]
    assert len(looked) == 61 and looked[0] == str(first.id)


def test_while_the_bank_thinks_nobody_pays_again(pay, stripe, told, money, card_house, at):
    charge = money.charge()
    name = pay(charge)
    stripe.do("pays", name, pending=True)
    told()
    page = card_house.test_client().get(f"/pay/{charge.code}", base_url=at(VILLAGE))
    assert "Чакаме банката" in page.text and "Платете 12,50" not in page.text
    stripe.do("pays", name)
    told()
    assert money.now(charge).is_paid


def test_what_has_expired_is_told_once(pay, stripe, told, money):
    charge = money.charge()
    name = pay(charge)
    stripe.do("expires", name)
    told()
    assert money.facts("charge.failed") == 1
    assert pay(charge) != name


def test_an_old_look_does_not_end_what_was_paid_meanwhile(pay, money, card_house):
    charge = money.charge(1250)
    name = pay(charge)
    with card_house.app_context(), money.open_uow() as uow:
        begun = attempt_named(uow, "stripe", name)
        expected_version = {"municipality": VILLAGE, "charge_id": charge.id, "provider_id": name}
        with money.open_uow() as other:
            observe(other, "stripe", Observed(what=What.PAID, cents=1250, **expected_version))
        observe(uow, "stripe", Observed(what=What.EXPIRED, **expected_version))
        assert begun.step == "paid"
    assert money.owner(f"select step from {money.schema}.billing_attempt") == [("paid",)]


def approved(money, finance, mayor, charge, cents):
    """A refund that one asked for and another agreed to; answers its id."""
    [(payment_id,)] = money.owner(
        f"select id from {money.schema}.billing_payment where charge_id = '{charge.id}'"
    )
    ask = f"/console/billing/refunds/of/{payment_id}"
    answer = finance.press(ask, cents=f"{cents / 100:.2f}", reason="Платено два пъти")
    assert answer.status_code == 303, answer.text
    page = answer.location.partition("?")[0]
    assert mayor.press(page, to="/approve").status_code == 303
    return page.rpartition("/")[2]


@pytest.mark.parametrize("cents", [1250, 250], ids=["whole", "partial"])
def test_a_refund_is_sent_once_and_booked_once(
    paid, told, money, card_house, finance, mayor, queued, cents
):
    charge = money.charge(1250)
    paid(charge)
    refund_id = approved(money, finance, mayor, charge, cents)
    told_to = {"municipality": VILLAGE, "refund_id": refund_id}
    assert ("billing:send-refund", told_to) in queued()
    for _ in range(2):  # a job runs at least once
        with card_house.app_context(), money.open_uow() as uow:
            send_refund(uow, refund_id=refund_id)
    told()
    assert money.balances() == {
        "gateway": 1250 - 35 - cents,
        "fees": 35,
        "refunds": cents,
        "income": -1250,
    }
    assert money.facts("charge.refunded") == 1
    assert money.now(charge).is_paid  # what was given back is not owed again


def test_a_refund_whose_answer_was_lost_is_not_made_twice(
    paid, stripe, told, money, card_house, finance, mayor
):
    charge = money.charge(1250)
    paid(charge)
    refund_id = approved(money, finance, mayor, charge, 250)
    stripe.behave(faults=["after", "after"])
    with pytest.raises(Unreachable), card_house.app_context(), money.open_uow() as uow:
        send_refund(uow, refund_id=refund_id)
    with card_house.app_context(), money.open_uow() as uow:
        send_refund(uow, refund_id=refund_id)
    told()
    assert money.balances()["refunds"] == 250


def refund_in_stripe(stripe, name, cents):
    """Somebody gives money back without us."""
    client = sdk.StripeClient("sk_test_double", base_addresses={"api": stripe.address})
    there = {"stripe_account": "acct_gorno", "idempotency_key": f"by hand {name}"}
    intent = client.v1.checkout.sessions.retrieve(name, {}, there).payment_intent
    return client.v1.refunds.create({"payment_intent": intent, "amount": cents}, there)


def test_a_refund_made_in_stripes_own_pages_is_booked_too(paid, stripe, told, money):
    charge = money.charge(1250)
    name = paid(charge)
    made = refund_in_stripe(stripe, name, 200)
    told()
    assert money.balances()["refunds"] == 200
    stripe.do("refund_fails", made.id)
    told()
    assert "refunds" not in money.balances()
    assert money.balances()["gateway"] == 1250 - 35


@pytest.mark.parametrize(("cents", "income"), [(700, 0), (800, 0), (1000, 200)])
def test_a_refund_by_other_hands_is_of_what_is_overpaid_first(
    pay, stripe, told, money, finance, cents, income
):
    charge = money.charge(1250)
    name = pay(charge)
    finance.press(
        f"/console/billing/charges/{charge.id}/transfer",
        cents="8,00",
        reference="1",
        received_on=["24", "11", "2026"],
    )
    stripe.do("pays", name)
    told()
    assert money.now(charge).overpaid_cents == 800
    refund_in_stripe(stripe, name, cents)
    told()
    books = money.balances()
    assert (books.get("refunds", 0), books.get("overpaid", 0)) == (income, min(0, cents - 800))


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_a_disputed_payment_is_booked_and_decided_once(paid, stripe, tell, money, outcome):
    charge = money.charge(1250)
    dispute = stripe.do("disputes", paid(charge))
    [opened] = stripe.messages()
    tell(opened)
    assert money.balances()["disputed"] == 1250
    assert money.now(charge).is_paid
    stripe.do("decides", dispute["id"], outcome=outcome)
    [closed] = stripe.messages()
    for body in (closed, opened, closed):
        assert tell(body).status_code == 200
    won = outcome == "won"
    books = {"gateway": (1250 if won else 0) - 35 - 2000, "fees": 2035, "income": -1250}
    assert money.balances() == books | ({} if won else {"receivable": 1250})
    assert money.now(charge).is_paid is won
    assert money.facts("charge.reopened") == (0 if won else 1)


def test_a_dispute_that_is_told_before_its_payment_is_booked_all_the_same(pay, stripe, tell, money):
    charge = money.charge(1250)
    name = pay(charge)
    stripe.do("pays", name)
    stripe.do("disputes", name)
    for body in reversed(stripe.messages()):
        assert tell(body).status_code == 200
    assert money.balances()["disputed"] == 1250


def test_money_of_other_software_on_the_account_is_none_of_ours(stripe, tell, money, merchants):
    body = {
        "id": "evt_other",
        "object": "event",
        "type": "refund.created",
        "account": "acct_gorno",
        "data": {"object": {"object": "refund", "id": "re_unknown"}},
    }
    assert tell(json.dumps(body)).status_code == 200
    assert money.balances() == {}


@pytest.mark.parametrize("kind", ["refund", "dispute"])
def test_money_without_an_intent_is_taken_for_no_money_of_ours(paid, stripe, told, money, kind):
    charge = money.charge(1250)
    stripe.do("moves_without_intent", paid(charge), kind=kind)
    before = money.balances()
    told()
    assert money.balances() == before


@pytest.mark.parametrize(
    "slip",
    [
        {"sucess_url": "x"},
        {"mode": "pay"},
        {"line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_amont": 100}}]},
        {"locale": "bulgarian"},
    ],
    ids=["unknown", "no such word", "deep inside", "no such language"],
)
def test_the_stand_in_refuses_what_stripe_would_refuse(stripe, slip):
    client = sdk.StripeClient("sk_test_double", base_addresses={"api": stripe.address})
    right = {
        "mode": "payment",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "eur",
                    "unit_amount": 100,
                    "product_data": {"name": "x"},
                },
            }
        ],
        "metadata": {"a": "b"},
        "success_url": "https://village.example/",
    }
    there = {"stripe_account": "acct_gorno", "idempotency_key": json.dumps(slip)}
    with pytest.raises(sdk.InvalidRequestError):
        client.v1.checkout.sessions.create(right | slip, there)


def test_nothing_is_heard_where_there_is_no_contract(client, at, stripe):
    assert client.post("/money/stripe", data="{}", base_url=REGION).status_code == 400
    assert client.post("/money/nobody", data="{}", base_url=REGION).status_code == 400
