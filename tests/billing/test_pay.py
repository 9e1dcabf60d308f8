"""What people see who hold a code, or sign in."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.billing.arrivals.services import is_new
from obshto.billing.charges.lifecycle import charge_of
from obshto.billing.charges.models import Event
from obshto.billing.charges.settlement import Money, receive
from obshto.billing.errors import TooMuch, UsedOtherwise
from obshto.billing.gateways.bank import is_bic, is_iban
from obshto.billing.gateways.port import Notice
from obshto.billing.retention import forget
from obshto.billing.settings import SLUG, BillingSettings
from obshto.platform.privacy.services import erase_person, export_person
from obshto.platform.settings.services import save_settings
from obshto.tenants.ports import CashierUnavailable, Line, NoCashier, Payer, cashier

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
IBAN = "BG80BNBG96611020345678"  # the example of the Bulgarian National Bank


@pytest.fixture
def pay(client, at):
    return lambda path="/", **kw: client.get(f"/pay{path}", base_url=at(VILLAGE), **kw)


@pytest.fixture
def account(app, money):
    with app.app_context(), money.open_uow() as uow:
        told = BillingSettings(holder="Община Горно село", iban=IBAN, bic="BNBGBGSF")
        save_settings(uow, SLUG, told, expected_version=0)


def plain(answer):
    return answer.text.replace("\xa0", " ")


def test_a_code_leads_to_what_it_is_for_and_to_no_name(pay, money):
    charge = money.charge(1250, payer="Проба Платецова")
    answer = pay(query_string={"code": charge.code})
    assert answer.status_code == 303
    page = plain(pay(f"/{charge.code}"))
    assert "Скица на имот" in page and "Платете 12,50 €" in page
    assert "Платецова" not in page


@pytest.mark.parametrize("typed", ["1", "9" * 18, "абв", "'; drop table", "1" * 5000])
def test_a_code_that_is_none_is_told_how_to_mend(pay, typed):
    answer = pay(query_string={"code": typed})
    assert answer.status_code == 422 and "Проверете цифрите" in answer.text


@pytest.mark.parametrize("code", ["1", "9" * 18, "x", "%00", "1" * 3000])
def test_an_address_with_no_code_is_no_page(pay, code):
    assert pay(f"/{code}").status_code in (400, 404)


def test_the_code_of_the_neighbour_is_not_known_here(money, client, at):
    charge = money.charge()
    for end in ("", "/transfer", "/slip", "/receipt"):
        answer = client.get(f"/pay/{charge.code}{end}", base_url=at(NEIGHBOUR))
        assert answer.status_code == 404


def test_nothing_about_a_charge_is_kept_by_a_cache(pay, money):
    answer = pay(f"/{money.charge().code}")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_paid_charge_shows_it_at_once_with_its_receipt(pay, money, clerk):
    charge = money.charge(1250)
    assert pay(f"/{charge.code}/receipt").status_code == 404
    assert "Платено" not in pay(f"/{charge.code}").text
    clerk.press(f"/console/billing/counter/{charge.id}")
    assert "Платено" in pay(f"/{charge.code}").text
    receipt = plain(pay(f"/{charge.code}/receipt"))
    assert "№ 1" in receipt and "12,50 €" in receipt


def test_the_transfer_says_account_sum_and_code(pay, money, account):
    charge = money.charge(1250)
    page = plain(pay(f"/{charge.code}/transfer"))
    assert "BG80 BNBG 9661 1020 3456 78" in page and "12,50 €" in page and "<svg" in page
    assert " ".join(re.findall("......", charge.code)) in page


def test_the_slip_for_the_post_office_says_the_same_and_leaves_room_for_a_name(pay, money, account):
    charge = money.charge(1250)
    assert f"/pay/{charge.code}/slip" in pay(f"/{charge.code}").text
    page = plain(pay(f"/{charge.code}/slip"))
    for said in ("Вносна бележка", "12,50", "448007", "Вносител, име и адрес", "Дата и подпис"):
        assert said in page, said
    assert "<svg" in pay(f"/{charge.code}/slip").text


def test_a_slip_bears_one_code_of_payment_and_its_own_sum(pay, money, account, migrator):
    """A bank takes a slip with one code: of two kinds of income there are two slips."""
    charge = money.charge(1250)
    lines = '[{"text": "а", "cents": 1000, "kind": "442400"}, {"text": "б", "cents": 250}]'
    with migrator.begin() as connection:
        connection.exec_driver_sql(f"UPDATE t_gorno_selo.billing_charge SET lines = '{lines}'")
    for end in ("slip", "transfer"):
        page = plain(pay(f"/{charge.code}/{end}"))
        first, second = page.split("1 от 2")[1].split("2 от 2")
        assert "442400" in first and "10,00 €" in first and "448007" not in first, end
        assert "448007" in second and "2,50 €" in second and "442400" not in second, end


def test_without_an_account_nobody_is_led_to_a_transfer(pay, money):
    charge = money.charge()
    assert pay(f"/{charge.code}/transfer").status_code == 422
    assert pay(f"/{charge.code}/slip").status_code == 422
    assert "банков превод" not in pay(f"/{charge.code}").text


def test_without_a_contract_no_card_is_offered(pay, money, client, at):
    charge = money.charge()
    page = plain(pay(f"/{charge.code}"))
    assert "още не приема карти в интернет" in page and "/online/" not in page
    assert "с карта" not in page.casefold().replace("с карта в интернет", "")
    assert "С карта" not in client.get("/", base_url=at(VILLAGE)).text
    start = f"/pay/{charge.code}/online/stripe"
    answer = client.post(start, data={"expected_version": charge.version}, base_url=at(VILLAGE))
    assert answer.status_code == 422


@pytest.mark.parametrize("iban", [IBAN, "BG80 BNBG 9661 1020 3456 78", "bg80bnbg96611020345678"])
def test_an_account_is_taken_as_people_write_it(finance, iban):
    page = "/console/billing/setup/account"
    told = {"holder": "Община Горно село", "iban": iban}
    assert finance.press(page, **told).status_code == 303
    assert "BG80 BNBG 9661 1020 3456 78" in finance.get("/console/billing/setup/").text


@pytest.mark.parametrize("iban", ["BG81BNBG96611020345678", "DE89370400440532013000", "BG80", "x"])
def test_an_account_with_a_slip_is_refused(finance, iban):
    answer = finance.press("/console/billing/setup/account", holder="Община", iban=iban)
    assert answer.status_code == 422 and f'value="{iban}"' in answer.text
    assert not is_iban(iban)


@pytest.mark.parametrize(
    ("bic", "fits"),
    [("DEMOBGSF", True), ("DEMOBGSFXXX", True), ("DEMO", False), ("ДЕМОБГСФ", False)],
)
def test_a_banks_code_has_its_shape(bic, fits):
    assert is_bic(bic) is fits


def test_somebody_signed_in_sees_what_they_owe_and_paid(money, sign_in, clerk):
    me = sign_in(VILLAGE)
    money.charge(500, person_id=me.person_id, purpose="Моето задължение")
    money.charge(700, purpose="Чуждо задължение")
    page = me.get("/account/payments").text
    assert "Моето задължение" in page and "Чуждо" not in page


def test_what_somebody_paid_at_the_counter_is_among_their_payments(money, sign_in, clerk, uow_in):
    me = sign_in(VILLAGE)
    charge = money.charge(500, person_id=me.person_id, purpose="Моето задължение")
    clerk.press(f"/console/billing/counter/{charge.id}")
    assert "Моето задължение" in me.get("/account/payments").text
    with uow_in(VILLAGE) as uow:
        told = export_person(uow, me.person_id)
    assert [one["cents"] for one in told["payments"]] == [500]


def test_a_stranger_is_asked_who_they_are_before_their_payments(client, at):
    assert client.get("/account/payments", base_url=at(VILLAGE)).status_code == 302


def test_a_person_is_told_all_and_the_papers_lose_their_link(money, sign_in, uow_in, app):
    me = sign_in(VILLAGE)
    charge = money.charge(500, person_id=me.person_id, payer="Проба Пробова")
    with uow_in(VILLAGE) as uow:
        told = export_person(uow, me.person_id)
        erase_person(uow, me.person_id)
        uow.commit()
    assert told["charges"][0]["payer"] == "Проба Пробова"
    assert money.now(charge).person_id is None
    assert money.now(charge).payer == "Проба Пробова"  # ten years, by the Accountancy Act


@pytest.mark.parametrize(
    ("made", "paid", "is_kept"),
    [
        ("2016-12-31", None, True),
        ("2015-12-31", None, False),
        ("2015-12-31", "2016-01-02", True),
        ("2014-05-01", "2015-01-01", False),
    ],
)
def test_papers_lose_their_people_ten_years_after_their_year(app, money, made, paid, is_kept):
    charge = money.charge(500, person_id=uuid4(), payer="Проба Пробова")
    with app.app_context(), money.open_uow() as uow:
        found = charge_of(uow, charge.id, to_change=True)
        found.made_at = datetime.fromisoformat(f"{made}T12:00+02:00")
        if paid:
            then = replace(uow, now=datetime.fromisoformat(f"{paid}T12:00+02:00"))
            receive(then, found, Money(way="cash", provider_id="1", cents=500))
        uow.session.flush()
        forget(replace(uow, now=datetime.fromisoformat("2026-11-25T01:15+00:00")))
    now = money.now(charge)
    assert (now.payer, now.person_id is not None) == ("Проба Пробова" if is_kept else None, is_kept)
    assert now.cents == 500


def test_messages_are_forgotten_after_a_season(app, money):
    told = {"account": "", "kind": "x", "subject": "x"}
    with app.app_context(), money.open_uow() as uow:
        for days in (89, 91):
            then = replace(uow, now=uow.now - timedelta(days=days))
            assert is_new(then, "stripe", Notice(event_id=f"{days}", **told))
        forget(uow)
        assert list(uow.session.scalars(select(Event.event_id))) == ["89"]


def test_the_payers_name_lies_sealed(money, owner):
    money.charge(payer="Проба Платецова")
    [(sealed,)] = owner("select payer from t_gorno_selo.billing_charge")
    assert "Платецова".encode() not in bytes(sealed)


# -- the port of other parts -----------------------------------------------------------------


def test_a_part_has_something_paid_and_is_told_by_fact(app, money, clerk, pay):
    money.charge()  # so that the kind is there
    asked = {"cents": 1500, "purpose": "Издаване на скица", "kind": "448007"}
    payer = Payer(name="Проба Пробова")
    lines = [Line(text="Скица", cents=1000), Line(text="Бързо", cents=500)]
    with app.app_context(), money.open_uow() as uow:
        first = cashier().charge(uow, "plans:1", payer=payer, lines=lines, **asked)
        again = cashier().charge(uow, "plans:1", payer=payer, lines=lines, **asked)
    assert first == again and first.owed_cents == 1500
    assert pay(first.path.removeprefix("/pay")).status_code == 200
    clerk.press(f"/console/billing/counter/{first.charge_id}")
    with app.app_context(), money.open_uow() as uow:
        assert cashier().find(uow, ["plans:1", "plans:2"])["plans:1"].is_paid
    assert money.facts("charge.paid") == 1


def test_the_same_reference_with_another_sum_is_refused(app, money):
    charge = money.charge(1250)
    asked = {"payer": Payer(), "purpose": "x", "kind": "448007"}
    with app.app_context(), money.open_uow() as uow, pytest.raises(UsedOtherwise):
        cashier().charge(uow, charge.reference, cents=1, **asked)


def test_a_part_asks_for_money_to_go_back_and_finance_agrees(app, money, clerk, mayor, owner):
    charge, key = money.charge(1250), uuid4()
    clerk.press(f"/console/billing/counter/{charge.id}")
    for _ in range(2):
        with app.app_context(), money.open_uow() as uow:
            cashier().refund(uow, charge.id, cents=250, reason="Късно издадена", key=key)
    [(refund_id,)] = owner("select id from t_gorno_selo.billing_refund")
    assert mayor.press(f"/console/billing/refunds/{refund_id}", to="/approve").status_code == 303


def test_a_part_that_asks_again_for_all_of_it_asks_once(app, money, clerk):
    charge, key = money.charge(1250), uuid4()
    clerk.press(f"/console/billing/counter/{charge.id}")
    for _ in range(2):
        with app.app_context(), money.open_uow() as uow:
            cashier().refund(uow, charge.id, cents=1250, reason="Отказана", key=key)
    assert money.facts("refund.asked") == 1


def test_a_part_is_told_how_much_can_go_back_at_most(app, money, clerk):
    charge = money.charge(1250)
    clerk.press(f"/console/billing/counter/{charge.id}")
    with app.app_context(), money.open_uow() as uow, pytest.raises(TooMuch, match="12,50"):
        cashier().refund(uow, charge.id, cents=1251, reason="Отказана", key=uuid4())


def test_a_part_cancels_what_it_no_longer_wants(app, money, pay):
    charge = money.charge()
    with app.app_context(), money.open_uow() as uow:
        cashier().cancel(uow, charge.id)
    assert "Не плащайте" in pay(f"/{charge.code}").text
    assert money.balances() == {}


def test_where_nobody_takes_payments_parts_are_told_so(app, money):
    with app.app_context(), money.open_uow() as uow, pytest.raises(CashierUnavailable):
        NoCashier().charge(uow, "x", cents=1, payer=Payer(), purpose="x", kind="x")
