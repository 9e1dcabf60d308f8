"""Statements of the bank: what is matched, what is doubtful, each line booked once, undone."""

import csv
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.billing.charges.lifecycle import charge_of
from obshto.billing.charges.models import Payment
from obshto.billing.finance.services import book_transfer
from obshto.billing.privacy import erase, export
from obshto.billing.refunds.services import ask_refund, payment_of
from obshto.billing.retention import forget_payers
from obshto.billing.settings import SLUG, BillingSettings
from obshto.billing.statements import bank_files, booking
from obshto.billing.statements.bank_files import read_statement, statement_of
from obshto.billing.statements.booking import book_on, book_statement
from obshto.billing.statements.models import Statement, StatementLine
from obshto.billing.statements.reversal import take_back
from obshto.platform.codes import new_code
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.storage import child, turns

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
IBAN = "BG11DEMO96611020345678"
DESK = "/console/billing/statements"
PATIENCE = 60  # seconds: the machine may be busy


def file_of(*lines, iban=IBAN, opening=10_000, day=2):
    """An MT940 of (cents, number of the bank, payer, text)."""
    told = [":20:STATEMENT", f":25:{iban}", ":28C:1/1", f":60F:C261101EUR{typed(opening)}"]
    for cents, number, payer, text in lines:
        side = "C" if cents > 0 else "D"
        told.append(f":61:2611{day:02}11{day:02}{side}{typed(abs(cents))}NTRFNONREF//{number}")
        told.append(f":86:118?00PREVOD?20{text}?31BG22DEMO96611020000001?32{payer}")
    closing = opening + sum(line[0] for line in lines)
    return io.BytesIO("\n".join([*told, f":62F:C261103EUR{typed(closing)}", "-"]).encode())


def typed(cents):
    return f"{cents // 100},{cents % 100:02}"


class Bank:
    """Files of the bank, as finance brings them in."""

    def __init__(self, money):
        self.money = money
        with money.app.app_context(), money.open_uow() as uow:
            settings = BillingSettings(holder="Община", iban=IBAN)
            save_settings(uow, SLUG, settings, expected_version=version_of(uow, SLUG))

    def send(self, finance, file, name="izvlechenie.sta"):
        page = f"{DESK}/new"
        [(_, fields)] = [form for form in finance.forms(page) if "request_id" in form[1]]
        return finance.post(page, fields | {"file": (file, name)})

    def read(self, finance, *lines, **more):
        """The address of the statement that was read."""
        answer = self.send(finance, file_of(*lines, **more))
        assert answer.status_code == 303, answer.text
        return answer.location.partition("?")[0].removeprefix(finance.base)

    def rows(self, model, *such):
        with self.money.app.app_context(), self.money.open_uow() as uow:
            found = list(uow.session.scalars(select(model).where(*such).order_by(model.id)))
            for one in found:
                uow.session.expunge(one)
            return found

    def states(self):
        """State and doubt of every line, in the order of files."""
        return [(one.state, one.doubt) for one in self.rows(StatementLine)]

    def line(self, number):
        [found] = self.rows(StatementLine, StatementLine.reference == number)
        return f"{DESK}/lines/{found.id}"


@pytest.fixture
def bank(money):
    return Bank(money)


def book(finance, page):
    return finance.press(page, to="/book")


def test_each_line_is_shown_as_what_it_is_and_nothing_is_booked(bank, money, finance):
    one, two, paid, gone = (money.charge(c, payer="Иван Пробов") for c in (2500, 1250, 700, 800))
    transfer(money, paid, "hand-1")
    finance.press(f"/console/billing/charges/{gone.id}/cancel")
    before = money.balances()
    written = " ".join((one.code[:6], one.code[6:12], one.code[12:]))
    page = bank.read(
        finance,
        (2500, "B1", "Проба", f"такса {written}"),
        (2000, "B2", "Проба", two.code),
        (700, "B3", "Проба", paid.code),
        (800, "B4", "Проба", gone.code),
        (1250, "B5", "ПРОБОВ ИВАН", "без код"),
        (9900, "B6", "Министерство", "субсидия"),
        (2500, "B7", "Проба", f"{one.code} {two.code}"),
        (2500, "B8", "Проба", one.code),
        (300, "B9", "Проба", f"код {new_code()}"),
        (-550, "B10", "Банка", "такса за обслужване"),
    )
    assert bank.states() == [
        ("matched", ""),
        ("doubtful", "sum"),
        ("doubtful", "paid"),
        ("doubtful", "cancelled"),
        ("doubtful", "likely"),
        ("foreign", ""),
        ("doubtful", "several"),
        ("doubtful", "paid"),
        ("doubtful", "code"),
        ("debit", ""),
    ]
    assert money.balances() == before
    text = finance.get(page).text
    assert "Впишете 1 познат превод" in text and "Скица на имот" in text
    text = finance.get(f"{page}?state=doubtful").text
    assert "Сумата е друга" in text and "остават 12,50" in text
    waiting = finance.get(f"{DESK}/waiting").text
    assert waiting.count("Няма код, но сумата и името съвпадат") == 1
    assert "Преводи за изясняване" in finance.get("/console/").text


