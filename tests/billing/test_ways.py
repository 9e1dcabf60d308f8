"""One contract for every way of paying, against counterparts that behave badly on purpose."""

import importlib.util
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from obshto.billing.charges.lifecycle import charge_of
from obshto.billing.charges.settlement import Money, receive
from obshto.billing.gateways.port import GATEWAYS, Capability
from obshto.billing.gateways.stripe import StripeGateway
from obshto.platform.permissions import Role

spec = importlib.util.spec_from_file_location("kiosk", Path(__file__).parent / "kiosk.py")
kiosk = importlib.util.module_from_spec(spec)
spec.loader.exec_module(kiosk)

VILLAGE = "gorno-selo"
REGION = "http://localhost:8000"


class Online:
    """A way that begins on the citizen's page."""

    def __init__(self, app, at):
        self.app, self.at = app, at
        self.visitor = app.test_client()
        self.visitor.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def press(self, money, charge):
        """Press „pay“; answers what came."""
        page = f"/pay/{charge.code}/online/{self.name}"
        expected_version = {"expected_version": money.now(charge).version}
        return self.visitor.post(page, data=expected_version, base_url=self.at(VILLAGE))

    def tell(self, message):
        """What the provider hears when it leaves a message."""
        body, headers = message
        return self.app.test_client().post(
            f"/money/{self.name}", data=body, headers=headers, base_url=REGION
        )


class Card(Online):
    """Stripe: a page elsewhere, messages that mean „look“."""

    name, account, fee = "stripe", "gateway", 35

    def __init__(self, app, at, stripe):
        super().__init__(app, at)
        self.stripe = stripe

    def begin(self, money, charge):
        answer = self.press(money, charge)
        assert answer.status_code == 303, answer.text
        return answer.location.rpartition("/")[2]

    def messages(self):
        return [(body, self.stripe.signed(body)) for body in self.stripe.messages()]

    def pays(self, name):
        self.stripe.do("pays", name)
        return self.messages()

    def fails(self, name):
        self.stripe.do("fails", name)
        return self.messages()

    def forged(self, message):
        body, _ = message
        yield body, self.stripe.signed(body, secret="another")
        yield body.replace("acct_gorno", "acct_dolno"), self.stripe.signed(body)
        yield body, {}
        yield body, {"Stripe-Signature": "t=x,v1=y"}


class Kiosk(Online):
    """ePay's shape: a form or a code, messages that say all there is."""

    account, fee = "gateway", 0

    def __init__(self, app, at, takes):
        super().__init__(app, at)
        gateway = kiosk.KioskGateway(takes)
        self.name = gateway.slug
        app.extensions[GATEWAYS] = {**app.extensions[GATEWAYS], gateway.slug: gateway}

    def begin(self, money, charge):
        answer = self.press(money, charge)
        assert answer.status_code == 200, answer.text
        invoice = f"{charge.id.int}"
        sent = re.search(r'name="ENCODED" value="([^"]+)"', answer.text)
        if sent:
            assert f'action="{kiosk.ADDRESS}"' in answer.text
            told = kiosk.base64.b64decode(sent[1]).decode()
            return re.search(rf"INVOICE=({invoice}\d\d)", told)[1]
        number = re.search(r"inset-text\">\s*(\d{10})\b", answer.text)[1]
        return next(f"{invoice}{n:02}" for n in range(100) if f"{invoice}{n:02}"[-10:] == number)

    def posted(self, invoice, status):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return [(urlencode(kiosk.message("D0000001", invoice, status)), kind)]

    def pays(self, invoice):
        return self.posted(invoice, "PAID")

    def fails(self, invoice):
        return self.posted(invoice, "DENIED")

    def forged(self, message):
        body, kind = message
        yield body.replace("CHECKSUM=", "CHECKSUM=0"), kind
        yield re.sub("ENCODED=..", "ENCODED=AA", body), kind
        yield "", kind


class Desk:
    """A clerk: the „message“ is a form, sent as it is however often."""

    fee = 0

    def __init__(self, staff):
        self.staff = staff

    def begin(self, money, charge):
        return charge.id

    def tell(self, message):
        address, fields = message
        return self.staff.post(address, fields)


class Counter(Desk):
    """Cash."""

    account = "cash"

    def pays(self, charge_id):
        page = f"/console/billing/counter/{charge_id}"
        [fields] = [f for to, f in self.staff.forms(page) if to == page]
        return [(page, fields | {"given": "20,00"})]


class Transfer(Desk):
    """A line of the bank's statement."""

    account = "bank"

    def pays(self, charge_id):
        page = f"/console/billing/charges/{charge_id}/transfer"
        [fields] = [f for to, f in self.staff.forms(page) if to == page]
        day = ["24", "11", "2026"]
        line = {"cents": "12,50", "reference": f"900/{charge_id}", "received_on": day}
        return [(page, fields | line)]


ONLINE, ALL = ("card", "form", "code"), ("card", "form", "code", "counter", "transfer")


