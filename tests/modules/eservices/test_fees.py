"""Fees: by speed and channel, paid once, lower when late; the money is billing's."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from obshto.billing.charges.kinds import add_kind
from obshto.billing.charges.lifecycle import charge_of
from obshto.billing.charges.settlement import Money, receive
from obshto.modules.eservices.models import Fee, Offer
from obshto.modules.eservices.services.case_actions import take_case
from obshto.modules.eservices.services.case_queries import case_of
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.decisions import issue_document
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.fees import catch_up, note_charge
from obshto.modules.eservices.services.offers import Terms
from obshto.modules.eservices.services.prices import lowered_for_delay, prices_of, promised
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.clock import day_of, today
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

KIND = "448007"
FEES = "select state, cents, lowered_cents, returned_at is null from t_gorno_selo.eservices_fee"
PAID = "select count(*) from t_gorno_selo.audit_entry where act = 'eservices:fee.paid'"
ISSUE = {"as_of": ["20", "11", "2026"], "debts": "none", "debts_list": "", "before": "банка"}
SPEEDS = {"fast": {"days": 3, "cents": 500}, "express": {"days": 1, "cents": 900}}


def text(page):
    return page.text.replace("\xa0", " ").replace("\u202f", " ")


class Till:
    """What the counter and the bank do with what is owed here."""

    def __init__(self, uow_in):
        self.uow_in = uow_in

    def offer(self, service="1998", **changed):
        with self.uow_in("gorno-selo") as uow:
            add_kind(uow, code=KIND, title="Административни услуги", request_id=UUID(int=7))
            offer = uow.session.query(Offer).filter_by(service=service).one()
            for name, value in {"fee_kind": KIND, **changed}.items():
                setattr(offer, name, value)
            uow.commit()

    def receive(self, case_id, cents=None, way="bank"):
        """The money comes; nobody here has heard yet. What the worker would be told."""
        with self.uow_in("gorno-selo") as uow:
            fee = uow.session.get(Fee, UUID(case_id))
            charge = charge_of(uow, fee.charge_id, to_change=True)
            money = Money(way=way, provider_id=str(uuid4()), cents=cents or charge.owed_cents)
            receive(uow, charge, replace(money, received_on=today()))
            told = {"subject_id": str(fee.charge_id), "reference": fee.reference}
            uow.commit()
        return told

    def hear(self, told):
        with self.uow_in("gorno-selo") as uow:
            note_charge(uow, payload=told)
            uow.commit()

    def pay(self, case_id, cents=None, **how):
        self.hear(self.receive(case_id, cents, **how))

    def late(self, case_id, days):
        with self.uow_in("gorno-selo") as uow:
            case_of(uow, UUID(case_id)).due_on = day_of(uow.now) - timedelta(days=days)
            uow.commit()


@pytest.fixture
def till(offered, uow_in):
    return Till(uow_in)


def apply(walking, citizen, service="1998"):
    ref = walking.begin(citizen, service)
    walking.fill(citizen, ref)
    return walking.send(citizen, ref).location.split("/cases/")[1][:36]


def issue(clerk, case_id):
    page = clerk.get(f"/console/eservices/{case_id}/issue")
    expected_version = (
        page.text.split('name="expected_version"')[1].split('value="')[1].split('"')[0]
    )
    return clerk.post(
        f"/console/eservices/{case_id}/issue",
        {**ISSUE, "expected_version": expected_version, "confirmed": "1"},
    )


def test_by_portal_it_is_cheaper_and_never_by_more_than_the_law_lets():
    terms = Terms(is_online=True, fee_cents=1000, official="", portal_discount=20, speeds=SPEEDS)
    offer = Offer(**{name: getattr(terms, name) for name in Terms.__slots__})
    assert [price.cents for price in prices_of(offer, "portal")] == [800, 400, 720]
    assert [price.cents for price in prices_of(offer, "counter")] == [1000, 500, 900]
    offer.fee_cents = 100_000
    assert prices_of(offer, "portal")[0].spared_cents == 1023  # 20 лв : 1,95583 = 10,2258


def test_a_speed_has_its_own_day_and_never_a_later_one_than_the_law():
    monday = date(2026, 11, 23)
    assert promised("apk_certifying", starts_on=monday).due_on == date(2026, 11, 30)
    fast = promised("apk_certifying", starts_on=monday, speed="fast", days=3)
    assert fast.due_on == date(2026, 11, 26) and "3" in fast.why["bg"]
    moved = promised("apk_certifying", starts_on=monday, speed="fast", days=5)
    assert moved.due_on == date(2026, 11, 30) and moved.is_moved
    slow = promised("apk_certifying", starts_on=monday, speed="fast", days=20)
    assert slow.article == "АПК чл. 57, ал. 2"


@pytest.mark.parametrize(("days", "cents"), [(1, 10), (7, 70), (30, 300), (31, 300), (400, 300)])
def test_a_late_technical_service_costs_a_percent_less_a_day_at_most_thirty(days, cents):
    assert lowered_for_delay(1000, days) == cents


def test_sending_asks_for_the_fee_once_and_says_where_it_is_paid(till, walking, citizen, owner):
    till.offer()
    case_id = apply(walking, citizen)
    assert owner(FEES) == [("open", 250, 0, True)]
    page = citizen.get(f"/eservices/cases/{case_id}")
    path = owner("select path from t_gorno_selo.eservices_fee")[0][0]
    assert f'href="{path}"' in page.text and "За плащане: 2,50 €" in text(page)
    assert citizen.get(path).status_code == 200
    receipt = text(citizen.get(f"/eservices/cases/{case_id}/receipt"))
    assert "Код за плащане" in receipt


@pytest.mark.parametrize(("way", "box"), [("bank", "☒"), ("cash", "☐"), ("pos", "☐")])
def test_the_printed_form_says_what_was_paid_electronically(till, citizen, way, box):
    till.offer("2082")
    case_id = apply_technical(citizen)
    line = "{} Плащането е извършено по електронен път"
    assert line.format("☐") in text(citizen.get(f"/eservices/cases/{case_id}/receipt"))
    till.pay(case_id, way=way)
    assert line.format(box) in text(citizen.get(f"/eservices/cases/{case_id}/receipt"))


@pytest.mark.parametrize(
    ("way", "called"),
    [
        ("bank", "Банков превод"),
        ("cash", "В брой на каса"),
        ("pos", "С карта на каса"),
        ("stripe", "С карта в интернет"),
    ],
)
def test_no_receipt_speaks_of_a_card_where_it_was_paid_otherwise(
    till, walking, citizen, owner, way, called
):
    till.offer()
    case_id = apply(walking, citizen)
    pages = [f"/eservices/cases/{case_id}/receipt", f"/eservices/cases/{case_id}"]
    assert [page for page in pages if "карт" in text(citizen.get(page))] == []
    till.pay(case_id, way=way)
    assert [page for page in pages if "карт" in text(citizen.get(page))] == []
    path = owner("select path from t_gorno_selo.eservices_fee")[0][0]
    receipt = text(citizen.get(f"{path}/receipt"))
    assert called in receipt
    assert ("карт" in receipt) is (way in ("pos", "stripe"))


def test_without_a_kind_of_income_the_counter_takes_the_money(walking, offered, citizen, owner):
    case_id = apply(walking, citizen)
    assert owner(FEES) == []
    assert "Такса: 2,50 €" in text(citizen.get(f"/eservices/cases/{case_id}"))


def test_it_is_paid_when_it_is_and_said_once(till, walking, citizen, owner):
    till.offer()
    case_id = apply(walking, citizen)
    told = till.receive(case_id, cents=100)
    till.hear(told)
    assert owner(FEES)[0][0] == "open"  # a part is not all
    told = till.receive(case_id)
    for _ in range(3):
        till.hear(told)
    assert owner(FEES)[0][0] == "paid" and owner(PAID) == [(1,)]
    assert "таксата 2,50 € беше платена" in text(citizen.get(f"/eservices/cases/{case_id}"))


def test_money_that_nobody_told_of_is_found_by_the_job(till, walking, citizen, owner, uow_in):
    till.offer()
    till.receive(apply(walking, citizen))
    for _ in range(2):
        with uow_in("gorno-selo") as uow:
            catch_up(uow)
            uow.commit()
    assert owner(FEES)[0][0] == "paid" and owner(PAID) == [(1,)]


def test_where_the_fee_comes_first_nothing_is_issued_without_it(till, walking, citizen, clerk):
    till.offer(pays_first=True)
    case_id = apply(walking, citizen)
    clerk.press(f"/console/eservices/{case_id}", to="/take")
    refused = issue(clerk, case_id)
    assert refused.status_code == 422 and "Таксата още не е платена" in text(refused)
    till.pay(case_id)
    assert issue(clerk, case_id).status_code == 303


def test_where_it_comes_after_the_document_waits_for_it(till, walking, citizen, clerk, owner):
    till.offer()
    case_id = apply(walking, citizen)
    clerk.press(f"/console/eservices/{case_id}", to="/take")
    assert issue(clerk, case_id).status_code == 303
    document = owner("select id from t_gorno_selo.eservices_document")[0][0]
    assert citizen.get(f"/eservices/documents/{document}").status_code == 409
    assert "Изтеглете документа" not in text(citizen.get(f"/eservices/cases/{case_id}"))
    till.pay(case_id)
    assert citizen.get(f"/eservices/documents/{document}").status_code == 200


@pytest.mark.parametrize(("service", "is_paid"), [("2082", True), ("2082", False), ("2112", True)])
def test_delay_lowers_the_fee_of_a_technical_service(
    till, citizen, owner, service, is_paid, uow_in
):
    """A permit to build has a term of its own, and a fee of technical services."""
    till.offer(service, fee_cents=1000)
    case_id = apply_technical(citizen, service)
    if is_paid:
        till.pay(case_id)
    till.late(case_id, 7)
    decide(uow_in, case_id, service)
    refunds = owner("select cents from t_gorno_selo.billing_refund")
    if is_paid:
        assert owner(FEES) == [("paid", 1000, 70, False)] and refunds == [(70,)]
    else:
        assert owner(FEES) == [("open", 930, 70, False)] and refunds == []
        till.pay(case_id)
        assert owner(FEES)[0][:2] == ("paid", 930)
    assert "намалява таксата с 0,70 €" in text(citizen.get(f"/eservices/cases/{case_id}"))


def test_what_is_withdrawn_is_owed_no_more(till, walking, citizen, owner):
    till.offer()
    case_id = apply(walking, citizen)
    citizen.press(f"/eservices/cases/{case_id}/withdraw")
    assert owner(FEES)[0][0] == "cancelled"
    assert "Таксата вече не се дължи" in text(citizen.get(f"/eservices/cases/{case_id}"))


def test_a_speed_is_chosen_before_sending_and_holds(till, walking, citizen, owner):
    till.offer(speeds=SPEEDS, portal_discount=10)
    ref = walking.begin(citizen)
    last = walking.fill(citizen, ref)
    assert last.location.endswith("/speed")
    page = text(citizen.get(f"/eservices/drafts/{ref}/speed"))
    assert "Бърза: до" in page and "4,50 €" in page
    citizen.press(f"/eservices/drafts/{ref}/speed", speed="express")
    assert "8,10 €" in text(citizen.get(f"/eservices/drafts/{ref}"))
    walking.send(citizen, ref)
    row = owner("select speed, speed_days, fee_cents from t_gorno_selo.eservices_case")
    assert row == [("express", 1, 810)] and owner(FEES)[0][:2] == ("open", 810)


def test_nobody_sends_at_a_price_that_has_changed_since(till, walking, citizen, owner):
    till.offer()
    ref = walking.begin(citizen)
    walking.fill(citizen, ref)
    [(address, fields)] = [
        form for form in citizen.forms(f"/eservices/drafts/{ref}") if form[0].endswith("/send")
    ]
    till.offer(fee_cents=999)
    assert citizen.post(address, fields).status_code == 409
    assert owner("select count(*) from t_gorno_selo.eservices_case") == [(0,)]
    assert citizen.press(f"/eservices/drafts/{ref}", to="/send").status_code == 303
    assert owner(FEES)[0][1] == 999


def test_the_secretary_sets_speeds_and_a_half_said_one_is_mended(till, sign_in, owner):
    till.offer()
    secretary = sign_in("gorno-selo", Role.SECRETARY)
    path = "/console/eservices/offers/1998"
    half = secretary.press(path, fast_fee="5,00", fast_days="")
    assert half.status_code == 422 and "Въведете и срок, и такса" in text(half)
    wrong = secretary.press(path, fast_fee="5", fast_days="скоро")
    assert wrong.status_code == 422 and "Въведете число от 1 до 30" in text(wrong)
    assert secretary.press(path, fast_fee="5,00", fast_days="3", is_online="y").status_code == 303
    row = owner("select speeds from t_gorno_selo.eservices_offer where service = '1998'")
    assert row == [({"fast": {"days": 3, "cents": 500}},)]
    assert "Бърза: 5,00 €, до 3 дни" in text(secretary.get("/eservices/1998"))


def test_less_by_portal_is_nothing_or_at_least_what_the_law_wants(till, sign_in):
    till.offer()
    secretary = sign_in("gorno-selo", Role.SECRETARY)
    path = "/console/eservices/offers/1998"
    page = secretary.press(path, fee="2,54", portal_discount="9")
    assert page.status_code == 422 and "отстъпка поне 10 %" in text(page)
    assert 'value="9"' in page.text  # what was typed stays
    for percent in ("0", "10"):
        typed = {"fee": "2,54", "portal_discount": percent}
        assert secretary.press(path, **typed).status_code == 303
    # 10 % of 2,54 are 25,4 cents: a whole one less would be less than 10 %.
    offer = Offer(fee_cents=254, portal_discount=10, speeds={})
    assert prices_of(offer, "portal")[0].cents == 228


def test_the_neighbour_knows_nothing_of_the_fee(till, walking, citizen, uow_in):
    till.offer()
    case_id = apply(walking, citizen)
    with uow_in("dolno-selo") as uow:
        assert uow.session.get(Fee, UUID(case_id)) is None


def apply_technical(citizen, service="2082"):
    """A case of a technical service, without its many questions."""
    with citizen.app.app_context():
        who = Principal(person_id=citizen.person_id, name="Пена Пробова")
        with open_uow(scope_named("gorno-selo"), who) as uow:
            ref = start_draft(uow, catalogue_services()[service], request_id=uuid4())
            draft = draft_at(uow, ref)
            draft.keep(latest(service).cases[0]["answers"])
            uow.session.flush()
            return str(send_application(uow, ref, expected_version=draft.version).id)


def decide(uow_in, case_id, service="2082"):
    with uow_in("gorno-selo") as uow:
        case = case_of(uow, UUID(case_id), to_change=True)
        take_case(uow, case, expected_version=case.version)
        uow.session.flush()
        official = next(c["official"] for c in latest(service).cases if "official" in c)
        issue_document(uow, case, official, expected_version=case.version)
        uow.commit()


def withdraw(citizen, case_id):
    return citizen.press(f"/eservices/cases/{case_id}/withdraw", to="/withdraw")


REFUNDS = "select cents, reason from t_gorno_selo.billing_refund"


def test_what_was_paid_is_asked_back_once_when_somebody_withdraws(till, walking, citizen, owner):
    till.offer()
    case_id = apply(walking, citizen)
    till.pay(case_id)
    assert "Ще поискаме да Ви се върне" in text(citizen.get(f"/eservices/cases/{case_id}/withdraw"))
    assert withdraw(citizen, case_id).status_code == 303
    charge = str(owner("select charge_id from t_gorno_selo.eservices_fee")[0][0])
    till.hear({"subject_id": charge, "reference": f"eservices:{case_id}"})
    ((cents, reason),) = owner(REFUNDS)
    assert cents == 250 and "Оттеглено заявление" in reason and "Пена" not in reason
    assert "Поискахме таксата да бъде върната" in text(citizen.get(f"/eservices/cases/{case_id}"))


def test_what_nobody_paid_is_not_owed_after_somebody_withdraws(till, walking, citizen, owner):
    till.offer()
    case_id = apply(walking, citizen)
    assert withdraw(citizen, case_id).status_code == 303
    assert owner(FEES)[0][0] == "cancelled" and owner(REFUNDS) == []


def test_money_of_which_nobody_had_heard_at_the_withdrawal_is_asked_back_too(
    till, walking, citizen, owner
):
    till.offer()
    case_id = apply(walking, citizen)
    told = till.receive(case_id)
    assert withdraw(citizen, case_id).status_code == 303
    for _ in range(2):
        till.hear(told)
    assert [cents for cents, _ in owner(REFUNDS)] == [250]


def test_it_is_paid_while_a_clerk_issues(till, walking, citizen, clerk, owner, uow_in):
    """Who hears of the money waits for the clerk, and neither loses what the other did."""
    till.offer()
    case_id = apply(walking, citizen)
    clerk.press(f"/console/eservices/{case_id}", to="/take")
    told = till.receive(case_id)
    official = {"as_of": "2026-11-20", "debts": "none", "before": "банка"}
    who = Principal(person_id=clerk.person_id, name="Веска Деловодна")
    with ThreadPoolExecutor(1) as pool, clerk.app.app_context():
        with open_uow(scope_named("gorno-selo"), who) as uow:
            case = case_of(uow, UUID(case_id), to_change=True)
            issue_document(uow, case, official, expected_version=case.version)
            uow.session.flush()
            heard = pool.submit(till.hear, told)
            with pytest.raises(FutureTimeout):
                heard.result(timeout=1)
        heard.result(timeout=120)
    assert owner(FEES)[0][0] == "paid" and owner(PAID) == [(1,)]
    document = owner("select id from t_gorno_selo.eservices_document")[0][0]
    assert citizen.get(f"/eservices/documents/{document}").status_code == 200
