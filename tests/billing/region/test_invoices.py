"""Invoices: numbered without a gap, once for each month; what came pays the oldest first."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from obshto.billing.invoices.errors import (
    IncompleteCustomers,
    MonthIsNotOver,
    NothingOwed,
    NotToBeCredited,
    NumbersHaveBegun,
    TooMuchCredit,
)
from obshto.billing.invoices.issuance import credit_invoice, issue_month
from obshto.billing.invoices.models import Invoice
from obshto.billing.invoices.parties import Issuing, Party, issuer, set_issuer
from obshto.billing.invoices.pdf import invoice_pdf, values_of
from obshto.billing.invoices.remittances import (
    allotted,
    book_remittance,
    remind,
    remind_late,
    standing_of,
    standings,
    take_back,
)
from obshto.billing.ledger.accounts import Regional
from obshto.billing.ledger.services import regional_turnovers
from obshto.ops.config import spelled
from obshto.platform.clock import today
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

FIRST = 7_000_000_001
VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
# Each shares 240 000 cents of a year alike: 10 000 a month, 12 000 with VAT.
NET, GROSS = 10_000, 12_000


@pytest.fixture
def issued(region, sharing, last_month):
    with region() as uow:
        return {one.municipality: one for one in issue_month(uow, last_month)}


def pay(uow, cents, slug=VILLAGE, **more):
    told = {"received_on": today(), "reference": "1", "request_id": uuid4(), **more}
    return book_remittance(uow, slug, cents=cents, **told)


def credit(uow, invoice, cents, request_id=None):
    told = {"reason": "Грешка", "request_id": request_id or uuid4()}
    return credit_invoice(uow, invoice, net_cents=cents, **told)


def test_a_month_is_invoiced_once(region, issued, last_month):
    assert {one.number for one in issued.values()} == {FIRST, FIRST + 1}
    assert {(one.net_cents, one.vat_cents) for one in issued.values()} == {(NET, GROSS - NET)}
    with region() as uow:
        assert issue_month(uow, last_month) == []


def test_a_month_that_is_not_over_is_not_invoiced(region, sharing):
    with region() as uow, pytest.raises(MonthIsNotOver):
        issue_month(uow, today().replace(day=1))


def test_the_law_wants_to_know_the_buyer(region, sharing, last_month):
    with region() as uow:
        uow.session.execute(text("UPDATE shared.billing_customer SET eik = ''"))
        with pytest.raises(IncompleteCustomers):
            issue_month(uow, last_month)


def test_without_a_vat_number_no_vat_is_charged(region, sharing, last_month):
    with region() as uow:
        uow.session.execute(text("UPDATE shared.billing_issuer SET vat_number = ''"))
        found = issue_month(uow, last_month)
    assert {(one.vat_cents, one.exempt_because) for one in found} == {(0, "чл. 113, ал. 9 от ЗДДС")}


def test_nothing_of_an_invoice_can_be_changed_or_deleted(issued, app_engine):
    for act in (
        "UPDATE shared.billing_invoice SET number = 1",
        "DELETE FROM shared.billing_invoice",
    ):
        with (
            pytest.raises(DBAPIError, match="permission denied"),
            app_engine.begin() as connection,
        ):
            connection.execute(text(act.format("shared.billing_invoice")))


def test_numbers_have_no_gap_although_many_write_and_some_give_up(app, region, issued):
    """Eight at once take away a little of the same invoice; every third of them is undone."""
    note, faults = issued[VILLAGE], []

    def write(n):
        try:
            with region() as uow:
                credit(uow, uow.session.get(Invoice, note.id), 100)
                if n % 3 == 0:
                    raise KeyError
        except KeyError:
            pass
        except Exception as fault:  # noqa: BLE001  told below, in the thread that asserts
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with region() as uow:
        numbers = uow.session.scalars(text("SELECT number FROM shared.billing_invoice")).all()
    assert sorted(numbers) == list(range(FIRST, FIRST + len(numbers)))
    assert len(numbers) == 2 + 5


KILLED = """
import os, sys
from uuid import uuid4
from obshto.billing.invoices.issuance import credit_invoice, invoice_numbered
from obshto.ops.compose import compose
from obshto.ops.config import read_config
from obshto.platform.unit_of_work import Principal, open_uow
app = compose(read_config(dict(os.environ)))
with app.app_context(), open_uow(None, Principal(name="x")) as uow:
    found = invoice_numbered(uow, int(sys.argv[1]))
    note = credit_invoice(uow, found, net_cents=100, reason="x", request_id=uuid4())
    print(note.number, flush=True)
    sys.stdin.read()
