"""The adapters' requests before judges that are not ours: stripe-mock, a sandbox of Stripe.

`make test` brings the first one where Go is; for the second set `STRIPE_TEST_KEY` (and
`STRIPE_TEST_ACCOUNT`, a connected account that may take cards). What was not there stands in the
closing line of `make test`.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import stripe as sdk

from obshto.billing.gateways.collector import (
    Bill,
    BillState,
    Debtor,
    Measure,
    Sending,
    Term,
)
from obshto.billing.gateways.port import Asked, GiveBack
from obshto.billing.gateways.stripe import StripeGateway
from obshto.billing.gateways.stripe_billing import StripeCollector
from obshto.billing.sharing.tariff_terms import Metered, Rate

MOCK = shutil.which("stripe-mock") or shutil.which("stripe-mock", path=f"{sys.prefix}/bin")
KEY, ACCOUNT = os.environ.get("STRIPE_TEST_KEY"), os.environ.get("STRIPE_TEST_ACCOUNT")
with_mock = pytest.mark.skipif(not MOCK, reason="stripe-mock is not installed")
with_sandbox = pytest.mark.skipif(not KEY, reason="STRIPE_TEST_KEY is not set")

DEBTOR = Debtor(slug="test", name="Община Проба", email="proba@example.com", address="ул. 1")
TERMS = [
    Term(word="base", title="Равен дял", cents=10_000),
    Term(word="module:news", title="Новини", cents=1200),
    Term(word="sms", title="Кратки съобщения", meter=Metered.SMS, rate=Rate(cents=6, free=10)),
    Term(word="storage", title="Място", meter=Metered.STORAGE, rate=Rate(cents=40)),
]


@pytest.fixture(scope="module")
def mock():
    """Its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([MOCK, "-http-port", str(port)], **silent) as process:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture(
    params=[pytest.param("mock", marks=with_mock), pytest.param("sandbox", marks=with_sandbox)]
)
def judge(request):
    """(key, address) of one of them."""
    if request.param == "mock":
        return "sk_test_123", request.getfixturevalue("mock")
    return KEY, ""


def test_a_year_of_an_agreement(judge):
    key, address = judge
    by = StripeCollector(key, "whsec_none", api=address)
    customer = by.enrol(DEBTOR)
    by.keep_name(customer, replace(DEBTOR, name="Община Друга"))
    made = by.agree(customer, TERMS, due_days=30, choice=str(uuid4()))
    assert made.id.startswith("sub_")
    found = by.agreement(customer)
    assert found
    if not address:  # only a sandbox remembers
        assert set(found.lines) == {term.key for term in TERMS}
        assert not by.keep_name(customer, replace(DEBTOR, name="Община Друга"))
    by.adjust(found, TERMS[1:])
    used = Measure(id=f"t:{uuid4()}", meter=Metered.SMS, value=3, at=datetime.now(UTC))
    for _ in range(2):
        by.measure(customer, used)
    assert by.bills(customer) == []
    by.end(found)


def test_a_payment_by_card(judge):
    key, address = judge
    if not address and not ACCOUNT:
        pytest.skip("STRIPE_TEST_ACCOUNT is not set")
    gateway, account = StripeGateway(key, "whsec_none", api=address), ACCOUNT or "acct_1"
    asked = Asked(
        municipality="test",
        account=account,
        charge_id=uuid4(),
        number=1,
        cents=1250,
        purpose="Скица на имот",
        code="123456789012345678",
        back_url="https://portal.example/pay/1",
        language="bg",
    )
    started = gateway.start(asked)
    assert started.redirect.startswith("https://")
    if not address:
        assert gateway.start(asked) == started
        assert gateway.look(account, started.provider_id) == []


@with_mock
def test_what_is_done_with_a_bill(mock):
    """Of a sandbox a bill can only be had when a month has turned."""
    by = StripeCollector("sk_test_123", "whsec_none", api=mock)
    draft = Bill(
        id="in_1", customer_id="cus_1", month=date(2026, 10, 1), state=BillState.DRAFT, cents=100
    )
    sending = Sending(
        number=1,
        net_cents=90,
        vat_cents=18,
        due_on=datetime.now(UTC).date() + timedelta(days=30),
        said="По фактура",
        vat_title="Данък",
        difference_title="Изравняване",
    )
    by.hold(draft)
    with pytest.raises(AssertionError):  # it answers an invoice of no subscription
        by.level(draft, sending)
    by.deliver(draft)
    by.paid_elsewhere(draft)
    by.take_away(draft)
    by.take_away(replace(draft, state=BillState.OPEN))


@with_mock
def test_money_that_goes_back(mock):
    gateway = StripeGateway("sk_test_123", "whsec_none", api=mock)
    wish = GiveBack(
        municipality="test",
        account="acct_1",
        charge_id=uuid4(),
        payment_id="pi_1",
        refund_id=uuid4(),
        cents=100,
    )
    assert gateway.refund(wish) is not None


@with_mock
def test_a_slip_is_refused_there(mock):
    """So that the tests above can fail."""
    client = sdk.StripeClient("sk_test_123", base_addresses={"api": mock})
    with pytest.raises(sdk.InvalidRequestError):
        client.v1.subscriptions.create({"customer": "cus_1", "itmes": [{"price": "price_1"}]})
