"""A stand-in for Stripe in a process of its own: keeps state, checks types, signs its messages.

It knows what the house uses of Stripe, no more: Checkout, refunds, disputes on connected accounts,
Billing on the platform's own, keys of idempotency. Tests tell it at `/_…` what people and banks do
there, and how badly to behave.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib.util
import json
import random
import re
import secrets
import sys
import threading
import time
import urllib.request
from decimal import Decimal
from pathlib import Path

from flask import Flask, jsonify, redirect, request
from stripe.params import DisputeRetrieveParams, RefundCreateParams, RefundRetrieveParams
from stripe.params.checkout import (
    SessionCreateParams,
    SessionListParams,
    SessionRetrieveParams,
)
from werkzeug.serving import make_server


def beside(name):
    """A module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


typed, billing = beside("typed"), beside("stripe_billing_double")

KEY, SECRET = "sk_test_double", "whsec_double"
WHOLE = {
    "amount", "unit_amount", "quantity", "limit", "expires_at", "days_until_due", "due_date",
    "timestamp", "day_of_month", "hour", "minute", "second", "up_to",
}  # fmt: skip
WORDS = {"true": True, "false": False}
SHAPES = {
    ("POST", "checkout/sessions"): SessionCreateParams,
    ("GET", "checkout/sessions"): SessionListParams,
    ("GET", "checkout/sessions/…"): SessionRetrieveParams,
    ("POST", "refunds"): RefundCreateParams,
    ("GET", "refunds/…"): RefundRetrieveParams,
    ("GET", "disputes/…"): DisputeRetrieveParams,
}


class Refused(Exception):
    """What Stripe answers to a bad request."""

    def __init__(self, message, status=400, kind="invalid_request_error", code=None):
        super().__init__(message)
        self.message, self.status, self.kind, self.code = message, status, kind, code