@pytest.fixture
def way(request, card_house, at, stripe, sign_in):
    takes = {"form": Capability.FORM_POST, "code": Capability.CODE_TO_SHOW}
    if request.param == "card":
        return Card(card_house, at, stripe)
    if request.param in takes:
        return Kiosk(card_house, at, takes[request.param])
    staff = sign_in(VILLAGE, Role.FINANCE_OFFICER)
    return Counter(staff) if request.param == "counter" else Transfer(staff)


every_way = pytest.mark.parametrize("way", ALL, indirect=True)
online = pytest.mark.parametrize("way", ONLINE, indirect=True)


def books_after(way, cents, fee):
    told = {way.account: cents - fee, "fees": fee, "income": -cents}
    return {account: sum_ for account, sum_ in told.items() if sum_}


@every_way
def test_money_is_booked_once_however_often_it_is_told(way, money):
    charge = money.charge(1250)
    messages = way.pays(way.begin(money, charge))
    for message in [*messages, *messages, *reversed(messages)]:
        assert way.tell(message).status_code in (200, 303)
    assert money.now(charge).is_paid
    assert money.balances() == books_after(way, 1250, way.fee)
    assert money.facts("charge.paid") == money.facts("payment.received") == 1


@online
def test_coming_back_from_a_provider_proves_nothing(way, money, at):
    charge = money.charge(1250)
    way.begin(money, charge)
    page = way.visitor.get(f"/pay/{charge.code}?back=1", base_url=at(VILLAGE))
    assert page.status_code == 200 and not money.now(charge).is_paid


@online
def test_a_forged_message_changes_nothing(way, money):
    charge = money.charge(1250)
    for message in way.pays(way.begin(money, charge)):
        for forged in way.forged(message):
            assert way.tell(forged).status_code == 400
    assert not money.now(charge).is_paid
    assert "gateway" not in money.balances()


@online
def test_what_failed_can_be_paid_after_all(way, money):
    charge = money.charge(1250)
    failed = way.fails(way.begin(money, charge))
    for message in failed:
        assert way.tell(message).status_code == 200
    assert not money.now(charge).is_paid
    assert money.facts("charge.failed") == 1
    for message in way.pays(way.begin(money, charge)):
        assert way.tell(message).status_code == 200
    assert money.now(charge).is_paid
    for message in failed:  # late, once more
        assert way.tell(message).status_code == 200
    assert money.now(charge).is_paid
    assert money.facts("charge.failed") == 1


@online
def test_paid_twice_is_overpaid(way, money):
    charge = money.charge(1250)
    first, other = way.begin(money, charge), money.charge(50)
    messages = way.pays(first)
    with_cash(money, charge)
    for message in messages:
        assert way.tell(message).status_code == 200
    assert money.now(charge).overpaid_cents == 1250
    assert money.balances()["overpaid"] == -1250
    assert money.now(other).owed_cents == 50


@online
def test_money_for_what_was_cancelled_meanwhile_is_overpaid(way, money, clerk):
    charge = money.charge(1250)
    messages = way.pays(way.begin(money, charge))
    page = f"/console/billing/charges/{charge.id}/cancel"
    assert clerk.press(page).status_code == 303
    for message in messages:
        assert way.tell(message).status_code == 200
    assert money.now(charge).state == "cancelled"
    assert money.balances()["overpaid"] == -1250


@online
def test_what_is_paid_is_not_begun_again(way, money):
    charge = money.charge(1250)
    with_cash(money, charge)
    answer = way.press(money, charge)
    assert answer.status_code == 409
    assert "вече е платено" in answer.text


@online
def test_a_late_copy_of_the_button_begins_nothing(way, money, at):
    charge = money.charge(1250)
    stale = {"expected_version": charge.version + 5}
    page = f"/pay/{charge.code}/online/{way.name}"
    assert way.visitor.post(page, data=stale, base_url=at(VILLAGE)).status_code == 409


@pytest.mark.parametrize("way", ("form", "code"), indirect=True)
def test_the_provider_is_answered_in_its_own_words(way, money):
    charge = money.charge(1250)
    invoice = way.begin(money, charge)
    [message] = way.pays(invoice)
    for _ in range(2):
        answer = way.tell(message)
        assert answer.text == f"INVOICE={invoice}:STATUS=OK\n"
        assert answer.mimetype == "text/plain"
    [foreign] = way.posted("1" * 41, "PAID")
    assert way.tell(foreign).text == f"INVOICE={'1' * 41}:STATUS=NO\n"


@pytest.mark.parametrize("way", ["card"], indirect=True)
def test_a_second_press_leads_to_the_same_page(way, money):
    charge = money.charge(1250)
    assert way.begin(money, charge) == way.begin(money, charge)


def with_cash(money, charge):
    """Paid at the counter, whatever goes on elsewhere."""
    with money.app.app_context(), money.open_uow() as uow:
        found = charge_of(uow, charge.id, to_change=True)
        receive(uow, found, Money(way="cash", provider_id=str(charge.id), cents=charge.cents))


def test_every_capability_is_shown_by_some_way():
    shown = {*kiosk.KioskGateway(Capability.FORM_POST).capabilities}
    shown |= kiosk.KioskGateway(Capability.CODE_TO_SHOW).capabilities
    assert shown | StripeGateway.capabilities == set(Capability)