def transfer(money, charge, reference, cents=None):
    with money.app.app_context(), money.open_uow() as uow:
        found = charge_of(uow, charge.id, to_change=True)
        day = date(2026, 11, 2)
        sums = {"cents": cents or found.cents, "reference": reference, "received_on": day}
        return book_transfer(uow, found, **sums).id


def test_booking_is_what_a_transfer_by_hand_is(bank, money, finance):
    charge = money.charge(2500)
    page = bank.read(finance, (2500, "B1", "Проба", charge.code), (-100, "B2", "", "такса"))
    assert book(finance, page).status_code == 303
    assert money.now(charge).is_paid
    assert money.balances() == {"bank": 2500, "income": -2500}
    [payment] = bank.rows(Payment)
    assert (payment.way, payment.provider_id) == ("bank", "B1")
    assert payment.received_on == date(2026, 11, 2)
    assert money.facts("payment.received") == money.facts("charge.paid") == 1
    assert money.facts("statement.booked") == 1
    assert "B1" in finance.get(f"{page}?q=25,00").text
    assert "Вписан" in finance.get(f"{page}?q={charge.code}").text


def test_a_charge_of_two_kinds_is_paid_by_two_transfers(bank, money, finance):
    parts = (("448007", 1000), ("448008", 250))
    lines = [{"text": "Такса", "cents": cents, "kind": kind} for kind, cents in parts]
    charge = money.charge(1250, lines=lines)
    told = [(cents, f"B{cents}", "Проба", charge.code) for cents in (250, 1000, 700)]
    page = bank.read(finance, *told)
    assert bank.states() == [("matched", ""), ("matched", ""), ("doubtful", "paid")]
    book(finance, page)
    assert money.now(charge).is_paid and money.balances() == {"bank": 1250, "income": -1250}


def test_a_second_press_books_nothing(bank, money, finance):
    charge = money.charge(2500)
    page = bank.read(finance, (2500, "B1", "Проба", charge.code))
    [form] = [form for form in finance.forms(page) if form[0].endswith("/book")]
    for _ in range(2):
        assert finance.post(*form).status_code == 303
    assert money.balances() == {"bank": 2500, "income": -2500}


def test_the_same_request_reads_a_file_once(bank, money, finance):
    page = f"{DESK}/new"
    [(_, fields)] = [form for form in finance.forms(page) if "request_id" in form[1]]
    places = set()
    for _ in range(2):
        sent = {"file": (file_of((100, "B1", "Проба", "нищо")), "a.sta")}
        places.add(finance.post(page, fields | sent).location.partition("?")[0])
    assert len(places) == 1 and len(bank.rows(Statement)) == 1


def test_the_same_request_twice_in_one_instant_reads_a_file_once(bank, money, monkeypatch):
    """A line broke while the file was read, and the browser sent it again."""
    both, request_id, read = threading.Barrier(2), uuid4(), bank_files.statements_of

    def read_together(stream):
        both.wait(PATIENCE)  # each has seen that nobody has read it
        return read(stream)

    def send():
        with money.app.app_context(), money.open_uow() as uow:
            file = file_of((100, "B1", "Проба", "нищо"))
            return read_statement(uow, file, name="a.sta", request_id=request_id).id

    monkeypatch.setattr(bank_files, "statements_of", read_together)
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(send) for _ in range(2)]
        assert {one.result() for one in sent} == {one.id for one in bank.rows(Statement)}
    assert len(bank.rows(StatementLine)) == 1


def test_who_comes_while_many_files_are_opened_is_asked_to_come_again(bank, finance, monkeypatch):
    monkeypatch.setattr(child, "PATIENCE", 0)
    line = (100, "B1", "Проба", "нищо")
    with turns.turn(PATIENCE):
        answer = bank.send(finance, file_of(line))
    assert answer.status_code == 503 and "Изберете го пак след минута" in answer.text
    assert bank.rows(Statement) == []