class Stripe:
    """All objects by id, each in one account; one at a time."""

    def __init__(self):
        self.objects, self.remembered, self.events = {}, {}, []
        self.faults, self.webhook, self.lock = [], None, threading.RLock()
        self.waiting = 0  # messages that were not heard yet
        self.billing = billing.Billing(Refused, self.say)

    # -- what the house asks -----------------------------------------------------------------

    def answer(self, method, path, sent, account, key):
        if route := self.billing.route(method, path):
            return self.billed(route, path, sent, account, key)
        known = next(
            (n for n in ("checkout/sessions", "refunds", "disputes") if path.startswith(n)), ""
        )
        one = path[len(known) :].strip("/")
        shape = SHAPES.get((method, f"{known}/…" if one else known))
        if shape is None:
            raise Refused(f"Unrecognized request URL ({method}: /v1/{path})", 404)
        if wrong := typed.faults(shape, sent):
            raise Refused(f"Received unknown parameter: {wrong[0]}")
        if not account.startswith("acct_"):
            raise Refused("Objects live on the connected account: Stripe-Account is missing")
        if method == "GET":
            return self.found(account, one, sent) if one else self.listed(account, sent)
        return self.once(account, key, path, sent)

    def billed(self, route, path, sent, account, key):
        """A request to Billing, which is the platform's own affair."""
        shape, act, one = route
        if account:
            raise Refused("Billing is on the platform's own account, without Stripe-Account")
        if wrong := typed.faults(shape, sent):
            raise Refused(f"Received unknown parameter: {wrong[0]}")
        if not key:  # it only reads, or takes away
            return self.billing.answer(act, one, sent)
        return self.remembering("", key, path, sent, lambda: self.billing.answer(act, one, sent))

    def once(self, account, key, path, sent):
        if not key:
            raise Refused("The house always sends a key of idempotency")
        make = self.session if "sessions" in path else self.refund
        return self.remembering(account, key, path, sent, lambda: make(account, sent))

    def remembering(self, account, key, path, sent, make):
        """The same key gives the same answer; with other parameters it is refused."""
        print_ = hashlib.sha256(
            json.dumps([path, sent], sort_keys=True, default=str).encode()
        ).hexdigest()
        if (account, key) in self.remembered:
            before, made = self.remembered[account, key]
            if before != print_:
                raise Refused(
                    "Keys can only be used with the same parameters", 400, "idempotency_error"
                )
            return made
        made = make()
        self.remembered[account, key] = print_, json.loads(json.dumps(made, default=str))
        return made

    def found(self, account, name, sent):
        where, one = self.objects.get(name, (None, None))
        if where != account:
            raise Refused(f"No such object: '{name}'", 404)
        return self.expanded(account, one) if sent.get("expand") else one

    def expanded(self, account, session):
        intent = session["payment_intent"]
        if not intent:
            return session
        intent = dict(self.objects[intent][1])
        if intent["latest_charge"]:
            moved = {"object": "balance_transaction", "currency": "eur", "fee": intent["_fee"]}
            charge = {
                "id": intent["latest_charge"],
                "object": "charge",
                "balance_transaction": moved,
            }
            intent["latest_charge"] = charge
        return {**session, "payment_intent": intent}

    def listed(self, account, sent):
        found = [
            one
            for where, one in self.objects.values()
            if where == account
            and one["object"] == "checkout.session"
            and sent.get("payment_intent", one["payment_intent"]) == one["payment_intent"]
        ][: sent.get("limit", 10)]
        return {"object": "list", "url": "/v1/checkout/sessions", "has_more": False, "data": found}

    def session(self, account, sent):
        price = sent["line_items"][0]["price_data"]
        total = price["unit_amount"] * sent["line_items"][0]["quantity"]
        if total < 50:
            raise Refused("The amount must be at least €0.50")
        name = f"cs_test_{secrets.token_hex(8)}"
        made = {
            "id": name,
            "object": "checkout.session",
            "amount_total": total,
            "currency": price["currency"],
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "metadata": sent["metadata"],
            "success_url": sent["success_url"],
            "url": f"{request.host_url}_page/{name}",
        }
        return self.keep(account, made)

    def refund(self, account, sent):
        intent = self.found(account, sent["payment_intent"], {})
        amount = sent.get("amount", intent["amount"])
        if amount > intent["amount"] - intent["_back"]:
            raise Refused("Refund amount is greater than unrefunded amount on charge")
        intent["_back"] += amount
        made = {
            "id": f"re_{secrets.token_hex(8)}",
            "object": "refund",
            "amount": amount,
            "currency": "eur",
            "payment_intent": intent["id"],
            "status": "succeeded",
            "metadata": sent.get("metadata", {}),
        }
        self.keep(account, made)
        self.say("refund.created", account, made)
        return made

    # -- what people and banks do ------------------------------------------------------------

    def pays(self, name, *, pending=False, fee=35):
        account, session = self.objects[name]
        if session["status"] == "open":
            intent = {
                "id": f"pi_{secrets.token_hex(8)}",
                "object": "payment_intent",
                "amount": session["amount_total"],
                "status": "processing",
                "latest_charge": None,
                "_fee": fee,
                "_back": 0,
            }
            self.keep(account, intent)
            session |= {"status": "complete", "payment_intent": intent["id"]}
        if pending:
            self.say("checkout.session.completed", account, session)
            return session
        intent = self.objects[session["payment_intent"]][1]
        intent |= {"status": "succeeded", "latest_charge": f"ch_{secrets.token_hex(8)}"}
        session["payment_status"] = "paid"
        self.say("payment_intent.succeeded", account, intent)
        self.say("checkout.session.completed", account, session)
        return session

    def fails(self, name):
        account, session = self.objects[name]
        self.pays(name, pending=True)
        self.objects[session["payment_intent"]][1]["status"] = "requires_payment_method"
        self.say("checkout.session.async_payment_failed", account, session)

    def expires(self, name):
        account, session = self.objects[name]
        session["status"] = "expired"
        self.say("checkout.session.expired", account, session)

    def disputes(self, name):
        account, session = self.objects[name]
        made = {
            "id": f"dp_{secrets.token_hex(8)}",
            "object": "dispute",
            "amount": session["amount_total"],
            "currency": "eur",
            "payment_intent": session["payment_intent"],
            "status": "needs_response",
            "balance_transactions": [{"object": "balance_transaction", "fee": 2000}],
        }
        self.say("charge.dispute.created", account, self.keep(account, made))
        return made

    def decides(self, name, outcome):
        account, dispute = self.objects[name]
        dispute["status"] = outcome
        self.say("charge.dispute.closed", account, dispute)

    def moves_without_intent(self, name, kind):
        """A refund or dispute of money that other software took, in the old way."""
        account, _ = self.objects[name]
        made = {
            "id": f"old_{secrets.token_hex(8)}",
            "object": kind,
            "amount": 100,
            "currency": "eur",
            "payment_intent": None,
            "status": "succeeded" if kind == "refund" else "needs_response",
            "metadata": {},
        }
        self.say(f"{kind}.created", account, self.keep(account, made))

    def refund_fails(self, name):
        account, refund = self.objects[name]
        refund["status"] = "failed"
        self.say("refund.failed", account, refund)

    def keep(self, account, made):
        self.objects[made["id"]] = account, made
        return made

    # -- messages ----------------------------------------------------------------------------

    def say(self, kind, account, about):
        event = {
            "id": f"evt_{secrets.token_hex(8)}",
            "object": "event",
            "api_version": "2026-10-28.endive",
            "created": int(time.time()),
            "livemode": False,
            "type": kind,
            "data": {"object": json.loads(json.dumps(about, default=str))},
        }
        if account:  # the platform's own events carry none
            event["account"] = account
        self.events.append(event)
        if self.webhook:
            self.waiting += 1
            threading.Thread(target=self.deliver, args=[event], daemon=True).start()

    def deliver(self, event):
        """Late, in any order, sometimes twice, until it is heard."""
        body = json.dumps(event)
        for _ in range(random.choice((1, 1, 2))):
            time.sleep(random.uniform(0, 0.5))
            while not self.handed(body):
                time.sleep(0.3)
        with self.lock:
            self.waiting -= 1

    def held(self, account):
        """Cents that people paid into an account, and that went back out of it."""
        own = [one for where, one in self.objects.values() if where == account]
        paid = (one["amount"] for one in own if one["object"] == "payment_intent")
        back = (one["amount"] for one in own if one["object"] == "refund")
        return {"paid": sum(paid), "refunded": sum(back)}

    def handed(self, body):
        headers = {
            "Stripe-Signature": signed(body),
            "Content-Type": "application/json",
            "Host": self.webhook["host"],
        }
        asked = urllib.request.Request(self.webhook["url"], body.encode(), headers, method="POST")
        try:
            return urllib.request.urlopen(asked, timeout=30).status == 200
        except OSError:
            return False


