"""Lists ask no more of the database because there is more to show; files hold what lists do."""

import csv
import io
import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.billing.charges.lifecycle import charge_of
from obshto.billing.charges.models import PaymentMethod
from obshto.billing.charges.settlement import Money, receive
from obshto.billing.counter.services import close_day, drawer_of, take
from obshto.billing.refunds.services import approve_refund, ask_refund, payment_of
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
BILLING = "/console/billing"
PAGES = (
    f"{BILLING}/",
    f"{BILLING}/payments/",
    f"{BILLING}/payments/payments.csv",
    f"{BILLING}/charges/",
    f"{BILLING}/charges/?state=paid",
    f"{BILLING}/charges/?state=overpaid",
    f"{BILLING}/refunds/",
    f"{BILLING}/refunds/?state=approved",
    f"{BILLING}/counter/",
    f"{BILLING}/counter/close",
    f"{BILLING}/counter/closes",
    f"{BILLING}/ledger/",
    f"{BILLING}/ledger/postings.csv",
    f"{BILLING}/setup/",
    "/account/payments",
)
MOST = 12


@pytest.fixture
def everything(sign_in):
    return sign_in(VILLAGE, Role.FINANCE_OFFICER, Role.MAYOR)


def fill(money, person_id, number):
    """So many of each: open, paid at the counter, overpaid by the bank, refunds, a closed day."""
    for _ in range(number):
        ids = [money.charge(1250, person_id=person_id).id for _ in range(4)]
        with money.app.app_context(), money.open_uow(person_id=person_id) as uow:
            _, cash, bank, back = (charge_of(uow, one, to_change=True) for one in ids)
            key = {"way": PaymentMethod.CASH, "given_cents": None, "request_id": uuid4()}
            take(uow, cash, expected_version=cash.version, **key)
            close_day(
                uow,
                counted_cents=1250,
                expected_cents=drawer_of(uow).cash_cents,
                note="",
                request_id=uuid4(),
            )
            key = {"way": PaymentMethod.CASH, "given_cents": None, "request_id": uuid4()}
            take(uow, back, expected_version=back.version, **key)
            came = Money(way="bank", provider_id=str(bank.id), cents=2000, person_id=person_id)
            payment = payment_of(uow, receive(uow, bank, came).id)
            for typed in (100, 200):
                refund = ask_refund(uow, payment, cents=typed, reason="Повече", request_id=uuid4())
                uow.session.flush()
            approve_refund(as_another(uow), refund, expected_version=refund.version)
        with money.app.app_context(), money.open_uow(person_id=person_id) as uow:
            cents = drawer_of(uow).cash_cents
            close_day(uow, counted_cents=cents, expected_cents=cents, note="", request_id=uuid4())
    small = [money.charge(100).id for _ in range(number)]
    with money.app.app_context(), money.open_uow(person_id=person_id) as uow:
        for one in small:
            charge = charge_of(uow, one, to_change=True)
            take(
                uow,
                charge,
                way=PaymentMethod.POS,
                given_cents=None,
                expected_version=charge.version,
                request_id=uuid4(),
            )


def as_another(uow):
    return replace(uow, principal=Principal(name="Друг"))


@pytest.fixture
def measured(everything, statements_of):
    """measured(): how many statements each page is made of."""

    def look(page):
        assert everything.get(page).status_code == 200, page

    return lambda: {page: len(statements_of(lambda to=page: look(to))) for page in PAGES}


def test_no_page_of_money_asks_more_when_there_is_more(money, everything, measured):
    fill(money, everything.person_id, 2)
    few = measured()
    fill(money, everything.person_id, 8)
    many = measured()
    assert {page: (few[page], many[page]) for page in PAGES if many[page] > few[page]} == {}
    assert {page: number for page, number in many.items() if number > MOST} == {}


def test_the_file_of_payments_holds_what_the_list_shows(money, finance, clerk):
    charge = money.charge(1250, purpose="=СУМ(А1)")
    clerk.press(f"{BILLING}/counter/{charge.id}")
    answer = finance.get(f"{BILLING}/payments/payments.csv")
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2 and rows[1][6] == "12,50"
    assert rows[1][4] == "'=СУМ(А1)"  # a spreadsheet must not run what a person typed


FILES = (f"{BILLING}/ledger/postings.csv", f"{BILLING}/payments/payments.csv")


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?first=x&last=y",
        "?first=2026-11-30&last=2026-11-01",
        "?last=9999-12-31",
        "?last=0001-01-01",
        "?first=0001-01-01",
    ],
)
@pytest.mark.parametrize("file", FILES)
def test_a_file_bears_any_days(money, finance, file, asked):
    money.charge(1250)
    assert finance.get(f"{file}{asked}").status_code == 200


