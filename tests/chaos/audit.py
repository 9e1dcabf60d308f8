"""Both books to the cent: what people were told, what is booked, what the provider has."""

from __future__ import annotations

from collections import Counter, defaultdict

from tills import tell

from obshto.platform.scope import schema_of

READ, DROPPED = "statement.read", "statement.dropped"
FACTS = ("payment.received", "payment.reversed", "charge.refunded", "charge.made")


class Audit:
    """The money of one village; each fault is counted with the judge, too."""

    def __init__(self, judge, slug):
        self.judge, self.slug, self.found = judge, slug, []
        self.schema = schema_of(slug)
        self.files = [f for f in judge.ledger.files if f.slug == slug and f.statement_id]
        self.bills = {b.charge_id: b for b in judge.ledger.bills if b.slug == slug and b.charge_id}

    def verdict(self):
        self.charges()
        self.payments()
        self.refunds()
        self.facts()
        self.statements()
        self.books()
        self.provider()
        return self.found

    def rows(self, statement):
        return self.judge.rows(statement.format(s=self.schema))

    def compare(self, what, told, booked):
        """Acknowledged against booked, one by one."""
        for key in told | booked:
            difference = booked[key] - told[key]
            if difference:
                self.judge.lost += difference < 0
                self.judge.doubled += difference > 0
                self.found.append(f"{self.slug}: {what} of {key} is {difference:+d}")

    def charges(self):
        booked = Counter(dict(self.rows("SELECT id::text, cents FROM {s}.billing_charge")))
        self.compare("the charge", Counter({k: b.cents for k, b in self.bills.items()}), booked)

    def payments(self):
        came = "SELECT charge_id::text, sum(cents)::int FROM {s}.billing_payment GROUP BY 1"
        told = Counter(
            {k: b.cents * (b.taken + b.by_card + b.by_bank) for k, b in self.bills.items()}
        )
        self.compare("money", told, Counter(dict(self.rows(came))))
        undone = (
            "SELECT charge_id::text, count(*) FROM {s}.billing_payment"
            " WHERE reversed_at IS NOT NULL GROUP BY 1"
        )
        told = Counter({k: b.reversed + b.taken_back for k, b in self.bills.items()})
        self.compare("undoing", told, Counter(dict(self.rows(undone))))

    def refunds(self):
        gone = (
            "SELECT charge_id::text, sum(cents)::int FROM {s}.billing_refund"
            " WHERE state = 'done' GROUP BY 1"
        )
        told = Counter({k: sum(b.refunded) for k, b in self.bills.items()})
        self.compare("refunds", told, Counter(dict(self.rows(gone))))

    def facts(self):
        """Who asked for a charge is told once of what happened to it."""
        logged = self.logged()
        for fact in FACTS:
            told = Counter({k: self.times(b, fact) for k, b in self.bills.items()})
            self.compare(fact, told, logged[fact])

    def logged(self):
        """By act how often, of which subject."""
        logged = defaultdict(Counter)
        acts = "SELECT act, subject_id::text FROM {s}.audit_entry WHERE act LIKE 'billing:%'"
        for act, subject in self.rows(acts):
            logged[act.partition(":")[2]][subject] += 1
        return logged

    def statements(self):
        """Each file of the bank stands there once, each of its lines as it was left."""
        kept = "SELECT name, count(*) FROM {s}.billing_statement GROUP BY 1"
        self.compare(
            "the file", Counter(f.name for f in self.files), Counter(dict(self.rows(kept)))
        )
        states = (
            "SELECT s.name, l.state, count(*) FROM {s}.billing_statement s"
            " JOIN {s}.billing_statement_line l ON l.statement_id = s.id GROUP BY 1, 2"
        )
        told = {(f.name, state): n for f in self.files for state, n in f.lines.items()}
        kept = {(name, state): number for name, state, number in self.rows(states)}
        self.compare("the lines", Counter(told), Counter(kept))
        self.compare(READ, Counter(f.statement_id for f in self.files), self.logged()[READ])
        dropped = Counter(f.statement_id for f in self.files if f.is_dropped)
        self.compare(DROPPED, dropped, self.logged()[DROPPED])
        for name, state in self.rows("SELECT name, state FROM {s}.billing_statement"):
            if state not in ("open", "dropped"):
                self.found.append(f"{self.slug}: {name} was left {state}")

    def times(self, bill, fact):
        return {
            "payment.received": bill.payments,
            "payment.reversed": bill.reversed + bill.taken_back,
            "charge.refunded": len(bill.refunded),
            "charge.made": 1,
        }[fact]

    def books(self):
        """The balances that follow from what people were told, and from nothing else."""
        sides = "SELECT {side}, sum(cents)::int FROM {s}.billing_posting GROUP BY 1"
        booked = Counter(dict(self.rows(sides.replace("{side}", "debit"))))
        booked.subtract(dict(self.rows(sides.replace("{side}", "credit"))))
        bills = list(self.bills.values())
        card, back = sum(b.cents for b in bills if b.by_card), sum(sum(b.refunded) for b in bills)
        fees = 35 * sum(b.by_card for b in bills)
        cash = sum(b.cents * (b.taken - b.reversed) for b in bills)
        told = Counter(
            {
                "income": -sum(b.cents for b in bills),
                "receivable": sum(b.cents for b in bills if not b.is_paid),
                "gateway": card - back - fees,
                "fees": fees,
                "refunds": back,
                "bank": sum(b.cents * (b.by_bank - b.taken_back) for b in bills),
            }
        )
        booked["cash and handed over"] = booked.pop("cash", 0) + booked.pop("handed-over", 0)
        told["cash and handed over"] = cash
        self.compare("the account", told, Counter({k: v for k, v in booked.items() if v}))

    def provider(self):
        """What the provider holds of this village is what we say it does."""
        account = f"acct_{self.slug.replace('-', '')}"
        held = Counter(tell(self.judge.stripe, f"/_held/{account}"))
        told = Counter(
            {
                "paid": sum(b.cents for b in self.bills.values() if b.by_card),
                "refunded": sum(sum(b.refunded) for b in self.bills.values()),
            }
        )
        self.compare("at the provider", told, held)