def test_an_overlapping_file_repeats_nothing(bank, money, finance):
    one, two = money.charge(2500), money.charge(1250)
    line = (2500, "B1", "Проба", one.code)
    first = bank.read(finance, line)
    second = bank.read(finance, line, (1250, "B2", "Проба", two.code))
    assert bank.states() == [("matched", ""), ("known", ""), ("matched", "")]
    for page in (first, second):
        book(finance, page)
    assert money.balances() == {"bank": 3750, "income": -3750}
    assert bank.states() == [("booked", ""), ("known", ""), ("booked", "")]
    assert "Вече ги има (1)" in finance.get(second).text


def test_a_line_of_a_file_that_was_dropped_is_found_in_the_other(bank, money, finance):
    line = (2500, "B1", "Проба", money.charge(2500).code)
    first, second = bank.read(finance, line), bank.read(finance, line)
    assert finance.press(first, to="/drop").status_code == 303
    assert "Извлечението е отхвърлено" in finance.get(first).text
    assert bank.states() == [("known", "")]
    finance.press(second, to="/match")
    assert bank.states() == [("matched", "")]


def test_two_alike_payments_of_a_day_are_two(bank, money, finance):
    charge = money.charge(2500)
    line = (1250, "", "Проба", f"половин такса {charge.code}")
    page = bank.read(finance, line, line)
    bank.read(finance, line, line)
    assert [state for state, _ in bank.states()] == ["doubtful", "doubtful", "known", "known"]
    for one in bank.rows(StatementLine, StatementLine.state == "doubtful"):
        finance.press(f"{DESK}/lines/{one.id}", to=str(one.id))
    book(finance, page)
    assert money.now(charge).is_paid and len(bank.rows(Payment)) == 2


def test_what_was_typed_in_by_hand_is_known(bank, money, finance):
    early, late = money.charge(2500), money.charge(1250)
    transfer(money, early, "B1")
    lines = ((2500, "B1", "Проба", early.code), (1250, "B2", "Проба", late.code))
    page = bank.read(finance, *lines)
    assert bank.states() == [("known", ""), ("matched", "")]
    transfer(money, late, "B2")  # while the page lay open
    book(finance, page)
    assert bank.states() == [("known", ""), ("known", "")]
    assert money.balances() == {"bank": 3750, "income": -3750}


def test_a_number_that_the_bank_uses_again_is_another_transfer(bank, money, finance):
    one, two = money.charge(2500), money.charge(2500)
    for charge, day in ((one, 2), (two, 3)):
        book(finance, bank.read(finance, (2500, "1", "Проба", charge.code), day=day))
    assert money.now(one).is_paid and money.now(two).is_paid


def test_what_was_paid_meanwhile_becomes_doubtful(bank, money, finance):
    charge = money.charge(2500)
    page = bank.read(finance, (2500, "B1", "Проба", charge.code))
    transfer(money, charge, "another")
    book(finance, page)
    assert bank.states() == [("doubtful", "paid")]
    assert money.balances() == {"bank": 2500, "income": -2500}


def test_two_clerks_at_once_book_each_line_once(bank, money, finance):
    charges = [money.charge(2500) for _ in range(3)]
    lines = [(2500, f"B{n}", "Проба", one.code) for n, one in enumerate(charges)]
    files = [bank.read(finance, *lines)]
    files += [bank.read(finance, *lines, (2500, "B9", "Проба", money.charge(2500).code))]
    ids = [one.id for one in bank.rows(Statement)]
    start = threading.Barrier(4)

    def press(statement_id):
        with money.app.app_context(), money.open_uow() as uow:
            start.wait()
            one = statement_of(uow, statement_id, to_change=True)
            book_statement(uow, one, expected_version=1)

    threads = [threading.Thread(target=press, args=(one,)) for one in ids * 2]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(files) == 2 and len(bank.rows(Payment)) == 4
    assert money.balances() == {"bank": 10_000, "income": -10_000}


def test_a_doubtful_line_is_given_its_charge_by_hand_and_booked_with_the_rest(bank, money, finance):
    charge = money.charge(1250)
    page = bank.read(finance, (2000, "B1", "Проба", "без код"))
    line = bank.line("B1")
    id_of = line.rpartition("/")[2]
    answer = finance.press(line, to=id_of, code="123")
    assert answer.status_code == 422 and "Не намираме този код" in answer.text
    assert 'value="123"' in answer.text
    assert finance.press(line, to=id_of, code=charge.code).status_code == 303
    assert "Избрано на ръка" in finance.get(page).text and not bank.rows(Payment)
    book(finance, page)
    assert money.now(charge).overpaid_cents == 750
    assert bank.states() == [("booked", "")]


