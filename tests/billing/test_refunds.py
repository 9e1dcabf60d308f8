"""Money that goes back: asked by one, agreed by another, never more than came."""

import pytest
from sqlalchemy import text

from obshto.billing.privacy import erase, export
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
REFUNDS = "/console/billing/refunds"


@pytest.fixture
def payment(money, finance, owner):
    """payment(charge, "12,50"): a transfer that came; answers its id."""

    def came(charge, typed, reference="1"):
        page = f"/console/billing/charges/{charge.id}/transfer"
        line = {"cents": typed, "reference": reference, "received_on": ["24", "11", "2026"]}
        [fields] = [fields for to, fields in finance.forms(page) if to == page]
        assert finance.post(page, fields | line).status_code == 303
        rows = owner("select id from t_gorno_selo.billing_payment order by number desc")
        return rows[0][0]

    return came


def ask(staff, payment_id, typed, reason="Платено два пъти"):
    return staff.press(f"{REFUNDS}/of/{payment_id}", cents=typed, reason=reason)


def page_of(answer):
    assert answer.status_code == 303, answer.text
    return answer.location.partition("?")[0]


def give_back(finance, mayor, payment_id, typed):
    page = page_of(ask(finance, payment_id, typed))
    assert mayor.press(page, to="/approve").status_code == 303
    assert finance.press(page, to="/pay-out").status_code == 303


def test_one_asks_another_agrees_a_third_pays_out(money, payment, finance, mayor, clerk, owner):
    charge = money.charge(1250)
    page = page_of(ask(finance, payment(charge, "12,50"), "2,50"))
    assert page_of(mayor.press(page, to="/approve")) == page
    finance.press(page, to="/pay-out")
    assert money.balances() == {"bank": 1000, "refunds": 250, "income": -1250}
    assert money.now(charge).is_paid
    assert money.facts("charge.refunded") == 1
    assert "Върнато" in mayor.get(page).text


def test_money_that_goes_back_is_told_to_whose_it_is(
    money, payment, finance, mayor, sign_in, uow_in
):
    me = sign_in(VILLAGE)
    charge = money.charge(1250, person_id=me.person_id)
    give_back(finance, mayor, payment(charge, "12,50"), "2,50")
    with uow_in(VILLAGE) as uow:
        assert [row["cents"] for row in export(uow, me.person_id)["refunds"]] == [250]
        erase(uow, me.person_id)
        assert export(uow, me.person_id)["refunds"] == []


def test_who_asked_cannot_agree(money, payment, finance):
    page = page_of(ask(finance, payment(money.charge(1250), "12,50"), "2,50"))
    assert "Трябва да го одобри друг" in finance.get(page).text
    answer = finance.post(f"{page}/approve", {"expected_version": 1})
    assert answer.status_code == 403 and "друг служител" in answer.text


def test_a_refund_is_agreed_once_and_a_late_copy_does_nothing(money, payment, finance, mayor):
    page = page_of(ask(finance, payment(money.charge(1250), "12,50"), "2,50"))
    [(_, fields)] = [f for f in mayor.forms(page) if f[0].endswith("/approve")]
    for _ in range(2):
        assert mayor.post(f"{page}/approve", fields).status_code == 303
    assert mayor.post(f"{page}/refuse", fields).status_code == 409
    assert money.facts("refund.approved") == 1


def test_what_was_refused_can_be_asked_for_again(money, payment, finance, mayor):
    payment_id = payment(money.charge(1250), "12,50")
    page = page_of(ask(finance, payment_id, "12,50"))
    assert ask(finance, payment_id, "0,01").status_code == 422
    assert mayor.press(page, to="/refuse").status_code == 303
    assert ask(finance, payment_id, "12,50").status_code == 303
    assert money.facts("refund.refused") == 1


@pytest.mark.parametrize("typed", ["12,51", "0", "", "много"])
def test_no_more_goes_back_than_came(money, payment, finance, typed):
    answer = ask(finance, payment(money.charge(1250), "12,50"), typed)
    assert answer.status_code == 422
    assert money.facts("refund.asked") == 0


def test_what_is_overpaid_goes_back_first(money, payment, finance, mayor):
    charge = money.charge(1250)
    payment_id = payment(charge, "15,00")
    assert money.now(charge).overpaid_cents == 250
    give_back(finance, mayor, payment_id, "1,00")
    assert money.balances() == {"bank": 1400, "overpaid": -150, "income": -1250}
    give_back(finance, mayor, payment_id, "5,00")
    assert money.balances() == {"bank": 900, "refunds": 350, "income": -1250}
    assert money.now(charge).overpaid_cents == 0 and money.now(charge).is_paid


def test_a_part_that_went_back_is_owed_again_and_can_be_cancelled(
    money, payment, finance, mayor, clerk
):
    charge = money.charge(1250)
    payment_id = payment(charge, "5,00")
    page = f"/console/billing/charges/{charge.id}"
    assert clerk.press(f"{page}/cancel").status_code == 409
    give_back(finance, mayor, payment_id, "5,00")
    assert money.balances() == {"receivable": 1250, "income": -1250}
    assert money.now(charge).owed_cents == 1250
    assert "Отменете задължението" in clerk.get(page).text
    assert clerk.press(f"{page}/cancel").status_code == 303
    assert money.balances() == {}


