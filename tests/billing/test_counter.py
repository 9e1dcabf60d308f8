"""The counter: what is owed is taken once, a mistake is undone, the day adds up."""

import re
import threading
from uuid import uuid4

import pytest

from obshto.billing.counter.services import close_day, drawer_of, reverse
from obshto.billing.errors import StaleVersion
from obshto.billing.refunds.services import payment_of
from obshto.platform.codes import written_code
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
COUNTER = "/console/billing/counter"


def form(staff, page):
    [fields] = [fields for to, fields in staff.forms(page) if to == page]
    return fields


def take(staff, charge, **typed):
    """Take the money; answers the page of the receipt."""
    page = f"{COUNTER}/{charge.id}"
    answer = staff.post(page, form(staff, page) | typed)
    assert answer.status_code == 303, answer.text
    return answer.location.partition("?")[0]


def close(staff, **typed):
    page = f"{COUNTER}/close"
    return staff.post(page, form(staff, page) | typed)


def test_a_charge_is_found_by_the_code_that_is_read_out(clerk, money):
    charge = money.charge()
    for said in (charge.code, written_code(charge.code), f" {charge.code[:9]}-{charge.code[9:]} "):
        answer = clerk.get(f"{COUNTER}/", query_string={"code": said})
        assert answer.location.endswith(str(charge.id))


@pytest.mark.parametrize("slip", ["", "12", "0" * 18, "x" * 40, "１" * 18], ids=str)
def test_a_code_with_a_slip_is_told_and_kept(clerk, money, slip):
    money.charge()
    answer = clerk.get(f"{COUNTER}/", query_string={"code": slip})
    assert answer.status_code == (422 if slip else 200)
    assert not slip or "Проверете цифрите" in answer.text


def test_any_single_wrong_digit_is_noticed(money):
    code = money.charge().code
    for place, digit in enumerate(code):
        wrong = code[:place] + str((int(digit) + 1) % 10) + code[place + 1 :]
        assert int(wrong) % 97 != 1


def test_the_cashier_is_told_what_to_give_back(clerk, money):
    receipt = clerk.get(take(clerk, money.charge(1250), given="20")).text.replace("\xa0", " ")
    assert "ресто 7,50 €" in receipt
    assert money.balances() == {"cash": 1250, "income": -1250}


def test_too_little_money_is_refused_with_everything_kept(clerk, money):
    charge = money.charge(1250)
    page = f"{COUNTER}/{charge.id}"
    answer = clerk.post(page, form(clerk, page) | {"given": "12,49"})
    assert answer.status_code == 422
    assert "12,50" in answer.text and 'value="12,49"' in answer.text
    assert money.now(charge).owed_cents == 1250


@pytest.mark.parametrize("typed", ["дванайсет", "12,345", "-5", "1e3", "99999999", "1\u0661"])
def test_what_is_no_sum_is_told(clerk, money, typed):
    page = f"{COUNTER}/{money.charge().id}"
    answer = clerk.post(page, form(clerk, page) | {"given": typed})
    assert answer.status_code == 422 and "Въведете сума като 12,50" in answer.text


def test_a_form_that_saw_another_sum_takes_nothing(clerk, finance, money):
    charge = money.charge(1250)
    page = f"{COUNTER}/{charge.id}"
    expected_version = form(clerk, page)
    transfer = f"/console/billing/charges/{charge.id}/transfer"
    day = {"received_on": ["24", "11", "2026"]}
    line = {"cents": "5", "reference": "1", **day}
    assert finance.post(transfer, form(finance, transfer) | line).status_code == 303
    answer = clerk.post(page, expected_version)
    assert answer.status_code == 422 and "Междувременно" in answer.text
    assert money.now(charge).owed_cents == 750


def test_a_partial_transfer_leaves_the_rest_for_the_counter(clerk, finance, money):
    charge = money.charge(1250)
    transfer = f"/console/billing/charges/{charge.id}/transfer"
    line = {"cents": "5,00", "reference": "1", "received_on": ["24", "11", "2026"]}
    finance.post(transfer, form(finance, transfer) | line)
    assert not money.now(charge).is_paid
    take(clerk, charge)
    assert money.balances() == {"bank": 500, "cash": 750, "income": -1250}
    assert money.facts("charge.paid") == 1


