"""People of finance who bring statements of the bank in two formats, some lines of them twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import count

from flask import g
from ledger import BankFile, Bill
from template import KIND
from tills import BILLING, Clerk

from obshto.billing.charges.lifecycle import Wanted, make_charge
from obshto.billing.charges.models import Kind
from obshto.billing.settings import SLUG, BillingSettings
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

DESK = f"{BILLING}/statements"
IBAN, PAYER = "BG11DEMO96611020345678", "BG22DEMO96611020000001"
DAY = date(2026, 11, 2)
OPENING = 100_000  # cents on the account before each file
MANY = 101  # lines: a job books them, a hundred at a time
BOOKED, KNOWN, MATCHED, FOREIGN = "booked", "known", "matched", "foreign"
SUBSIDY = 125_000  # cents
CENTS = 250  # of each bill of the large file


@dataclass(frozen=True)
class Transfer:
    """One line of a file, by the bank's own number; without a bill it is for nothing of ours."""

    number: str
    cents: int
    bill: Bill | None = None

    @property
    def text(self):
        return f"kod {self.bill.code}" if self.bill else "subsidia"


def open_account(house, ledger, slug):
    """Where transfers to that village go, and bills enough for a file that a job books."""
    with house.app.app_context():
        g.modules = frozenset()
        with open_uow(scope_named(slug), Principal.system("drill")) as uow:
            account = BillingSettings(holder="Община", iban=IBAN)
            save_settings(uow, SLUG, account, expected_version=version_of(uow, SLUG))
            kind = uow.session.get_one(Kind, KIND)
            made = [make_charge(uow, _wanted(kind, number)) for number in range(MANY)]
            ledger.bills += [Bill(slug, CENTS, str(one.id), one.code) for one in made]


def _wanted(kind, number):
    return Wanted(reference=f"drill:{number}", kind=kind, cents=CENTS, purpose=f"Сметка {number}")


class Treasurer(Clerk):
    """Brings files, books them, takes some back; a line comes in a later file once more."""

    area = "billing/statements"

    def __init__(self, number, slug, house, ledger, sent, rng):
        super().__init__(number, slug, house, ledger, sent, rng)
        self.bank = count(number * 100_000)  # of what the bank numbers
        self.brought, self.again, self.large_file = 0, [], None
        own = [bill for bill in ledger.bills if bill.slug == slug]
        self.large = [self.transfer(bill.cents, bill) for bill in own]

    def act(self):
        if self.large_file is None:
            self.large_file = self.bring(self.large, Counter({MATCHED: MANY}))
        self.turn_large()
        bills = [self.charge() for _ in range(self.rng.randrange(1, 4))]
        lines = [*(self.transfer(b.cents, b) for b in bills), self.transfer(SUBSIDY)]
        states = Counter({MATCHED: len(bills), FOREIGN: 1, KNOWN: len(self.again)})
        if self.rng.random() < 0.3:
            self.drop(self.bring([*self.again, *lines], states))
        file = self.bring([*self.again, *lines], states)
        self.book(file, bills)
        if self.rng.random() < 0.3:
            self.take_back(file, bills)
            if self.rng.random() < 0.5:
                self.book(file, bills)
        if self.rng.random() < 0.3:  # a colleague brings the month of which this was a day
            self.bring(lines, Counter({KNOWN: len(lines)}))
        self.again = lines[:1]

    def transfer(self, cents, bill=None):
        return Transfer(f"B{next(self.bank)}", cents, bill)

    def bring(self, lines, states):
        """A file, in the two formats by turns."""
        self.brought += 1
        write, ending = ((camt, "xml"), (mt940, "sta"))[self.brought % 2]
        file = BankFile(self.slug, f"{self.name}-{self.brought}.{ending}", lines=Counter(states))
        new = f"{DESK}/new"
        form = self.form(new, new) | {"file": (file.name, write(lines).encode())}
        self.ledger.files.append(file)
        where = self.post(new, form).partition("?")[0]
        file.statement_id = where.rpartition("/")[2]
        self.ledger.count("files brought")
        return file

    def drop(self, file):
        self.press(file, "drop")
        file.is_dropped, file.lines = True, Counter()

    def book(self, file, bills):
        """All of it; who looks sees each bill paid."""
        self.press(file, "book")
        self.told_booked(file, bills)
        for bill in bills:
            self.look(bill)

    def told_booked(self, file, bills):
        for bill in bills:
            bill.by_bank += 1
        file.lines[BOOKED] = file.lines.pop(MATCHED)
        self.ledger.count("lines booked", len(bills))

    def take_back(self, file, bills):
        self.press(file, "undo", page="/undo")
        self.told_taken_back(file, bills)
        for bill in bills:
            self.look(bill)

    def told_taken_back(self, file, bills):
        for bill in bills:
            bill.taken_back += 1
        file.lines[MATCHED] = file.lines.pop(BOOKED)
        self.ledger.count("lines taken back", len(bills))

    def turn_large(self):
        """A job books it or takes it back, whoever is killed meanwhile; nobody waits for that."""
        file, bills = self.large_file, [line.bill for line in self.large]
        page = f"{DESK}/{file.statement_id}"
        text = self.page(page)
        if f'action="{page}/book"' in text:
            self.press(file, "book")
            self.told_booked(file, bills)
        elif f'href="{page}/undo"' in text and self.rng.random() < 0.3:
            self.press(file, "undo", page="/undo")
            self.told_taken_back(file, bills)

    def press(self, file, verb, *, page=""):
        here = f"{DESK}/{file.statement_id}"
        self.post(f"{here}/{verb}", self.form(f"{here}{page}", f"{here}/{verb}"))


def mt940(lines):
    """As SWIFT writes it."""
    told = [":20:STATEMENT", f":25:{IBAN}", ":28C:1/1", f":60F:C{DAY:%y%m%d}EUR{typed(OPENING)}"]
    for line in lines:
        told.append(f":61:{DAY:%y%m%d%m%d}C{typed(line.cents)}NTRFNONREF//{line.number}")
        told.append(f":86:118?00PREVOD?20{line.text}?31{PAYER}?32Proba")
    closing = OPENING + sum(line.cents for line in lines)
    return "\n".join([*told, f":62F:C{DAY:%y%m%d}EUR{typed(closing)}", "-"])


def camt(lines):
    """As ISO 20022 does."""
    closing = OPENING + sum(line.cents for line in lines)
    balances = balance("OPBD", OPENING) + balance("CLBD", closing)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr/>'
        f"<Stmt><Id>1</Id><Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>{balances}"
        f"{''.join(map(entry, lines))}</Stmt></BkToCstmrStmt></Document>"
    )


def balance(code, cents):
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{amount(cents)}"
        "<CdtDbtInd>CRDT</CdtDbtInd></Bal>"
    )


def entry(line):
    return (
        f"<Ntry>{amount(line.cents)}<CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
        f"<BookgDt><Dt>{DAY}</Dt></BookgDt><AcctSvcrRef>{line.number}</AcctSvcrRef>"
        f"<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Proba</Nm></Dbtr><DbtrAcct><Id><IBAN>{PAYER}</IBAN>"
        f"</Id></DbtrAcct></RltdPties><RmtInf><Ustrd>{line.text}</Ustrd></RmtInf></TxDtls></NtryDtls>"
        "</Ntry>"
    )


def amount(cents):
    return f'<Amt Ccy="EUR">{typed(cents).replace(",", ".")}</Amt>'


def typed(cents):
    return f"{cents // 100},{cents % 100:02}"