def test_a_line_is_set_aside_with_a_reason_and_taken_back(bank, money, finance):
    page = bank.read(finance, (2000, "B1", "Проба", "субсидия"))
    line = bank.line("B1")
    assert finance.press(line, to="/aside").status_code == 422
    assert finance.press(line, to="/aside", reason="Субсидия от държавата").status_code == 303
    assert "Субсидия от държавата" in finance.get(f"{page}?state=aside").text
    assert finance.press(line, to="/back").status_code == 303
    assert bank.states() == [("foreign", "")]


def test_an_old_copy_of_a_line_decides_nothing(bank, money, finance):
    bank.read(finance, (2000, "B1", "Проба", "субсидия"))
    line = bank.line("B1")
    [form] = [form for form in finance.forms(line) if form[0].endswith("/aside")]
    finance.press(line, to=line.rpartition("/")[2], code=money.charge(2000).code)
    answer = finance.post(form[0], form[1] | {"reason": "Не е наше"})
    assert answer.status_code == 422 and "Междувременно нещо се промени" in answer.text
    assert "Не е наше" in answer.text and bank.states() == [("matched", "")]


def test_undoing_posts_the_other_way_and_may_be_booked_anew(bank, money, finance):
    charge = money.charge(2500)
    page = bank.read(finance, (2500, "B1", "Проба", charge.code))
    book(finance, page)
    assert "Ще сторнираме 1 вписан превод" in finance.get(f"{page}/undo").text
    assert finance.press(f"{page}/undo").status_code == 303
    assert not money.now(charge).is_paid
    assert money.balances() == {"receivable": 2500, "income": -2500}
    [payment] = bank.rows(Payment)
    assert payment.reversed_at and bank.states() == [("matched", "")]
    book(finance, page)
    assert money.now(charge).is_paid
    assert money.balances() == {"bank": 2500, "income": -2500}
    assert len(bank.rows(Payment)) == 2


def test_one_line_is_undone_and_waits_to_be_decided_about(bank, money, finance):
    wrong, right = money.charge(2500), money.charge(2500)
    page = bank.read(finance, (2500, "B1", "Проба", wrong.code))
    book(finance, page)
    line = bank.line("B1")
    assert finance.press(line, to="/undo").status_code == 303
    assert bank.states() == [("doubtful", "undone")]
    finance.press(page, to="/match")
    assert bank.states() == [("doubtful", "undone")]
    finance.press(line, to=line.rpartition("/")[2], code=right.code)
    book(finance, page)
    assert money.now(right).is_paid and not money.now(wrong).is_paid


def test_what_was_followed_by_a_refund_is_not_undone(bank, money, finance):
    charge = money.charge(2500)
    page = bank.read(finance, (2500, "B1", "Проба", charge.code))
    book(finance, page)
    [paid] = bank.rows(Payment)
    with money.app.app_context(), money.open_uow() as uow:
        ask_refund(uow, payment_of(uow, paid.id), cents=100, reason="Повече", request_id=paid.id)
    for refused in (finance.press(f"{page}/undo"), finance.press(bank.line("B1"), to="/undo")):
        assert refused.status_code == 409
        assert "вече е поискано връщане на пари" in refused.text
    assert money.now(charge).is_paid


def test_what_was_booked_in_a_past_year_is_not_undone(bank, money, finance):
    page = bank.read(finance, (2500, "B1", "Проба", money.charge(2500).code))
    book(finance, page)
    with money.app.app_context(), money.open_uow() as uow:
        uow.session.scalars(select(Payment)).one().received_at -= timedelta(days=366)
    refused = finance.press(f"{page}/undo")
    assert refused.status_code == 409 and "минала счетоводна година" in refused.text


def test_many_lines_are_booked_and_undone_by_a_job_in_parts(bank, money, finance, monkeypatch):
    monkeypatch.setattr(booking, "AT_ONCE", 2)
    monkeypatch.setattr("obshto.billing.statements.reversal.AT_ONCE", 2)
    charges = [money.charge(2500) for _ in range(5)]
    lines = [(2500, f"B{n}", "Проба", one.code) for n, one in enumerate(charges)]
    page = bank.read(finance, *lines)
    book(finance, page)
    assert "Вписваме познатите преводи" in finance.get(page).text and not bank.rows(Payment)
    [one] = bank.rows(Statement)
    refused = finance.press(bank.line("B1"), to="/aside", reason="Не")
    assert refused.status_code == 409, "the job is at work on it"
    for done in (2, 4, 5, 5):
        run(money, book_on, one)
        assert len(bank.rows(Payment)) == done
    assert money.balances() == {"bank": 12_500, "income": -12_500}
    paid = bank.rows(Payment)[0]
    finance.press(f"{page}/undo")
    assert "Връщаме вписаните преводи" in finance.get(page).text
    with money.app.app_context(), money.open_uow() as uow:
        key = {"cents": 100, "reason": "Повече", "request_id": paid.id}
        ask_refund(uow, payment_of(uow, paid.id), **key)
    run(money, take_back, one)
    assert "Вписването не беше върнато" in finance.get(page).text
    assert money.balances() == {"bank": 12_500, "income": -12_500}