def test_a_mistake_is_undone_on_the_same_day(clerk, money):
    charge = money.charge(1250)
    receipt = take(clerk, charge)
    fields = form(clerk, receipt) | {"reason": "Друг човек"}
    for _ in range(2):  # and the late copy
        assert clerk.post(receipt, fields).status_code == 303
    assert money.balances() == {"receivable": 1250, "income": -1250}
    assert money.facts("payment.reversed") == money.facts("charge.reopened") == 1
    assert "Тази разписка не важи" in clerk.get(receipt).text
    assert take(clerk, charge) != receipt


def test_a_closed_day_is_not_undone(clerk, money):
    receipt = take(clerk, money.charge(1250))
    fields = form(clerk, receipt)
    assert close(clerk, counted="12,50").status_code == 303
    answer = clerk.post(receipt, fields | {"reason": "Друг човек"})
    assert answer.status_code == 422 and "приключен" in answer.text
    assert "handed-over" in money.balances()


def test_what_came_by_the_bank_is_not_undone_at_the_counter(clerk, finance, money, owner):
    charge = money.charge(1250)
    transfer = f"/console/billing/charges/{charge.id}/transfer"
    line = {"cents": "12,50", "reference": "1", "received_on": ["24", "11", "2026"]}
    finance.post(transfer, form(finance, transfer) | line)
    [(payment_id, version)] = owner("select id, version from t_gorno_selo.billing_payment")
    page = f"{COUNTER}/payments/{payment_id}"
    answer = clerk.post(page, {"expected_version": version, "reason": "Грешка"})
    assert answer.status_code == 422 and "не е прието на каса" in answer.text


@pytest.mark.parametrize("typed", ["", " ", "\u00a0"], ids=["none", "a blank", "a hard blank"])
def test_a_drawer_that_was_not_counted_is_not_closed(clerk, money, typed):
    take(clerk, money.charge(1250))
    answer = close(clerk, counted=typed)
    assert answer.status_code == 422 and "Въведете преброената сума" in answer.text


def test_a_day_that_adds_up_is_closed_and_handed_over(clerk, money):
    take(clerk, money.charge(1250))
    take(clerk, money.charge(3000), way="pos")
    fields = form(clerk, f"{COUNTER}/close") | {"counted": "12,50"}
    first = clerk.post(f"{COUNTER}/close", fields)
    assert money.balances() == {"handed-over": 1250, "pos": 3000, "income": -4250}
    report = clerk.get(first.location).text.replace("\xa0", " ")
    assert "12,50 €" in report and "30,00 €" in report
    assert clerk.post(f"{COUNTER}/close", fields).location == first.location
    assert "Още не сте приели" in clerk.get(f"{COUNTER}/").text


@pytest.mark.parametrize(("counted", "difference"), [("12,00", 50), ("13,00", -50)])
def test_a_difference_is_explained_and_booked(clerk, money, counted, difference):
    take(clerk, money.charge(1250))
    unexplained = close(clerk, counted=counted)
    assert unexplained.status_code == 422 and "0,50" in unexplained.text
    assert close(clerk, counted=counted, note="Монета под масата").status_code == 303
    books = money.balances()
    assert books["difference"] == difference and "cash" not in books


def test_money_that_came_while_counting_is_noticed(clerk, money):
    take(clerk, money.charge(1250))
    fields = form(clerk, f"{COUNTER}/close") | {"counted": "12,50"}
    take(clerk, money.charge(100))
    answer = clerk.post(f"{COUNTER}/close", fields)
    assert answer.status_code == 422 and "Междувременно" in answer.text


def test_a_mistake_undone_while_the_day_is_being_closed_is_noticed(app, clerk, money):
    take(clerk, money.charge(1250))
    me, key = {"person_id": clerk.person_id}, {"note": "", "request_id": uuid4()}
    with app.app_context(), money.open_uow(**me) as uow:
        drawer = drawer_of(uow)  # as the page reads it before its turn
        expected = drawer.cash_cents
        with money.open_uow(**me) as other:
            payment = payment_of(other, drawer.payments[0].id, to_change=True)
            reverse(other, payment, reason="Друг човек", expected_version=payment.version)
        with pytest.raises(StaleVersion):
            close_day(uow, counted_cents=expected, expected_cents=expected, **key)
    assert money.balances() == {"receivable": 1250, "income": -1250}