"""


def test_a_number_taken_by_a_writer_who_was_killed_is_taken_by_the_next(
    region, issued, logins, tmp_path
):
    env = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": spelled(logins.app),
        "MIGRATOR_URL": spelled(logins.migrator),
        "BACKUP_URL": spelled(logins.backup),
    }
    command = [sys.executable, "-c", KILLED, str(FIRST)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=env, **pipes) as writer:
        assert int(writer.stdout.readline()) == FIRST + 2
        writer.send_signal(signal.SIGKILL)
    with region() as uow:
        assert credit(uow, issued[VILLAGE], 100).number == FIRST + 2


def test_a_credit_note_takes_away_at_most_what_is_there(region, issued):
    with region() as uow:
        once = uuid4()
        first = credit(uow, issued[VILLAGE], 3_333, once)
        assert credit(uow, issued[VILLAGE], 3_333, once).number == first.number
        with pytest.raises(TooMuchCredit):
            credit(uow, issued[VILLAGE], NET - 3_332)
        last = credit(uow, issued[VILLAGE], NET - 3_333)
        assert first.vat_cents + last.vat_cents == GROSS - NET
        with pytest.raises(NotToBeCredited):
            credit(uow, last, 1)
        owed = standing_of(uow, VILLAGE).invoices[0]
        assert (owed.owed_cents, owed.state(today())) == (0, "credited")


def test_a_part_then_too_much_is_kept_for_the_next_invoice(region, issued):
    with region() as uow:
        pay(uow, 5_000)
        [owed] = standing_of(uow, VILLAGE).invoices
        assert (owed.owed_cents, owed.state(today())) == (7_000, "part")
        over = pay(uow, 9_000)
        standing = standing_of(uow, VILLAGE)
        assert (standing.owed_cents, standing.advance_cents) == (0, 2_000)
        once = uuid4()
        for _ in range(2):
            take_back(uow, over.id, request_id=once)
        assert standing_of(uow, VILLAGE).owed_cents == 7_000
        assert standing_of(uow, NEIGHBOUR).owed_cents == GROSS


def document(number, cents, credits=None):
    return Invoice(
        id=uuid4(), number=number, net_cents=cents, vat_cents=0,
        credits_id=credits.id if credits else None, due_on=today(),
    )  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 1000)), max_size=8),
    st.integers(0, 9000),
    st.randoms(),
)
def test_how_a_municipality_stands_follows_from_sums_alone(invoices, received, chance):
    papers = []
    for n, (cents, taken) in enumerate(invoices):
        papers.append(document(2 * n + 1, cents))
        if 0 < taken <= cents:
            papers.append(document(2 * n + 2, taken, papers[-1]))
    due = sum(-one.cents if one.is_credit else one.cents for one in papers)
    standing = allotted(papers, received)
    assert standing.owed_cents - standing.advance_cents == due - received
    assert all(one.owed_cents >= 0 for one in standing.invoices)
    assert standing.owed_cents == 0 or standing.advance_cents == 0
    chance.shuffle(papers)
    assert allotted(papers, received) == standing


def test_the_books_fit_what_is_owed(region, issued):
    with region() as uow:
        pay(uow, 13_000)
        credit(uow, issued[NEIGHBOUR], 2_500)
        moved = {one.account: one.balance for one in regional_turnovers(uow)}
        stands = standings(uow).values()
        assert sum(moved.values()) == 0
        assert moved[Regional.RECEIVABLE] == sum(
            one.owed_cents - one.advance_cents for one in stands
        )
        assert moved[Regional.BANK] == 13_000
        assert moved[Regional.INCOME] == -(2 * NET - 2_500)


def test_the_books_can_only_be_added_to(issued, app_engine):
    for act in ("UPDATE {} SET cents = 1", "DELETE FROM {}", "TRUNCATE {}"):
        with (
            pytest.raises(DBAPIError, match="permission denied"),
            app_engine.begin() as connection,
        ):
            connection.execute(text(act.format("shared.billing_regional_posting")))


def test_who_is_reminded_hears_of_it_once_a_day_by_letter(region, issued, queued):
    with region() as uow:
        for _ in range(2):
            remind(uow, issued[VILLAGE])
        pay(uow, GROSS, NEIGHBOUR)
        with pytest.raises(NothingOwed):
            remind(uow, issued[NEIGHBOUR])
    told = [args for name, args in queued() if args.get("fact") == "billing:invoice.reminded"]
    assert [(one["municipality"], one["payload"]["cents"]) for one in told] == [(VILLAGE, GROSS)]


def test_the_late_are_reminded_by_themselves_and_not_every_day(
    app, region, issued, owner, monkeypatch
):
    late = today() + timedelta(days=31)
    monkeypatch.setattr("obshto.billing.invoices.remittances.day_of", lambda moment: late)
    for _ in range(2):
        with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("t")) as uow:
            remind_late(uow)
    rows = owner("SELECT count(*), min(day) FROM shared.billing_reminder")
    assert rows == [(1, late)]


def test_the_first_number_stands_once_invoices_were_issued(region, issued):
    with region() as uow:
        found = issuer(uow)
        party_of = {name: found.requisites[name] for name in ("name", "eik", "vat_number")}
        told = Issuing(
            iban=found.iban, bic="", bank="", vat_percent=20, exempt_because="", due_days=30,
            first_number=1,
        )  # fmt: skip
        who = Party(**party_of, address=found.address, person="")
        with pytest.raises(NumbersHaveBegun):
            set_issuer(uow, who, told, expected_version=found.version)


def test_the_paper_is_an_accessible_pdf_that_says_what_the_law_wants(region, issued):
    invoice = issued[VILLAGE]
    with region() as uow:
        body = invoice_pdf(uow, invoice)
        told = str(values_of(invoice, None))
    assert body.startswith(b"%PDF-")
    assert b"pdfuaid" in body
    for words in ("7000000001", "Областен център", "BG123456789", "Община Горно село", "20"):
        assert words in told
