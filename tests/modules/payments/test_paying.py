"""Paid is what the cashier says is paid, once, whatever is sent and heard how often."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest

from obshto.billing.charges.lifecycle import cancel_charge, charge_of
from obshto.billing.charges.models import Charge
from obshto.billing.charges.settlement import take_away
from obshto.modules.payments.errors import NoSuchTaxNotice, NothingToPay, OlderFirst, UnderWay
from obshto.modules.payments.events import EVENTS
from obshto.modules.payments.models import Bundle, Obligation
from obshto.modules.payments.services.bundles import catch_up, choose, note_charge
from obshto.modules.payments.services.obligations import payer_with_code

VILLAGE = "gorno-selo"


def facts(owner, name):
    rows = owner(f"select count(*) from t_gorno_selo.audit_entry where act = 'payments:{name}'")
    return rows[0][0]


def test_all_of_it_is_one_charge_with_a_line_for_each(office):
    office.bring_in(*office.year, office.line(kind="442400", part=1, due="30.06.2026"))
    chosen = office.choose()
    [charge] = office.all(Charge)
    assert (charge.id, charge.cents, chosen.cents) == (chosen.charge_id, 17400, 17400)
    assert sorted(line["cents"] for line in charge.lines) == [5400, 6000, 6000]
    assert {line["kind"] for line in charge.lines} == {"442100", "442400"}
    assert "Проба" not in charge.purpose and office.owner not in str(charge.lines)


def test_it_is_owed_until_the_cashier_says_that_it_is_paid(office, owner):
    office.bring_in(*office.year)
    chosen = office.choose()
    assert sum(office.owed().values()) == 12000
    office.hear(chosen)  # somebody says so; the cashier does not
    assert sum(office.owed().values()) == 12000
    office.pay(chosen)
    assert sum(office.owed().values()) == 0
    office.hear(chosen)
    assert sum(office.owed().values()) == 0 and facts(owner, "bundle.paid") == 1


def test_a_part_of_the_money_is_not_paid(office):
    office.bring_in(*office.year)
    office.pay(office.choose(), cents=11399)
    assert sum(office.owed().values()) == 12000


def test_a_repeated_click_and_a_second_reader_find_the_same_charge(office):
    office.bring_in(*office.year)
    request_id = uuid4()
    first = office.choose(request_id=request_id)
    assert {office.choose(request_id=request_id).id, office.choose().id} == {first.id}
    assert len(office.all(Charge)) == 1


def test_many_clicks_at_once_make_one_charge(office):
    office.bring_in(*office.year)
    barrier, found, code = Barrier(6), [], office.code()

    def click():
        barrier.wait()
        with office.app.app_context(), office.open_uow() as uow:
            payer = payer_with_code(uow, code, to_change=True)
            found.append(choose(uow, payer, "all", request_id=uuid4()).id)

    threads = [Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6 and len(set(found)) == 1 == len(office.all(Charge))


def test_another_choice_lets_the_first_one_go(office):
    office.bring_in(*office.year)
    first = office.choose()
    [one, _] = [piece.obligation_id for piece in first.pieces]
    second = office.choose(str(one))
    assert office.bundle(first).state == "cancelled"
    assert [c.state for c in office.all(Charge, Charge.id == first.charge_id)] == ["cancelled"]
    assert second.cents == 6000


def test_a_late_copy_of_the_first_choice_does_not_let_the_second_go(office):
    office.bring_in(*office.year)
    request_id = uuid4()
    first = office.choose(request_id=request_id)
    second = office.choose(str(first.pieces[0].obligation_id))
    assert office.choose(request_id=request_id).id == first.id
    assert office.bundle(second).state == "open"


def test_a_request_of_one_notice_opens_no_other(office):
    office.bring_in(*office.year, office.line(number=office.other))
    request_id = uuid4()
    office.choose(request_id=request_id)
    with pytest.raises(NoSuchTaxNotice):
        office.choose(number=office.other, request_id=request_id)


def test_where_a_part_has_come_the_choice_is_not_changed(office):
    office.bring_in(*office.year)
    first = office.choose()
    office.pay(first, cents=100)
    with pytest.raises(UnderWay):
        office.choose(str(first.pieces[0].obligation_id))
    assert office.choose().id == first.id


def test_what_was_paid_a_moment_ago_is_not_charged_again(office):
    """The money has come, the worker has not heard of it yet."""
    office.bring_in(*office.year)
    chosen = office.choose()
    office.receive(chosen)
    with pytest.raises(NothingToPay):
        office.choose()
    assert len(office.all(Charge)) == 1


def test_a_charge_that_the_finance_office_cancels_can_be_chosen_anew(office):
    office.bring_in(*office.year)
    chosen = office.choose()
    with office.app.app_context(), office.open_uow() as uow:
        cancel_charge(uow, charge_of(uow, chosen.charge_id, to_change=True))
    assert office.choose().id != chosen.id


def test_money_that_the_bank_takes_back_is_owed_again(office, owner):
    office.bring_in(*office.year)
    chosen = office.choose()
    office.pay(chosen)
    with office.app.app_context(), office.open_uow() as uow:
        take_away(uow, charge_of(uow, chosen.charge_id, to_change=True), 100)
    office.hear(chosen)
    assert sum(office.owed().values()) == 12000 and facts(owner, "bundle.reopened") == 1


def test_a_transfer_in_time_has_its_discount_whenever_it_is_booked(office):
    office.bring_in(*office.year)
    chosen = office.choose()
    office.pay(chosen, on=chosen.holds_until)
    assert sum(office.owed().values()) == 0


def test_a_transfer_too_late_owes_the_discount(office):
    office.bring_in(*office.year)
    chosen = office.choose()
    office.pay(chosen, on=chosen.holds_until + timedelta(days=1))
    assert office.owed() == {(office.next, 1): 0, (office.next, 2): 600}


def test_a_choice_whose_discount_has_passed_is_let_go_after_the_week_of_booking(office, uow_in):
    office.bring_in(*office.year)
    chosen = office.choose()
    for days, state in ((7, "open"), (8, "cancelled")):
        with uow_in(VILLAGE) as uow:
            day = chosen.holds_until + timedelta(days=days)
            then = uow.now.replace(year=day.year, month=day.month, day=day.day, hour=12)
            catch_up(replace(uow, now=then))
            assert uow.session.get(Bundle, chosen.id).state == state


def test_who_was_not_told_asks_by_the_clock(office):
    office.bring_in(*office.year)
    office.receive(office.choose())
    assert sum(office.owed().values()) == 12000
    with office.app.app_context(), office.open_uow() as uow:
        catch_up(uow)
        catch_up(uow)
    assert sum(office.owed().values()) == 0


def test_the_facts_of_others_are_not_ours(office):
    with office.app.app_context(), office.open_uow() as uow:
        note_charge(uow, payload={"reference": "demo:1", "subject_id": str(uuid4()), "cents": 1})
        note_charge(uow, payload={"reference": "payments:1", "subject_id": str(uuid4())})
    assert office.all(Bundle) == []


def test_the_job_is_asked_for_when_the_money_comes(office, queued):
    office.bring_in(*office.year)
    office.receive(office.choose())
    assert "payments:note-paid" in [name for name, _ in queued()]


def test_interest_is_a_line_of_its_own_and_pays_no_tax(office):
    office.bring_in(office.line(year=2026, part=1, due="30.03.2026"))
    office.set_rates("10,15")
    chosen = office.choose()
    [charge] = office.all(Charge)
    [tax, interest] = charge.lines
    assert (tax["cents"], "лихва" in interest["text"]) == (6000, True)
    assert charge.cents == 6000 + interest["cents"] and interest["cents"] > 200
    office.pay(chosen)
    [one] = office.all(Obligation)
    assert (one.paid_cents, one.left_cents) == (6000, 0)


def test_yesterdays_price_is_not_todays(office):
    office.bring_in(office.line(year=2026, part=1, due="30.03.2026"))
    first = office.choose()
    office.set_rates("10,15")
    second = office.choose()
    assert first.cents == 6000 < second.cents and office.bundle(first).state == "cancelled"


def test_an_older_year_is_not_left_behind(office):
    office.bring_in(*office.year, office.line(year=2024, part=1, due="30.06.2024"))
    newer = office.all(Obligation, Obligation.year == office.next)[0]
    with pytest.raises(OlderFirst):
        office.choose(str(newer.id))


def test_names_of_facts_and_their_keys_are_fixed():
    assert {fact.name for fact in EVENTS} == {
        "payments:bundle.made",
        "payments:bundle.paid",
        "payments:bundle.reopened",
        "payments:file.dropped",
        "payments:file.read",
        "payments:import.begun",
        "payments:import.undone",
        "payments:obligations.imported",
        "payments:payer.looked-up",
        "payments:rate.set",
        "payments:term.changed",
        "payments:undo.begun",
    }
