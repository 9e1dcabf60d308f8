"""People who pay, and who take money: in cash, by card through a stand-in for Stripe."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from clients import PATIENCE, REDIRECTED, InDoubt, Person
from ledger import Bill
from template import BASE, KIND

DOUBLE = Path(__file__).parents[1] / "billing" / "stripe_double.py"
BILLING = "/console/billing"
FRESH = 600  # seconds: who gives money back must have shown lately who they are
CODE = re.compile(r"/pay/(\d{18})")
EXPECTED = re.compile(r'name="expected"[^>]*value="(-?\d+)"')


@contextmanager
def stripe_double():
    """The stand-in, with its address; it stands outside of all that is killed."""
    command = [sys.executable, DOUBLE, "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, process_group=0
    ) as process:
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def tell(address, path, **said):
    """Say something to the stand-in, or ask it."""
    body = json.dumps(said).encode() if said else None
    asked = urllib.request.Request(f"{address}{path}", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        return json.loads(answer.read() or b"null")


def send_messages_to(address, port):
    """From now on it sends what happens: late, in any order, sometimes twice, until heard."""
    hook = {"url": f"http://127.0.0.1:{port}/money/stripe", "host": BASE}
    tell(address, "/_behave", webhook=hook)


class Clerk(Person):
    """Enters what there is to pay."""

    person, area = "finance", "billing/charges"

    def charge(self):
        self.written += 1
        self.stay_fresh()
        bill = Bill(self.slug, self.rng.randrange(100, 9000))
        page = f"{BILLING}/charges/new"
        asked = {"kind": str(KIND), "purpose": f"{self.name}: {self.written}", "payer": ""}
        sum_ = {"cents": f"{bill.cents // 100},{bill.cents % 100:02}"}
        form = self.form(page, page) | asked | sum_
        self.ledger.bills.append(bill)
        where = self.post(page, form).partition("?")[0]
        bill.charge_id = where.rpartition("/")[2]
        bill.code = CODE.search(self.page(where))[1]
        return bill

    def stay_fresh(self):
        if time.monotonic() - self.signed_in_at > FRESH:
            self.sign_in()

    def sign_in(self):
        super().sign_in()
        self.signed_in_at = time.monotonic()

    def look(self, bill):
        """What was acknowledged is seen on the very next request, by whoever has the code."""
        _, _, text = self.http.until("GET", f"/pay/{bill.code}", anonymous=True)
        self.ledger.count("looked")
        if ("govuk-panel" in text) != bill.is_paid:
            self.ledger.blame(f"/pay/{bill.code} does not show that it is paid: {bill.is_paid}")


class Cashier(Clerk):
    """Takes cash, undoes some of it, closes the day now and then."""

    def act(self):
        for _ in range(self.rng.randrange(1, 5)):
            bill = self.charge()
            receipt = self.take(bill)
            if self.rng.random() < 0.3:
                self.post(receipt, self.form(receipt, receipt) | {"reason": "Друг човек"})
                bill.reversed += 1
                self.look(bill)
        self.close()

    def take(self, bill):
        page = f"{BILLING}/counter/{bill.charge_id}"
        where = self.post(page, self.form(page, page) | {"way": "cash", "given": ""})
        bill.taken += 1
        self.ledger.count("paid in cash")
        self.look(bill)
        return where.partition("?")[0]

    def close(self):
        page = f"{BILLING}/counter/close"
        text = self.page(page)
        if not (expected := EXPECTED.search(text)):
            return  # all of it was undone before the drawer was counted
        cents = int(expected[1])
        counted = {"counted": f"{cents // 100},{cents % 100:02}", "note": ""}
        self.post(page, self.form(page, page) | {"expected": expected[1]} | counted)
        self.ledger.count("days closed")


class Buyer(Clerk):
    """Pays by card; a colleague gives some of it back."""

    def __init__(self, number, slug, house, ledger, sent, rng):
        super().__init__(number, slug, house, ledger, sent, rng)
        self.mayor = Approver(f"{number}-mayor", slug, house, ledger, sent, rng)

    def sign_in(self):
        super().sign_in()
        self.mayor.sign_in()

    def act(self):
        bill = self.charge()
        self.pay(self.press(bill))
        bill.by_card += 1
        self.ledger.count("paid by card")
        self.wait_until_paid(bill)
        if self.rng.random() < 0.5:
            self.refund(bill, self.rng.randrange(1, bill.cents + 1))

    def press(self, bill):
        """The button of the citizen's page, until it leads on; where to, every time the same."""
        page = f"/pay/{bill.code}"
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                _, _, text = self.http.ask("GET", page, anonymous=True)
                expected_version = re.search(r'name="expected_version" value="(\d+)"', text)[1]
                form = {"expected_version": expected_version}
                status, headers, _ = self.http.ask(
                    "POST", f"{page}/online/stripe", form, anonymous=True
                )
            except InDoubt:
                time.sleep(0.1)
                continue
            if status == REDIRECTED:
                return headers["Location"]
            raise AssertionError(f"{status} for the button of {page}")
        raise AssertionError(f"no answer for {PATIENCE} s: {page}")

    def pay(self, address):
        """On the provider's page, which is never down."""
        request = urllib.request.Request(address, b"", method="POST")
        try:
            urllib.request.build_opener(Stay).open(request, timeout=PATIENCE).close()
        except urllib.error.HTTPError as answer:  # it leads back to us; nobody follows
            assert answer.code == REDIRECTED, answer

    def wait_until_paid(self, bill):
        end, began = time.monotonic() + PATIENCE, time.monotonic()
        while time.monotonic() < end:
            _, _, text = self.http.until("GET", f"/pay/{bill.code}", anonymous=True)
            if "govuk-panel" in text:
                self.ledger.acknowledge(began)
                return
            time.sleep(0.1)
        self.ledger.blame(f"/pay/{bill.code} was paid {PATIENCE} s ago and does not say so")

    def refund(self, bill, cents):
        link = re.search(
            r"/refunds/of/([0-9a-f-]{36})", self.page(f"{BILLING}/charges/{bill.charge_id}")
        )
        ask = f"{BILLING}/refunds/of/{link[1]}"
        wish = {"cents": f"{cents // 100},{cents % 100:02}", "reason": "Платено два пъти"}
        where = self.post(ask, self.form(ask, ask) | wish).partition("?")[0]
        approve = f"{where}/approve"
        self.mayor.post(approve, self.mayor.form(where, approve))
        bill.refunded.append(cents)
        self.ledger.count("refunds")


class Approver(Person):
    """The second pair of eyes: acts when somebody asks, never alone."""

    person, area = "mayor", "billing/refunds"


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not go where it is led."""

    def redirect_request(self, *led):
        return None
