"""The half of the stand-in for Stripe that is Billing: on the platform's own account.

Customers, products, prices, meters with their events, subscriptions that draft an invoice when a
month turns, invoices that are levelled, sent, paid, void. Requests are checked against the SDK.
"""

import secrets
from datetime import UTC, datetime
from decimal import Decimal

from stripe import params as p
from stripe.params import billing as b

# Method and address („…“ stands for an id): the parameters that the SDK knows, what answers.
ROUTES = {
    ("POST", "customers"): (p.CustomerCreateParams, "enrol"),
    ("GET", "customers/…"): (p.CustomerRetrieveParams, "found"),
    ("POST", "customers/…"): (p.CustomerUpdateParams, "changed"),
    ("POST", "products"): (p.ProductCreateParams, "product"),
    ("POST", "prices"): (p.PriceCreateParams, "price"),
    ("GET", "prices"): (p.PriceListParams, "prices"),
    ("POST", "billing/meters"): (b.MeterCreateParams, "meter"),
    ("GET", "billing/meters"): (b.MeterListParams, "meters"),
    ("POST", "billing/meter_events"): (b.MeterEventCreateParams, "measure"),
    ("POST", "subscriptions"): (p.SubscriptionCreateParams, "subscribe"),
    ("GET", "subscriptions"): (p.SubscriptionListParams, "subscriptions"),
    ("POST", "subscriptions/…"): (p.SubscriptionUpdateParams, "adjust"),
    ("DELETE", "subscriptions/…"): (p.SubscriptionCancelParams, "cancel"),
    ("GET", "invoices"): (p.InvoiceListParams, "invoices"),
    ("GET", "invoices/…"): (p.InvoiceRetrieveParams, "found"),
    ("POST", "invoices/…"): (p.InvoiceUpdateParams, "draft_changed"),
    ("DELETE", "invoices/…"): (p.InvoiceDeleteParams, "delete"),
    ("POST", "invoices/…/finalize"): (p.InvoiceFinalizeInvoiceParams, "finalize"),
    ("POST", "invoices/…/send"): (p.InvoiceSendInvoiceParams, "send"),
    ("POST", "invoices/…/pay"): (p.InvoicePayParams, "pay"),
    ("POST", "invoices/…/void"): (p.InvoiceVoidInvoiceParams, "void"),
    ("POST", "invoiceitems"): (p.InvoiceItemCreateParams, "item"),
    ("GET", "invoiceitems"): (p.InvoiceItemListParams, "items"),
}
NAMES = sorted({address.split("/…")[0] for _, address in ROUTES}, key=len, reverse=True)
MOST_ITEMS = 20  # of a subscription


