"""Paid courses: asked for once, held for a term, let go with the seat, given back in time."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from obshto.billing.charges.kinds import add_kind
from obshto.billing.charges.lifecycle import charge_of
from obshto.billing.charges.settlement import Money, receive
from obshto.modules.courses.errors import FeePaidAlready, PriceUnpayable, StaleFee
from obshto.modules.courses.models import Course, CourseFee, Group
from obshto.modules.courses.notifications import asked, due
from obshto.modules.courses.privacy import erase, export
from obshto.modules.courses.services.courses import copy_course
from obshto.modules.courses.services.enrolments import (
    Participant,
    accept_seat,
    enrol,
    leave_group,
)
from obshto.modules.courses.services.fees.charges import (
    ask_full_price,
    catch_up,
    fee_of,
    note_charge,
    note_refund,
    see_proof,
)
from obshto.modules.courses.services.fees.exemptions import ExemptionEntry, write_exemption
from obshto.modules.courses.services.fees.holds import lapse_unpaid, remind_unpaid
from obshto.modules.courses.services.groups import cancel_group
from obshto.modules.courses.services.retention import empty_old
from obshto.platform.bookings.services import Booker
from obshto.platform.bookings.states import BOOKED, CANCELLED, LAPSED, OFFERED
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR, KIND = "gorno-selo", "dolno-selo", "448014"
CHARGES = "select state, cents from t_gorno_selo.billing_charge order by id"
REFUNDS = "select count(*) from t_gorno_selo.billing_refund"


def kind(uow):
    return add_kind(uow, code=KIND, title="Такса за курсове", request_id=UUID(int=7))


def lower(uow, **changed):
    told = {"name": "Пенсионер", "proof": "пенсионна карта", "percent": 50, **changed}
    row = write_exemption(uow, ExemptionEntry(**told), request_id=uuid4())
    uow.session.flush()
    return row


def seat(uow, group, number=1, *, waits=False, exemption=None, **changed):
    booker = Booker(**{"name": f"Проба {number}", "phone": f"+35988812345{number}", **changed})
    told = Participant(exemption=exemption)
    made = enrol(uow, group, booker, told, request_id=uuid4(), waits=waits)
    uow.session.flush()
    return made


def pay(uow, fee, cents=None):
    """The money comes; nobody here has heard yet. What the worker would be told."""
    charge = charge_of(uow, fee.charge_id, to_change=True)
    receive(uow, charge, Money(way="bank", provider_id=str(uuid4()), cents=cents or fee.cents))
    uow.session.flush()
    return {"subject_id": str(fee.charge_id), "reference": fee.reference}


def state(uow, booking):
    uow.session.flush()
    return str(fee_of(uow, booking.id, to_change=True).state)


@pytest.fixture
def paid_group(uow, course, group):
    """Two seats at 20 euro in ten days."""
    kind(uow)
    return group(uow, course(uow, price_cents=2000, income_kind=KIND), days=10)


def test_a_seat_is_asked_for_once_and_paid_when_it_is(uow, paid_group, owner):
    made = seat(uow, paid_group)
    fee = fee_of(uow, made.id)
    assert (fee.cents, fee.is_open, fee.reference) == (2000, True, f"courses:{made.id}")
    assert fee.hold_until == uow.now + timedelta(days=3)
    told = pay(uow, fee, cents=500)
    note_charge(uow, payload=told)
    assert state(uow, made) == "open"  # a part is not all
    told = pay(uow, fee, cents=1500)
    for _ in range(2):
        note_charge(uow, payload=told)
    assert state(uow, made) == "paid"
    uow.commit()
    assert owner(CHARGES) == [("paid", 2000)]


def test_the_same_form_from_eight_windows_is_one_charge(uow, paid_group, uow_in, owner):
    group_id, key, start = paid_group.id, uuid4(), Barrier(8)
    uow.commit()

    def send(number):
        with uow_in(VILLAGE) as mine:
            start.wait()
            booker = Booker(name="Проба", phone="+359888123451")
            found = mine.session.get(Group, group_id)
            enrol(mine, found, booker, Participant(), request_id=key)
            mine.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    assert owner(CHARGES) == [("open", 2000)]


def test_a_work_that_dies_leaves_neither_seat_nor_charge(uow, paid_group, uow_in, owner):
    group_id = paid_group.id
    uow.commit()
    with uow_in(VILLAGE) as mine:
        seat(mine, mine.session.get(Group, group_id))
        mine.session.rollback()  # what the server does for a process that is gone
    assert owner(CHARGES) == []
    assert owner("select count(*) from t_gorno_selo.courses_fee") == [(0,)]


@pytest.mark.parametrize(
    ("off", "cents", "word"),
    [
        ({"percent": 50}, 1000, "open"),
        ({"percent": 0, "cents": 500}, 1500, "open"),
        ({"percent": 100}, 0, "free"),
        ({"percent": 0, "cents": 9999}, 0, "free"),
    ],
)
def test_who_pays_less_is_asked_for_less(uow, paid_group, off, cents, word):
    made = seat(uow, paid_group, exemption=lower(uow, **off).id)
    assert (fee_of(uow, made.id).cents, state(uow, made)) == (cents, word)


def test_what_is_offered_no_more_lowers_nothing(uow, paid_group):
    made = seat(uow, paid_group, exemption=lower(uow, is_active=False).id)
    assert fee_of(uow, made.id).cents == 2000


def test_without_the_paper_the_whole_price_is_owed(uow, paid_group, owner):
    made = seat(uow, paid_group, exemption=lower(uow).id)
    fee = fee_of(uow, made.id)
    course = uow.session.get_one(Course, paid_group.course_id)
    with pytest.raises(StaleFee):
        ask_full_price(uow, fee, course, made, paid_group, expected_version=fee.version - 1)
    seen = fee.version
    for _ in range(2):
        ask_full_price(uow, fee, course, made, paid_group, expected_version=seen)
    assert fee.cents == 2000 and fee.is_open and not fee.proof
    uow.commit()
    assert owner(CHARGES) == [("cancelled", 1000), ("open", 2000)]


def test_a_paper_that_was_seen_is_noted_and_paid_is_paid(uow, paid_group):
    made = seat(uow, paid_group, exemption=lower(uow).id)
    fee = fee_of(uow, made.id)
    see_proof(uow, fee, expected_version=fee.version)
    assert fee.proof_seen_at == uow.now
    note_charge(uow, payload=pay(uow, fee))
    course = uow.session.get_one(Course, paid_group.course_id)
    fee = fee_of(uow, made.id, to_change=True)
    with pytest.raises(FeePaidAlready):
        ask_full_price(uow, fee, course, made, paid_group, expected_version=fee.version)


def test_who_waits_owes_nothing_before_there_is_a_seat(uow, paid_group):
    first, _second = seat(uow, paid_group, 1), seat(uow, paid_group, 2)
    third = seat(uow, paid_group, 3, waits=True)
    assert state(uow, third) == "later"
    leave_group(uow, first, expected_version=first.version)
    assert state(uow, first) == "cancelled" and third.state == OFFERED
    accept_seat(uow, third, expected_version=third.version)
    assert state(uow, third) == "open"


def test_an_unpaid_seat_goes_to_who_waits_after_a_letter(uow, paid_group, owner):
    late, payer = seat(uow, paid_group, 1), seat(uow, paid_group, 2)
    third = seat(uow, paid_group, 3, waits=True)
    pay(uow, fee_of(uow, payer.id))  # and nobody has told us
    for booking in (late, payer):
        fee_of(uow, booking.id).hold_until = uow.now + timedelta(hours=5)
    for _ in range(2):
        remind_unpaid(uow)
    lapse_unpaid(uow)
    assert (late.state, third.state) == (BOOKED, "waiting")
    for booking in (late, payer):
        fee_of(uow, booking.id).hold_until = uow.now
    for _ in range(2):
        lapse_unpaid(uow)
    assert (late.state, payer.state, third.state) == (LAPSED, BOOKED, OFFERED)
    assert (state(uow, late), state(uow, payer)) == ("cancelled", "paid")
    uow.commit()
    letters = owner("select count(*) from t_gorno_selo.audit_entry where act = 'courses:fee.due'")
    assert letters == [(2,)]


def test_near_its_beginning_no_seat_is_lost_by_the_clock(uow, course, group):
    kind(uow)
    near = group(uow, course(uow, price_cents=2000, income_kind=KIND), days=2)
    assert fee_of(uow, seat(uow, near).id).hold_until is None


@pytest.mark.parametrize(("days", "refunds"), [(10, 1), (2, 0)])
def test_who_leaves_in_time_gets_the_money_back_once(uow, course, group, owner, days, refunds):
    kind(uow)
    made = seat(uow, group(uow, course(uow, price_cents=2000, income_kind=KIND), days=days))
    note_charge(uow, payload=pay(uow, fee_of(uow, made.id)))
    leave_group(uow, made, expected_version=made.version)
    for _ in range(2):
        catch_up(uow)
    assert bool(fee_of(uow, made.id).returned_at) is bool(refunds)
    uow.commit()
    assert owner(REFUNDS) == [(refunds,)]


def test_a_group_that_is_off_gives_back_and_asks_no_more(uow, paid_group, owner):
    payer, debtor = seat(uow, paid_group, 1), seat(uow, paid_group, 2)
    told = pay(uow, fee_of(uow, payer.id))
    course = uow.session.get_one(Course, paid_group.course_id)
    cancel_group(uow, course, paid_group, expected_version=paid_group.version)
    assert (state(uow, payer), state(uow, debtor)) == ("open", "cancelled")
    for _ in range(2):  # the word of the payment comes after the cancellation
        note_charge(uow, payload=told)
    assert state(uow, payer) == "paid" and fee_of(uow, payer.id).returned_at == uow.now
    for _ in range(2):
        note_refund(uow, payload={**told, "cents": 2000})
    assert fee_of(uow, payer.id, to_change=True).refunded_cents == 2000
    uow.commit()
    assert owner(REFUNDS) == [(1,)]


def test_a_payment_taken_back_takes_no_seat(uow, paid_group, owner):
    made = seat(uow, paid_group)
    told = pay(uow, fee_of(uow, made.id))
    note_charge(uow, payload=told)
    uow.session.execute(
        text("update t_gorno_selo.billing_charge set state = 'open', settled_cents = 0")
    )
    uow.session.expire_all()
    note_charge(uow, payload=told)
    lapse_unpaid(uow)
    assert state(uow, made) == "open" and made.state == BOOKED


def test_a_price_that_nobody_can_take_enrols_nobody(uow, course, group, owner):
    with pytest.raises(PriceUnpayable):
        seat(uow, group(uow, course(uow, price_cents=2000, income_kind="none")))


def test_last_years_course_costs_the_same(uow, course):
    kind(uow)
    made = copy_course(uow, course(uow, price_cents=2000, income_kind=KIND), request_id=uuid4())
    assert (made.price_cents, made.income_kind) == (2000, KIND)


def test_letters_say_the_sum_the_code_and_until_when_and_stop_with_payment(uow, paid_group):
    made = seat(uow, paid_group, email="proba@primer.bg")
    fee = fee_of(uow, made.id)
    fact = {"subject_id": str(made.id), "cents": fee.cents}
    for letter in (asked, due):
        subject, body = letter(uow, fact)
        assert fee.code in body and fee.path in body and "20,00" in body
        assert len(subject) <= 160
    note_charge(uow, payload=pay(uow, fee))
    assert due(uow, fact) is None


def test_why_somebody_pays_less_leaves_and_goes(uow, paid_group):
    me = Principal(person_id=uuid4(), name="Проба Примерова")
    uow = replace(uow, principal=me)
    made = seat(uow, paid_group, exemption=lower(uow).id)
    [told] = export(uow, me.person_id)["fees"]
    assert (told["exemption"], told["to_pay_cents"], told["state"]) == ("Пенсионер", 1000, "open")
    erase(uow, me.person_id)
    uow.session.expire_all()
    fee = uow.session.get_one(CourseFee, made.id)
    assert (fee.exemption, fee.proof, fee.cents) == (None, "", 1000)


def test_ninety_days_after_the_course_only_the_sum_is_left(uow, paid_group):
    made = seat(uow, paid_group, exemption=lower(uow).id)
    paid_group.ends_at = uow.now - timedelta(days=91)
    uow.session.flush()
    empty_old(uow)
    uow.session.expire_all()
    assert uow.session.get_one(CourseFee, made.id).exemption is None


def test_a_seat_that_went_with_its_person_is_owed_no_more(uow, paid_group, owner):
    made = seat(uow, paid_group)
    made.state, made.ended_at = CANCELLED, uow.now  # as the bookings erase
    uow.session.flush()
    catch_up(uow)
    assert state(uow, made) == "cancelled"


# -- pages --------------------------------------------------------------------------------------


@pytest.fixture
def open_place(uow_in, switched_on, course, group):
    with uow_in(VILLAGE) as uow:
        kind(uow)
        made = group(uow, course(uow, price_cents=2000, income_kind=KIND), days=10)
        found = (made.id, made.course_id, lower(uow).id)
        uow.commit()
    return found


def told(page):
    return page.text.replace("\xa0", " ").replace("\u202f", " ")


def test_from_the_price_to_the_code(open_place, visitor, path_of, clerk, owner):
    group_id, course_id, exemption = open_place
    assert "Цена: 20,00 €" in told(visitor.get(f"/courses/{course_id}"))
    form = told(visitor.get(f"/courses/groups/{group_id}/enrol"))
    assert "Пенсионер: 10,00 €" in form and "пенсионна карта" in form and "3 дни" in form
    own = path_of(visitor.enrol(group_id, exemption=exemption))
    page = told(visitor.get(own))
    assert "За плащане: 10,00 €" in page and "покажете" in page
    assert re.search(r'href="/pay/[^"]+"', page)
    assert "Таксата няма да се дължи" in told(visitor.get(f"{own}/cancel"))
    listed = told(clerk.get(f"/console/courses/groups/{group_id}"))
    assert "Не е платено" in listed and "Пенсионер" not in listed
    one = re.search(r"/console/courses/enrolments/[0-9a-f-]{36}", listed)[0]
    assert "Пенсионер" not in told(clerk.get(one))
    clerk.post(f"{one}/look", {"purpose": "welcome", "request_id": uuid4()})
    opened = told(clerk.get(one))
    assert "Пенсионер" in opened
    answer = clerk.press(one, to="/proof")
    assert answer.status_code == 303 and "Документът е видян" in told(clerk.get(one))
    path_of(visitor.enrol(group_id, exemption=exemption, name="Друга", phone="0888 123 457"))
    listed = clerk.get(f"/console/courses/groups/{group_id}").text
    other = re.findall(r"/console/courses/enrolments/[0-9a-f-]{36}", listed)[-1]
    clerk.post(f"{other}/look", {"purpose": "welcome", "request_id": uuid4()})
    assert clerk.press(other, to="/full-price").status_code == 303
    assert "За плащане: 20,00 €" in told(clerk.get(other))
    assert owner("select count(*) from t_dolno_selo.courses_fee") == [(0,)]


def test_who_may_keep_the_list_and_who_may_not(switched_on, sign_in, visitor):
    editor, clerk = sign_in(VILLAGE, Role.EDITOR), sign_in(VILLAGE, Role.REGISTRY_CLERK)
    page = "/console/courses/exemptions/new"
    typed = {"name": "Ученик", "proof": "ученическа карта", "percent": "0", "off": "5,00"}
    key = uuid4()
    for _ in range(2):
        assert editor.post(page, {**typed, "request_id": key}).status_code == 303
    shown = editor.get("/console/courses/exemptions").text
    assert shown.count("ученическа карта") == 1
    both = editor.post(page, {**typed, "percent": "10", "request_id": uuid4()})
    assert both.status_code == 422 and "или процент, или сума" in both.text
    assert "ученическа карта" in both.text  # what was typed stays
    own = re.search(r"/console/courses/exemptions/[0-9a-f-]{36}", shown)[0]
    late = {**typed, "off": "6", "is_active": "y", "expected_version": "0"}
    assert editor.post(own, late).status_code == 422
    assert clerk.get("/console/courses/exemptions").status_code == 403
    assert visitor.get("/console/courses/exemptions").status_code in (302, 303)
    neighbour = sign_in(NEIGHBOUR, Role.EDITOR)
    assert neighbour.get(own).status_code == 404


def test_a_price_needs_a_kind_of_income(uow_in, place, teacher):
    page = f"/console/courses/{place.course}"
    with uow_in(VILLAGE) as uow:
        kind(uow)
        uow.commit()
    shown = teacher.get(page).text
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', shown)[1]
    typed = {"kind": "internet", "level": "first", "name": "Интернет", "least_percent": "75"}
    typed |= {"expected_version": version, "price": "12,50"}
    refused = teacher.post(page, {**typed, "income_kind": ""})
    assert refused.status_code == 422 and "Изберете вид приход" in refused.text
    assert teacher.post(page, {**typed, "income_kind": KIND}).status_code == 303
    assert 'value="12,50"' in teacher.get(page).text