def test_a_drawer_that_only_paid_out_was_lent_to(clerk, finance, mayor, money, owner):
    take(clerk, money.charge(1250))
    assert close(clerk, counted="12,50").status_code == 303
    [(payment_id,)] = owner("select id from t_gorno_selo.billing_payment")
    ask = f"/console/billing/refunds/of/{payment_id}"
    asked = finance.press(ask, cents="2,50", reason="Грешка").location.partition("?")[0]
    mayor.press(asked, to="/approve")
    assert clerk.post(f"{asked}/pay-out", {"expected_version": 2}).status_code == 303
    answer = close(clerk, counted="0,00")
    assert answer.status_code == 303
    assert money.balances() == {"handed-over": 1000, "refunds": 250, "income": -1250}
    assert "Внесено в касата" in clerk.get(answer.location).text


def test_everybody_closes_their_own_drawer(clerk, money, sign_in):
    other = sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Людмил Ганчев")
    take(clerk, money.charge(1250))
    take(other, money.charge(100))
    assert close(other, counted="1,00").status_code == 303
    assert money.balances()["cash"] == 1250


def test_sixteen_presses_at_once_take_the_money_once(clerk, money):
    charge = money.charge(1250)
    page = f"{COUNTER}/{charge.id}"
    forms = [form(clerk, page) for _ in range(4)]
    start, answers = threading.Barrier(16), []

    def press(fields):
        start.wait()
        answers.append(clerk.post(page, fields).status_code)

    threads = [threading.Thread(target=press, args=[forms[n % 4]]) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {303, 422, 409} and answers.count(303) >= 1
    assert money.balances() == {"cash": 1250, "income": -1250}
    assert money.facts("payment.received") == 1


def test_receipts_are_numbered_without_gaps(clerk, money, owner):
    for _ in range(3):
        take(clerk, money.charge(100))
    failed = f"{COUNTER}/{money.charge(100).id}"
    clerk.post(failed, form(clerk, failed) | {"given": "0,50"})
    take(clerk, money.charge(100))
    numbers = owner("select number from t_gorno_selo.billing_payment order by number")
    assert [row[0] for row in numbers] == [1, 2, 3, 4]


def test_the_neighbours_charge_is_not_here(money, sign_in):
    charge = money.charge()
    stranger = sign_in("dolno-selo", Role.REGISTRY_CLERK, Role.FINANCE_OFFICER)
    for page in (
        f"{COUNTER}/{charge.id}",
        f"/console/billing/charges/{charge.id}",
        f"/console/billing/charges/{charge.id}/transfer",
        f"{COUNTER}/payments/{uuid4()}",
    ):
        assert stranger.get(page).status_code == 404
    answer = stranger.get(f"{COUNTER}/", query_string={"code": charge.code})
    assert answer.status_code == 422


def test_an_editor_touches_no_money(sign_in, money):
    editor = sign_in(VILLAGE, Role.EDITOR)
    charge = money.charge()
    for page in (f"{COUNTER}/", f"{COUNTER}/{charge.id}", "/console/billing/", f"{COUNTER}/close"):
        assert editor.get(page).status_code == 403
    assert not re.search("Каса|Плащания", editor.get("/console/").text)


def test_who_pays_reads_who_opened_their_charge_and_a_list_is_no_look(
    clerk, finance, money, sign_in, owner
):
    payer = sign_in(VILLAGE)
    charge = money.charge(1250, payer="Проба Платецова", person_id=payer.person_id)
    looks = f"SELECT part, object_id, purpose, office FROM {money.schema}.purposes_look"
    for page in ("charges/", f"charges/{charge.id}/cancel"):
        assert "Проба Платецова" not in finance.get(f"/console/billing/{page}").text
    assert owner(looks) == []
    for page in (f"charges/{charge.id}", f"charges/{charge.id}/notice", f"charges/{charge.id}"):
        assert "Проба Платецова" in finance.get(f"/console/billing/{page}").text
    assert owner(looks) == [("billing", charge.id, "charge", "finance_officer")]
    assert "Проба Платецова" in clerk.get(take(clerk, charge)).text
    assert [row[2] for row in owner(f"{looks} ORDER BY at")] == ["charge", "cash"]
    told = payer.get("/personaldata/looks").text
    assert "Отваря Ваше задължение" in told and "Приема плащането Ви на каса" in told
    assert re.search(r"Плащане(</a>)?: <span lang=.bg.>Скица.на.имот", told)