def run(money, job, one):
    with money.app.app_context(), money.open_uow() as uow:
        job(uow, statement_id=str(one.id))


def test_a_foreign_account_or_a_cut_file_is_refused_with_a_sentence(bank, money, finance):
    line = (100, "B1", "Проба", "нищо")
    files = (
        (file_of(line, iban="BG22DEMO96611020000001"), "Извлечението е на друга сметка"),
        (file_of(), "В извлечението няма преводи"),
        (io.BytesIO(b"what"), "Изберете извлечение"),
        (io.BytesIO(file_of(line).getvalue().replace(b"EUR", b"USD")), "не е в евро"),
        (io.BytesIO(file_of(line).getvalue().replace(b"EUR101,", b"EUR102,")), "крайното салдо"),
    )
    for file, sentence in files:
        answer = bank.send(finance, file)
        assert answer.status_code == 422 and sentence in answer.text, sentence
    assert bank.rows(Statement) == []


def test_without_an_account_there_is_nothing_to_compare_with(money, finance):
    assert "Запишете я първо" in finance.get(f"{DESK}/").text


def test_the_list_and_its_file_tell_what_the_pages_show(bank, money, finance):
    charge = money.charge(2500, payer="Иван Пробов")
    lines = ((2500, "B1", "=Проба", charge.code), (-550, "B2", "", "такса"))
    page = bank.read(finance, *lines)
    told = finance.get(f"{DESK}/").text
    assert "Познати: 1" in told and "Изходящи: 1" in told and "119,50" in told.replace("\xa0", " ")
    answer = finance.get(f"{page}/lines.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["25,00", "-5,50"]
    assert rows[1][3] == "'=Проба" and rows[1][9] == "Скица на имот"
    assert (
        len(list(csv.reader(io.StringIO(finance.get(f"{page}/lines.csv?state=debit").text)))) == 2
    )


def test_nobody_without_the_word_and_no_neighbour_sees_a_line(bank, money, finance, clerk, sign_in):
    page = bank.read(finance, (2500, "B1", "Проба", money.charge(2500).code))
    line = bank.line("B1")
    neighbour = sign_in(NEIGHBOUR, Role.FINANCE_OFFICER)
    reads = (page, f"{page}/lines.csv", f"{page}/undo", line)
    for path in reads:
        assert neighbour.get(path).status_code == 404
        assert clerk.get(path).status_code == 403
    writes = [f"{page}/{act}" for act in ("book", "match", "drop", "undo")]
    writes += [line, *(f"{line}/{act}" for act in ("aside", "back", "undo"))]
    sent = {"expected_version": 1, "code": "1", "reason": "Не"}
    for path in writes:
        assert neighbour.post(path, sent).status_code == 404
        assert clerk.post(path, sent).status_code == 403
    assert bank.states() == [("matched", "")]


def test_the_payer_reads_who_looked_and_takes_their_transfers_along(bank, money, finance, sign_in):
    payer = sign_in(VILLAGE)
    charge = money.charge(2500, person_id=payer.person_id)
    page = bank.read(finance, (2500, "B1", "Проба Пробова", charge.code))
    finance.get(page)
    finance.get(page)
    looks = money.owner(f"select count(*) from {money.schema}.purposes_look")
    assert looks == [(2,)], "the statement and the one payer, once in a sitting"
    assert "Позна Вашия банков превод" in payer.get("/personaldata/looks").text
    with money.app.app_context(), money.open_uow() as uow:
        [told] = export(uow, payer.person_id)["transfers"]
        assert (told["payer"], told["cents"]) == ("Проба Пробова", 2500)
        erase(uow, payer.person_id)
    [line] = bank.rows(StatementLine)
    assert line.payer is line.payer_iban is line.remittance is None and line.cents == 2500


def test_after_a_year_the_names_go_and_the_sums_stay(bank, money, finance):
    bank.read(finance, (2500, "B1", "Проба Пробова", "субсидия"))
    for days, is_kept in ((300, True), (500, False)):
        with money.app.app_context(), money.open_uow() as uow:
            forget_payers(replace(uow, now=uow.now + timedelta(days=days)))
        [line] = bank.rows(StatementLine)
        assert bool(line.payer) is is_kept and line.cents == 2500
