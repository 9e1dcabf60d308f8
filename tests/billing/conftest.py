"""The cashier's hands: charges, payments, books, and a stand-in for Stripe."""

import importlib.util
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from sqlalchemy import create_engine, text

from obshto.billing.charges.kinds import add_kind
from obshto.billing.charges.lifecycle import Wanted, charge_of, make_charge
from obshto.billing.gateways.port import GATEWAYS
from obshto.billing.ledger.services import turnovers
from obshto.ops.compose import compose
from obshto.platform.db.session import db
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

HERE = Path(__file__).parent
VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
KIND = uuid4()
ACCOUNTS = {VILLAGE: "acct_gorno", NEIGHBOUR: "acct_dolno"}


def load(name):
    """A module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(f"billing_{name}", HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Money:
    """A municipality's money, as its staff and its programs handle it."""

    def __init__(self, app, owner, slug=VILLAGE):
        self.app, self.owner, self.slug = app, owner, slug
        self.schema = f"t_{slug.replace('-', '_')}"

    def open_uow(self, who="Проба Пробова", person_id=None):
        return open_uow(scope_named(self.slug), Principal(name=who, person_id=person_id))

    def charge(self, cents=1250, **more):
        """A new charge of the one kind that tests know; answers it as it stands."""
        with self.app.app_context(), self.open_uow() as uow:
            kind = add_kind(uow, code="448007", title="Услуги", request_id=KIND)
            wanted = {"reference": f"test:{uuid4()}", "purpose": "Скица на имот", **more}
            return make_charge(uow, Wanted(kind=kind, cents=cents, **wanted))

    def now(self, charge):
        """The charge as it is by now."""
        with self.app.app_context(), self.open_uow() as uow:
            found = charge_of(uow, charge.id)
            uow.session.refresh(found, ("payer",))  # which no list loads
            uow.session.expunge(found)
            return found

    def balances(self):
        """Cents by account, debit less credit; accounts in which nothing moved are left out."""
        with self.app.app_context(), self.open_uow() as uow:
            found = {t.account.value: t.balance for t in turnovers(uow)}
        assert sum(found.values()) == 0
        return {account: cents for account, cents in found.items() if cents}

    def facts(self, name):
        """How often something was logged as having happened."""
        rows = self.owner(
            f"select count(*) from {self.schema}.audit_entry where act = 'billing:{name}'"
        )
        return rows[0][0]


@pytest.fixture
def money(app, owner):
    return Money(app, owner)


@pytest.fixture
def clerk(sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Мая Тошева")


@pytest.fixture
def finance(sign_in):
    return sign_in(VILLAGE, Role.FINANCE_OFFICER, name="Снежана Илчева")


@pytest.fixture
def mayor(sign_in):
    return sign_in(VILLAGE, Role.MAYOR, name="Ивайло Демирев")


class Stripe:
    """The hands on the stand-in: what people and banks do there, what it would send."""

    double = load("stripe_double")

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}"
        self.read = 0

    def do(self, act, *given, **more):
        names = {"name": given[0]} if given else {}
        answer = requests.post(f"{self.address}/_do/{act}", json=names | more, timeout=120)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def bill(self, act, *given, **more):
        """An act of the half that is Billing."""
        names = {"name": given[0]} if given else {}
        answer = requests.post(f"{self.address}/_bill/{act}", json=names | more, timeout=120)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def billing(self):
        return requests.get(f"{self.address}/_billing", timeout=120).json()

    def behave(self, **more):
        requests.post(f"{self.address}/_behave", json=more, timeout=120)

    def messages(self):
        """The bodies that it would have sent since the last look."""
        events = requests.get(f"{self.address}/_events", timeout=120).json()
        new, self.read = events[self.read :], len(events)
        return [self.double.json.dumps(event) for event in new]

    def signed(self, body, **more):
        return {"Stripe-Signature": self.double.signed(body, **more)}


@pytest.fixture(scope="session")
def stripe_process():
    command = [sys.executable, HERE / "stripe_double.py", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        yield int(process.stdout.readline())
        process.terminate()
        process.stdout.close()


@pytest.fixture
def stripe(stripe_process):
    hands = Stripe(stripe_process)
    hands.behave(faults=[])
    hands.messages()
    return hands


@pytest.fixture
def merchants(house, config):
    """Both villages are known to every provider of the tests."""
    engine = create_engine(config.migrator)
    rows = [
        *({"m": slug, "g": "stripe", "a": account} for slug, account in ACCOUNTS.items()),
        *({"m": slug, "g": g, "a": f"D000000{n}"} for g in ("form", "code")
          for n, slug in enumerate(ACCOUNTS, 1)),
    ]  # fmt: skip
    with engine.begin() as connection:
        add = "INSERT INTO shared.billing_merchant VALUES (:m, :g, :a)"
        connection.execute(text(add), rows)
    yield ACCOUNTS
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.billing_merchant"))
    engine.dispose()


@pytest.fixture(scope="session")
def card_app(house, config, stripe_process):
    """The app of an installation that has a contract with Stripe; to compose it is dear."""
    double, address = Stripe.double, Stripe(stripe_process).address
    told = {"stripe_key": double.KEY, "stripe_webhook_secret": double.SECRET}
    made = compose(replace(config, **told, stripe_api=address, stripe_pages=address))
    yield made
    made.extensions["obshto.hosts"].close()
    with made.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def card_house(card_app, stripe, merchants, monkeypatch):
    """The same, with both villages known there; a test may give it other gateways."""
    monkeypatch.setitem(card_app.extensions, GATEWAYS, card_app.extensions[GATEWAYS])
    return card_app