def test_what_is_paid_by_the_time_it_goes_back_is_income(money, payment, finance, mayor, clerk):
    charge = money.charge(1250)
    page = page_of(ask(finance, payment(charge, "5,00"), "5,00"))
    clerk.press(f"/console/billing/counter/{charge.id}")
    mayor.press(page, to="/approve")
    finance.press(page, to="/pay-out")
    assert money.balances() == {"cash": 750, "refunds": 500, "income": -1250}
    assert money.now(charge).is_paid


def test_money_leaves_only_by_who_has_lately_shown_who_they_are(
    money, payment, finance, owner, app
):
    payment_id = payment(money.charge(1250), "12,50")
    entries = app.extensions["obshto"].entries
    for endpoint in ("refunds.ask", "refunds.approve", "setup.account"):
        access = entries[f"billing_console.{endpoint}"].access
        assert access.assurance == 2 and access.max_age.total_seconds() <= 900
    assert finance.get(f"{REFUNDS}/of/{payment_id}").status_code == 200


def test_proving_oneself_in_the_middle_of_an_act_keeps_the_act_and_says_what_is_asked(
    money, payment, finance, mayor, migrator
):
    page = page_of(ask(finance, payment(money.charge(1250), "12,50"), "2,50"))
    expected_version, later = (
        {"expected_version": 1},
        "UPDATE shared.session SET assured_at = assured_at {} interval '1 h'",
    )
    with migrator.begin() as connection:
        connection.execute(text(later.format("-")))
    told = mayor.post(f"{page}/approve", expected_version)
    words = told.text.replace("\xa0", " ")
    assert told.status_code == 403 and "Потвърдете, че сте Вие" in words
    assert "излязохте от профила си" not in words and "Още нищо не е направено" in words
    assert 'name="expected_version" value="1"' in words
    with migrator.begin() as connection:
        connection.execute(text(later.format("+")))
    assert mayor.post(f"{page}/approve", expected_version).status_code == 303


@pytest.mark.parametrize("way", ["cash", "transfer"])
def test_nobody_reads_that_money_paid_by_hand_went_to_the_cards(
    money, payment, finance, mayor, clerk, owner, way
):
    charge = money.charge(1250)
    if way == "cash":
        clerk.press(f"/console/billing/counter/{charge.id}")
        [(payment_id,)] = owner("select id from t_gorno_selo.billing_payment")
    else:
        payment_id = payment(charge, "12,50")
    page = page_of(ask(finance, payment_id, "2,50"))
    mayor.press(page, to="/approve")
    for reader in (mayor, finance):
        assert "оператора на карти" not in reader.get(page).text
    assert "Одобрено" in mayor.get(page).text.replace("\xa0", " ")


def test_the_drawer_knows_what_was_paid_out_of_it(money, clerk, finance, mayor, owner):
    page = f"/console/billing/counter/{money.charge(1250).id}"
    clerk.press(page)
    [(payment_id,)] = owner("select id from t_gorno_selo.billing_payment")
    refund = page_of(ask(finance, payment_id, "2,50"))
    mayor.press(refund, to="/approve")
    assert clerk.post(f"{refund}/pay-out", {"expected_version": 2}).status_code == 303
    assert "10,00" in clerk.get("/console/billing/counter/close").text
    assert money.balances() == {"cash": 1000, "refunds": 250, "income": -1250}


def test_the_counter_is_told_of_money_to_give_back_and_comes_back_to_itself(
    money, clerk, finance, mayor, owner
):
    clerk.press(f"/console/billing/counter/{money.charge(1250).id}")
    [(payment_id,)] = owner("select id from t_gorno_selo.billing_payment")
    mayor.press(page_of(ask(finance, payment_id, "2,50")), to="/approve")
    assert "Пари за връщане" in clerk.get("/console/billing/counter/").text
    answer = clerk.press("/console/billing/counter/", to="/pay-out")
    assert page_of(answer) == "/console/billing/counter/"
    page = clerk.get(answer.location).text
    assert "Парите са върнати" in page and "Пари за връщане" not in page


def test_a_transfer_back_is_not_the_counters(money, payment, finance, mayor, clerk):
    page = page_of(ask(finance, payment(money.charge(1250), "12,50"), "2,50"))
    mayor.press(page, to="/approve")
    assert clerk.post(f"{page}/pay-out", {"expected_version": 2}).status_code == 403
    assert money.facts("charge.refunded") == 0
    assert "Пари за връщане" not in clerk.get("/console/billing/counter/").text


def test_nobody_is_led_to_where_they_may_not_go(money, payment, finance, mayor):
    charge = money.charge(1250)
    refund = page_of(ask(finance, payment(charge, "12,50"), "2,50"))
    for page in ("/console/billing/payments/", refund, f"{REFUNDS}/disputes"):
        assert f"charges/{charge.id}" not in mayor.get(page).text
    assert f"charges/{charge.id}" in finance.get(refund).text


def test_a_refund_of_the_neighbour_is_not_here(money, payment, finance, sign_in):
    page = page_of(ask(finance, payment(money.charge(1250), "12,50"), "2,50"))
    stranger = sign_in("dolno-selo", Role.MAYOR, Role.FINANCE_OFFICER)
    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}/approve", {"expected_version": 1}).status_code == 404