def signed(body, secret=SECRET, at=None):
    """The header that Stripe sends with a body."""
    at = int(time.time()) if at is None else at
    mac = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


def unflattened(pairs):
    """`a[b][0]=c` as `{"a": {"b": ["c"]}}`."""
    root = {}
    for key, value in pairs:
        *way, last = re.findall(r"[^\[\]]+", key)
        place = root
        for step in way:
            place = place.setdefault(step, {})
        place[last] = scalar(last, value)
    return lists(root)


def scalar(name, value):
    """A form knows text alone; a number is one where it can be nothing else."""
    if name in WHOLE and value.lstrip("-").isdigit():
        return int(value)
    return Decimal(value) if name.endswith("_decimal") else WORDS.get(value, value)


def lists(value):
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [lists(value[key]) for key in sorted(value, key=int)]
    return {key: lists(one) for key, one in value.items()}


def served(stripe):
    """Its address space: `/v1/…` for the house, `/_…` for people, banks and tests."""
    app = Flask("stripe_double")

    @app.errorhandler(Refused)
    def refused(error):
        return jsonify(
            error={"message": error.message, "type": error.kind, "code": error.code}
        ), error.status

    @app.route("/v1/<path:path>", methods=["GET", "POST", "DELETE"])
    def v1(path):
        if request.authorization is None or request.authorization.token != KEY:
            raise Refused("Invalid API Key", 401)
        pairs = request.form if request.method == "POST" else request.args  # DELETE: by the address
        sent = unflattened(pairs.items(multi=True))
        with stripe.lock:
            fault = stripe.faults.pop(0) if stripe.faults else ""
            if fault == "no":
                raise Refused("This account cannot take cards", 403)
            if fault == "before":
                return jsonify(error={"message": "away", "type": "api_error"}), 500
            account = request.headers.get("Stripe-Account", "")
            key = request.headers.get("Idempotency-Key")
            made = stripe.answer(request.method, path, sent, account, key)
        if fault == "after":  # it has acted, and nobody hears so
            return jsonify(error={"message": "away", "type": "api_error"}), 500
        return jsonify(made)

    give_hands(app, stripe)
    give_billing(app, stripe)
    return app


def give_hands(app, stripe):
    """The addresses under `/_`."""

    @app.route("/_page/<name>", methods=["GET", "POST"])
    def page(name):
        """Where a person types a card."""
        if request.method == "POST":
            with stripe.lock:
                session = stripe.pays(name)
            return redirect(session["success_url"], 303)
        return '<!DOCTYPE html><title>Card</title><form method="post"><button>Pay</button></form>'

    @app.post("/_do/<act>")
    def do(act):
        with stripe.lock:
            return jsonify(getattr(stripe, act)(**request.json))

    @app.get("/_waiting")
    def waiting():
        return jsonify(stripe.waiting)

    @app.get("/_held/<account>")
    def held(account):
        return jsonify(stripe.held(account))

    @app.get("/_events")
    def events():
        return jsonify(stripe.events)

    @app.post("/_behave")
    def behave():
        vars(stripe).update(request.json)
        return jsonify(None)


def give_billing(app, stripe):
    """The addresses under `/_` of the half that is Billing."""

    @app.post("/_bill/<act>")
    def bill(act):
        with stripe.lock:
            return jsonify(getattr(stripe.billing, act)(**request.json))

    @app.get("/_billing")
    def all_of_billing():
        """What tests look at: letters that were sent, measures that arrived."""
        return jsonify(letters=stripe.billing.letters, measured=stripe.billing.measured)


def main():
    server = make_server("127.0.0.1", int(sys.argv[1]), served(Stripe()), threaded=True)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