class Billing:
    """`refuse` makes the error that Stripe would answer, `say` leaves a message."""

    def __init__(self, refuse, say):
        self.refuse, self.say = refuse, say
        self.objects, self.letters, self.measured = {}, [], {}

    def route(self, method, path):
        """(parameters, act, id) of a request, None for one that is not Billing's."""
        name = next((n for n in NAMES if path == n or path.startswith(f"{n}/")), None)
        if name is None:
            return None
        one, _, act = path[len(name) :].strip("/").partition("/")
        address = "/".join([name, *(["…"] if one else []), *([act] if act else [])])
        known = ROUTES.get((method, address))
        return (*known, one) if known else None

    def answer(self, act, one, sent):
        return getattr(self, act)(*([one] if one else []), sent)

    def keep(self, prefix, kind, said):
        name = f"{prefix}_{secrets.token_hex(8)}"
        made = {"id": name, "object": kind, "metadata": {}, **said}
        self.objects[made["id"]] = made
        return made

    def of(self, kind, **wanted):
        return [
            one
            for one in self.objects.values()
            if one["object"] == kind and all(one.get(k) == v for k, v in wanted.items())
        ]

    def listed(self, found):
        return {"object": "list", "url": "/v1/…", "has_more": False, "data": found}

    def found(self, name, sent):
        if name not in self.objects:
            raise self.refuse(f"No such object: '{name}'", 404)
        return self.objects[name]

    # -- who and what ------------------------------------------------------------------------

    def enrol(self, sent):
        return self.keep("cus", "customer", sent)

    def changed(self, name, sent):
        self.found(name, {}).update(sent)
        return self.objects[name]

    def product(self, sent):
        if sent.get("id") in self.objects:
            raise self.refuse("Product already exists.", 400, code="resource_already_exists")
        return self.keep("prod", "product", sent)

    def price(self, sent):
        if self.of("price", lookup_key=sent["lookup_key"], active=True):
            raise self.refuse("A price already uses that lookup key.")
        if sent["recurring"].get("usage_type") == "metered" and "meter" not in sent["recurring"]:
            raise self.refuse("Metered prices must be backed by a meter")
        self.found(sent["product"], {})
        return self.keep("price", "price", {"active": True, **sent})

    def prices(self, sent):
        if len(sent["lookup_keys"]) > 10:
            raise self.refuse("You can look for 10 keys at once")
        return self.listed([x for x in self.of("price") if x["lookup_key"] in sent["lookup_keys"]])

    def meter(self, sent):
        if self.of("billing.meter", event_name=sent["event_name"]):
            raise self.refuse("There is already an active meter for this event name")
        return self.keep("mtr", "billing.meter", {"status": "active", **sent})

    def meters(self, sent):
        return self.listed(self.of("billing.meter"))

    def measure(self, sent):
        if sent["identifier"] in self.measured:
            raise self.refuse("An event already exists with identifier " + sent["identifier"])
        if not self.of("billing.meter", event_name=sent["event_name"]):
            raise self.refuse("No active meter found for the event name", 404)
        age = datetime.now(UTC).timestamp() - int(sent["timestamp"])
        if not -300 <= age <= 35 * 86400:
            raise self.refuse("Timestamp is too old or in the future")
        self.measured[sent["identifier"]] = sent
        return {"object": "billing.meter_event", **sent}

    # -- agreements --------------------------------------------------------------------------

    def subscribe(self, sent):
        self.found(sent["customer"], {})
        if sent["collection_method"] == "send_invoice" and not sent.get("days_until_due"):
            raise self.refuse("days_until_due is missing")
        rest = {k: v for k, v in sent.items() if k != "items"}
        made = self.keep("sub", "subscription", {"status": "active", **rest})
        made["items"] = self.listed([])
        return self.lines(made, sent["items"])

    def lines(self, made, items):
        data = made["items"]["data"]
        for item in items:
            if item.get("deleted"):
                data[:] = [one for one in data if one["id"] != item["id"]]
            else:
                price = self.found(item["price"], {})
                data.append({"id": f"si_{secrets.token_hex(6)}", "price": price})
        if not 0 < len(data) <= MOST_ITEMS:
            raise self.refuse("A subscription has from 1 to 20 items")
        return made

    def subscriptions(self, sent):
        alive = [x for x in self.of("subscription", **sent_of(sent)) if x["status"] != "canceled"]
        return self.listed(alive)

    def adjust(self, name, sent):
        return self.lines(self.found(name, {}), sent["items"])

    def cancel(self, name, sent):
        self.found(name, {})["status"] = "canceled"
        return self.objects[name]

    # -- bills -------------------------------------------------------------------------------

    def invoices(self, sent):
        return self.listed(self.of("invoice", **sent_of(sent))[::-1])

    def is_draft(self, name):
        if self.found(name, {})["status"] != "draft":
            raise self.refuse("You can only do that with a draft")
        return self.objects[name]

    def draft_changed(self, name, sent):
        self.is_draft(name).update(sent)
        return self.objects[name]

    def delete(self, name, sent):
        self.is_draft(name)
        del self.objects[name]
        return {"id": name, "object": "invoice", "deleted": True}

    def item(self, sent):
        invoice = self.is_draft(sent["invoice"])
        made = self.keep("ii", "invoiceitem", sent)
        invoice["total"] += sent["amount"]
        return made

    def items(self, sent):
        return self.listed(self.of("invoiceitem", invoice=sent["invoice"]))

    def finalize(self, name, sent):
        invoice = self.is_draft(name)
        if invoice["total"] < 0:
            raise self.refuse("Nothing is to be paid")
        invoice |= {"status": "open", "hosted_invoice_url": f"https://invoice.stripe.com/{name}"}
        self.say("invoice.finalized", None, invoice)
        return invoice

    def send(self, name, sent):
        if self.found(name, {})["status"] != "open":
            raise self.refuse("You can only send an open invoice")
        self.letters.append(name)
        return self.objects[name]

    def pay(self, name, sent):
        invoice = self.found(name, {})
        if not sent.get("paid_out_of_band") or invoice["status"] != "open":
            raise self.refuse("Invoice is not open")
        invoice["status"] = "paid"
        self.came(invoice, invoice["total"], "payment_record")
        self.say("invoice.paid", None, invoice)
        return invoice

    def void(self, name, sent):
        invoice = self.found(name, {})
        if invoice["status"] not in ("open", "uncollectible"):
            raise self.refuse("You can only void an open invoice")
        invoice["status"] = "void"
        self.say("invoice.voided", None, invoice)
        return invoice

    # -- what time and people do -------------------------------------------------------------

    def turns(self, name, first, last):
        """A month is over: the subscription drafts what it asks for. `first`, `last`: seconds."""
        agreement = self.objects[name]
        prices = [item["price"] for item in agreement["items"]["data"]]
        made = self.keep(
            "in",
            "invoice",
            {
                "billing_reason": "subscription_cycle",
                "status": "draft",
                "customer": agreement["customer"],
                "currency": "eur",
                "period_start": first,
                "period_end": last,
                "total": sum(self.cents(one, agreement["customer"], first, last) for one in prices),
                "hosted_invoice_url": None,
                "auto_advance": True,
                "payments": self.listed([]),
            },
        )
        self.say("invoice.created", None, made)
        return made

    def cents(self, price, customer, first, last):
        if "meter" not in price["recurring"]:
            return price["unit_amount"]
        meter = self.objects[price["recurring"]["meter"]]
        values = [
            int(one["payload"]["value"])
            for one in self.measured.values()
            if one["event_name"] == meter["event_name"]
            and one["payload"]["stripe_customer_id"] == customer
            and first <= int(one["timestamp"]) < last
        ]
        is_last = meter["default_aggregation"]["formula"] == "last"
        used = sum(values[-1:] if is_last else values)
        if price["billing_scheme"] == "tiered":
            free, rest = price["tiers"]
            return round(Decimal(rest["unit_amount_decimal"]) * max(0, used - free["up_to"]))
        return round(Decimal(price["unit_amount_decimal"]) * used)

    def came(self, invoice, cents, kind="payment_intent", status="paid"):
        invoice["payments"]["data"].append(
            {
                "id": f"inpay_{secrets.token_hex(8)}",
                "object": "invoice_payment",
                "status": status,
                "amount_paid": cents if status == "paid" else None,
                "payment": {"type": kind},
                "status_transitions": {"paid_at": int(datetime.now(UTC).timestamp())},
            }
        )

    def municipality_pays(self, name, cents=None):
        """All of it, or a part."""
        invoice = self.objects[name]
        self.came(invoice, cents or invoice["total"])
        came = sum(one["amount_paid"] or 0 for one in invoice["payments"]["data"])
        if came >= invoice["total"]:
            invoice["status"] = "paid"
        self.say(
            "invoice.paid" if invoice["status"] == "paid" else "invoice.updated", None, invoice
        )

    def payment_fails(self, name):
        self.came(self.objects[name], 0, status="open")
        self.say("invoice.payment_failed", None, self.objects[name])

    def open_bill(self, customer, total):
        """Of a month that was asked for without us."""
        said = {"billing_reason": "subscription_cycle", "status": "open", "customer": customer}
        sums = {"currency": "eur", "total": total, "period_end": int(datetime.now(UTC).timestamp())}
        return self.keep("in", "invoice", {**said, **sums, "payments": self.listed([])})

    def reset(self):
        """As on the first day."""
        self.objects, self.letters, self.measured = {}, [], {}

    def strange_price(self):
        said = {"active": True, "lookup_key": None, "unit_amount": 1, "recurring": {}}
        return self.keep("price", "price", said)

    def cancelled_by_hand(self, name):
        self.cancel(name, {})

    def line_by_hand(self, name, price):
        self.lines(self.objects[name], [{"price": price}])

    def all(self, kind):
        return self.of(kind)


def sent_of(sent):
    """What a list is narrowed down by."""
    return {k: v for k, v in sent.items() if k in ("customer", "subscription")}