def test_the_file_of_payments_is_of_the_days_that_are_asked_for(money, finance, clerk):
    clerk.press(f"{BILLING}/counter/{money.charge(1250).id}")
    file = FILES[1]
    assert len(finance.get(file).data.splitlines()) == 2
    past = {"first": "2026-01-01", "last": "2026-01-31"}
    assert len(finance.get(file, query_string=past).data.splitlines()) == 1


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_would_not_be_whole_is_refused(money, finance, clerk, monkeypatch, file):
    monkeypatch.setattr("obshto.billing.finance.services.MOST_ROWS", 1)
    for _ in range(2):
        clerk.press(f"{BILLING}/counter/{money.charge(1250).id}")
    answer = finance.get(file)
    assert answer.status_code == 422 and "Изберете по-малко дни" in answer.text


@pytest.mark.parametrize("text", ["1", "скица", "999999999999", "%", "_", "\\", "а" * 5000])
def test_a_search_bears_whatever_is_typed(money, finance, clerk, text):
    charge = money.charge(1250)
    clerk.press(f"{BILLING}/counter/{charge.id}")
    for page in ("payments", "charges"):
        assert finance.get(f"{BILLING}/{page}/", query_string={"q": text}).status_code == 200
    found = finance.get(f"{BILLING}/payments/", query_string={"q": charge.code}).text
    assert "Скица на имот" in found


def test_an_account_of_the_books_that_is_none_shows_all(money, finance):
    money.charge(1250)
    assert "Последни записвания" in finance.get(f"{BILLING}/ledger/?account=x").text
    assert "Записвания: Приходи" in finance.get(f"{BILLING}/ledger/?account=income").text


def test_a_broken_book_is_told(money, finance, owner, config):
    money.charge(1250)
    assert "Книгата е балансирана" in finance.get(f"{BILLING}/ledger/").text
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM t_gorno_selo.billing_posting"))
    engine.dispose()
    assert "Книгата не е равна" in finance.get(f"{BILLING}/ledger/").text


@pytest.mark.parametrize(
    "typed",
    [
        {"cents": "0"},
        {"cents": "1000001"},
        {"purpose": ""},
        {"purpose": "а" * 141},
        {"kind": "x"},
        {"kind": "00000000-0000-4000-8000-000000000000"},
    ],
    ids=str,
)
def test_a_charge_that_cannot_be_is_told_with_all_that_was_typed(money, clerk, typed):
    money.charge()
    right = {"purpose": "Скица", "cents": "12,50", "payer": "Проба Пробова"}
    page = f"{BILLING}/charges/new"
    kind = clerk.get(page).text.partition('<option value="')[2].partition('"')[0]
    [fields] = [fields for to, fields in clerk.forms(page) if to == page]
    answer = clerk.post(page, fields | right | {"kind": kind} | typed)
    assert answer.status_code == 422 and 'value="Проба Пробова"' in answer.text
    assert clerk.post(page, fields | right | {"kind": kind}).status_code == 303


def test_a_transfer_is_entered_once_by_its_number(money, finance):
    first, other = money.charge(1250), money.charge(700)
    line = {"cents": "12,50", "reference": "900/1", "received_on": ["24", "11", "2026"]}

    def enter(charge, **more):
        page = f"{BILLING}/charges/{charge.id}/transfer"
        [fields] = [fields for to, fields in finance.forms(page) if to == page]
        return finance.post(page, fields | line | more).status_code

    assert enter(first) == enter(first) == 303
    assert enter(other) == enter(first, cents="12,51") == 422
    assert enter(other, reference="2", received_on=["1", "1", "2100"]) == 422
    assert money.balances() == {"bank": 1250, "receivable": 700, "income": -1950}


def test_one_line_of_the_bank_entered_for_many_at_once_is_booked_for_one(money, finance):
    pages = [f"{BILLING}/charges/{money.charge(1250).id}/transfer" for _ in range(6)]
    line = {"cents": "12,50", "reference": "900/1", "received_on": ["24", "11", "2026"]}
    forms = [dict(finance.forms(page))[page] | line for page in pages]
    start, answers = threading.Barrier(6), []

    def enter(page, fields):
        start.wait()
        answers.append(finance.post(page, fields).status_code)

    threads = [threading.Thread(target=enter, args=a) for a in zip(pages, forms, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303] + [422] * 5
    assert money.balances()["bank"] == 1250


def test_a_kind_of_income_is_added_once_and_retired(money, finance):
    page = f"{BILLING}/setup/kinds/new"
    [fields] = [fields for to, fields in finance.forms(page) if to == page]
    told = fields | {"code": "441400", "title": "Данък"}
    assert finance.post(page, told).status_code == finance.post(page, told).status_code == 303
    again = finance.press(page, code="441400", title="Друг")
    assert again.status_code == 422 and "Вече има вид приход" in again.text
    assert finance.press(page, code="12", title="Друг").status_code == 422
