"""Bookings: a seat is one person's, whoever presses when; lines move in order, once."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from threading import Barrier
from uuid import uuid4

import pytest

from obshto.platform.bookings import queries
from obshto.platform.bookings.errors import (
    BookingOver,
    OfferOver,
    ReachNeeded,
    SlotClosed,
    SlotFull,
    SlotPast,
    SlotsApart,
    StaleBooking,
    TooManyBookings,
)
from obshto.platform.bookings.free_slots import free_slots
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.bookings.reminders import remind
from obshto.platform.bookings.resources import (
    ResourceEntry,
    cancel_swallowed,
    change_resource,
    resource_of,
    swallowed,
    write_resource,
)
from obshto.platform.bookings.retention import empty_old, forget_person
from obshto.platform.bookings.services import (
    Booker,
    book,
    cancel,
    join_waiting_list,
    mark_attended,
    move,
)
from obshto.platform.bookings.waiting_list import accept_offer, lapse_offers, offer_free_seats
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.opening_hours.hours import Hours
from obshto.platform.opening_hours.hours_text import changes_of, spans_of
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
# Takes the seat, says so, and waits with the transaction open until it is killed.
VICTIM = """
import sys, psycopg
connection = psycopg.connect(sys.argv[1])
connection.execute("SET ROLE t_gorno_selo")
connection.execute("UPDATE t_gorno_selo.bookings_slot SET taken = 1 WHERE id = %s", [sys.argv[2]])
print("taken", flush=True)
sys.stdin.read()
"""
SOMEBODY = Booker(name="Проба Пробова", phone="+359888123456")


def resource_in(uow, **changed):
    entry = ResourceEntry(**{"kind": "seat", "name": "Компютър", **changed})
    return write_resource(uow, "toy", uuid4(), entry, request_id=uuid4())


def at(uow, hour, days=3):
    """That hour by the wall's clock, some days from now."""
    return datetime.combine(day_of(uow.now) + timedelta(days=days), time(hour), SOFIA)


def somebody(number=0):
    return Booker(name=f"Проба {number}", phone=f"+3598881234{number:02}")


def booked(uow, resource, hour=10, number=0, **more):
    made = book(uow, resource, [at(uow, hour, **more)], somebody(number), request_id=uuid4())
    uow.session.flush()
    return made


def waiting(uow, resource, number, hour=10):
    made = join_waiting_list(uow, resource, at(uow, hour), somebody(number), request_id=uuid4())
    uow.session.flush()
    return made


def slot_of(uow, booking):
    uow.session.flush()
    return uow.session.get(Slot, booking.slot_id, populate_existing=True)


def later(uow, **ahead):
    object.__setattr__(uow, "now", uow.now + timedelta(**ahead))


def facts(uow):
    return [fact.name.partition(":")[2] for fact in uow.facts]


# -- one seat -----------------------------------------------------------------------------------


def test_sixteen_at_once_over_one_seat_are_one_booking(uow, uow_in, resource, owner):
    start, resource_id = at(uow, 10), resource.id
    booked(uow, resource, hour=15)  # the key is fetched now, not by sixteen at once
    uow.commit()
    together = Barrier(16)

    def press(number):
        with uow_in(VILLAGE) as mine:
            together.wait(60)
            one = resource_of(mine, "toy", resource_id)
            try:
                book(mine, one, [start], somebody(number), request_id=uuid4())
                mine.commit()
                return "booked"
            except SlotFull:
                return "full"

    with ThreadPoolExecutor(16) as pool:
        answers = sorted(pool.map(press, range(1, 17)))
    assert answers == ["booked", *["full"] * 15]
    taken = "select taken from t_gorno_selo.bookings_slot order by starts_at"
    assert owner(taken) == [(1,), (1,)]
    assert owner("select count(*) from t_gorno_selo.bookings_booking") == [(2,)]


def test_the_same_form_sent_sixteen_times_at_once_is_one_booking(uow, uow_in, toy, owner):
    resource = write_resource(
        uow,
        "toy",
        uuid4(),
        ResourceEntry(kind="seat", name="Зала", capacity=20),
        request_id=uuid4(),
    )
    start, resource_id, request_id = at(uow, 10), resource.id, uuid4()
    booked(uow, resource, hour=15)
    uow.commit()

    def press(_number):
        with uow_in(VILLAGE) as mine:
            one = resource_of(mine, "toy", resource_id)
            made = book(mine, one, [start], SOMEBODY, request_id=request_id)
            mine.commit()
            return made.id

    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(press, range(16)))) == 1
    assert owner("select max(taken) from t_gorno_selo.bookings_slot") == [(1,)]


def test_a_booking_is_kept_with_its_transaction_or_not_at_all(uow, uow_in, resource):
    resource_id, start = resource.id, at(uow, 10)
    uow.commit()
    with uow_in(VILLAGE) as lost:
        book(lost, resource_of(lost, "toy", resource_id), [start], SOMEBODY, request_id=uuid4())
        lost.session.flush()
    with uow_in(VILLAGE) as next_one:
        assert next_one.session.query(Slot).count() == 0
        booked(next_one, resource_of(next_one, "toy", resource_id))


def test_a_process_killed_with_a_seat_in_hand_leaves_it_free(uow, uow_in, resource, config):
    other = booked(uow, resource, hour=15)
    slot_id = other.slot_id
    cancel(uow, other, "toy", expected_version=other.version)
    uow.commit()
    address = config.database.set(drivername="postgresql").render_as_string(hide_password=False)
    command = [sys.executable, "-c", VICTIM, address, str(slot_id)]
    victim = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with victim:
        assert victim.stdout.readline() == "taken\n"
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
    with uow_in(VILLAGE) as next_one:
        one = resource_of(next_one, "toy", resource.id)
        assert slot_of(next_one, booked(next_one, one, hour=15, number=1)).taken == 1


def test_several_hours_are_one_booking_with_one_code(uow, toy):
    room = write_resource(
        uow,
        "toy",
        uuid4(),
        ResourceEntry(kind="room", name="Зала", most_slots=3),
        request_id=uuid4(),
    )
    starts = [at(uow, 10), at(uow, 11)]
    made = book(uow, room, starts, SOMEBODY, request_id=uuid4())
    uow.session.flush()
    seats = uow.session.query(Booking).filter_by(group_id=made.id).all()
    assert len(seats) == 2 and sum(seat.code_index is not None for seat in seats) == 1
    with pytest.raises(SlotsApart):
        book(uow, room, [at(uow, 13), at(uow, 15)], SOMEBODY, request_id=uuid4())
    with pytest.raises(SlotFull):
        book(uow, room, [at(uow, 11)], somebody(1), request_id=uuid4())
    cancel(uow, made, "toy", expected_version=made.version)
    assert {slot.taken for slot in uow.session.query(Slot)} == {0}


def test_not_yesterday_not_when_closed_not_too_far_ahead(uow, resource, toy):
    for start, refusal in (
        (at(uow, 10, days=-1), SlotPast),
        (at(uow, 3), SlotClosed),
        (at(uow, 10, days=29), SlotClosed),
        (at(uow, 10) + timedelta(minutes=5), SlotClosed),
    ):
        with pytest.raises(refusal):
            book(uow, resource, [start], SOMEBODY, request_id=uuid4())
    toy.hours = None
    with pytest.raises(SlotClosed):
        booked(uow, resource)


def test_who_can_not_be_told_and_who_takes_all_of_it_are_refused(uow, resource):
    with pytest.raises(ReachNeeded):
        book(uow, resource, [at(uow, 9)], Booker(name="Проба"), request_id=uuid4())
    for hour in (9, 10, 11, 12):
        booked(uow, resource, hour=hour)
    with pytest.raises(TooManyBookings):
        booked(uow, resource, hour=13)
    counter = Booker(name="Проба", phone=somebody().phone, channel="phone")
    book(uow, resource, [at(uow, 13)], counter, request_id=uuid4())  # staff know why


# -- moved, cancelled ---------------------------------------------------------------------------


def test_a_move_gives_one_seat_back_and_takes_the_other(uow, resource):
    made = booked(uow, resource)
    old = slot_of(uow, made)
    move(uow, made, resource, [at(uow, 12)], expected_version=made.version)
    assert (slot_of(uow, made).starts_at, slot_of(uow, made).taken) == (at(uow, 12), 1)
    assert uow.session.get(Slot, old.id, populate_existing=True).taken == 0
    assert facts(uow)[-1] == "booking.moved"


def test_a_move_into_its_own_second_hour_needs_no_second_seat(uow, toy):
    room = write_resource(
        uow,
        "toy",
        uuid4(),
        ResourceEntry(kind="room", name="Зала", most_slots=3),
        request_id=uuid4(),
    )
    made = book(uow, room, [at(uow, 10), at(uow, 11)], SOMEBODY, request_id=uuid4())
    uow.session.flush()
    move(uow, made, room, [at(uow, 11), at(uow, 12)], expected_version=made.version)
    uow.session.flush()
    rows = uow.session.query(Slot).order_by(Slot.starts_at)
    assert [slot.taken for slot in rows] == [0, 1, 1]


def test_two_clerks_move_one_booking_and_the_second_is_told(uow, resource):
    made = booked(uow, resource)
    seen = made.version
    move(uow, made, resource, [at(uow, 12)], expected_version=seen)
    uow.session.flush()
    with pytest.raises(StaleBooking):
        move(uow, made, resource, [at(uow, 14)], expected_version=seen)
    assert slot_of(uow, made).starts_at == at(uow, 12)


def test_clerks_who_move_two_bookings_across_each_other_end_with_a_seat_each(
    uow, uow_in, resource, owner
):
    starts = [at(uow, hour) for hour in (9, 10, 11, 12)]
    ids = [booked(uow, resource, hour=hour, number=hour).id for hour in (9, 11)]
    resource_id = resource.id
    uow.commit()
    together = Barrier(2)

    def go(number):
        for start in (starts[1], starts[3], starts[0], starts[2])[:: 1 if number else -1]:
            with uow_in(VILLAGE) as mine:
                booking = queries.booking_of(mine, "toy", ids[number])
                one = resource_of(mine, "toy", resource_id)
                if start == starts[1]:
                    together.wait(60)
                try:
                    move(mine, booking, one, [start], expected_version=booking.version)
                    mine.commit()
                except SlotFull:
                    mine.session.rollback()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(go, range(2)))
    assert owner("select sum(taken), max(taken) from t_gorno_selo.bookings_slot") == [(2, 1)]


def test_a_second_press_cancels_nothing_more(uow, resource):
    made = booked(uow, resource)
    seen = made.version
    for _press in range(2):
        cancel(uow, made, "toy", expected_version=seen)
        uow.session.flush()
    assert slot_of(uow, made).taken == 0
    assert facts(uow).count("booking.cancelled") == 1


def test_what_has_begun_can_not_be_cancelled(uow, resource):
    made = booked(uow, resource)
    later(uow, days=3, hours=20)
    with pytest.raises(BookingOver):
        cancel(uow, made, "toy", expected_version=made.version)


# -- waiting list -------------------------------------------------------------------------------


def test_a_seat_given_back_is_offered_to_who_waits_first(uow, resource):
    made = booked(uow, resource)
    first, second = (waiting(uow, resource, number) for number in (1, 2))
    cancel(uow, made, "toy", expected_version=made.version)
    assert (first.state, second.state) == ("offered", "waiting")
    with pytest.raises(SlotFull):  # the offer holds the seat
        booked(uow, resource, number=3)
    accept_offer(uow, first, "toy", expected_version=first.version)
    assert (first.state, slot_of(uow, first).taken) == ("booked", 1)


def test_lapsed_offers_go_to_the_next_in_order_exactly_once(uow, uow_in, resource, owner):
    made = booked(uow, resource)
    line = [waiting(uow, resource, number) for number in range(1, 5)]
    cancel(uow, made, "toy", expected_version=made.version)
    ids = [one.id for one in line]
    uow.commit()
    for turn in range(1, 5):
        with ThreadPoolExecutor(4) as pool:  # the job runs in four workers at once

            def run(_worker, turn=turn):
                with uow_in(VILLAGE) as mine:
                    later(mine, hours=25 * turn if turn < 3 else 71)
                    lapse_offers(mine)
                    mine.commit()

            list(pool.map(run, range(4)))
        if turn == 2:
            break
    states = "select id, state from t_gorno_selo.bookings_booking"
    by_id = dict(owner(states))
    assert [by_id[one] for one in ids] == ["lapsed", "lapsed", "offered", "waiting"]
    assert owner("select taken from t_gorno_selo.bookings_slot") == [(1,)]


def test_an_offer_ends_at_its_time_and_is_not_made_within_the_last_hour(uow, resource):
    made = booked(uow, resource)
    first = waiting(uow, resource, 1)
    cancel(uow, made, "toy", expected_version=made.version)
    later(uow, hours=24, minutes=1)
    with pytest.raises(OfferOver):
        accept_offer(uow, first, "toy", expected_version=first.version)
    lapse_offers(uow)
    uow.session.flush()
    assert (first.state, slot_of(uow, first).taken) == ("lapsed", 0)
    second = booked(uow, resource, number=2)
    third = waiting(uow, resource, 3)
    object.__setattr__(uow, "now", at(uow, 10, days=0).astimezone(uow.now.tzinfo))
    object.__setattr__(uow, "now", slot_of(uow, second).starts_at - timedelta(minutes=59))
    cancel(uow, second, "toy", expected_version=second.version)
    assert third.state == "waiting"


def test_more_seats_go_to_who_waits(uow, resource):
    booked(uow, resource)
    first, second, third = (waiting(uow, resource, number) for number in (1, 2, 3))
    entry = ResourceEntry(kind="seat", name="Компютър", capacity=3)
    change_resource(uow, resource, entry, expected_version=resource.version)
    uow.session.flush()
    offer_free_seats(uow)
    assert [one.state for one in (first, second, third)] == ["offered", "offered", "waiting"]


def test_who_waits_for_what_is_free_again_has_it(uow, resource):
    assert waiting(uow, resource, 1).state == "booked"


# -- hours, reminders, attendance ---------------------------------------------------------------


def test_a_booking_that_a_holiday_swallows_is_found_and_its_person_told(uow, resource, toy):
    made, other = booked(uow, resource), booked(uow, resource, hour=11, days=4)
    day = at(uow, 10)
    toy.hours = Hours(
        week=(spans_of("8-17"),) * 7,
        holidays=None,
        changes=changes_of(f"{day:%d.%m.%Y}: затворено"),
    )
    assert [one.id for one in swallowed(uow, [resource])] == [made.id]
    with pytest.raises(SlotClosed):
        booked(uow, resource, hour=12)
    assert cancel_swallowed(uow, [resource]) == 1
    uow.session.flush()
    assert (made.state, other.state) == ("cancelled", "booked")


def test_a_reminder_goes_once_within_a_day(uow, resource):
    who = Booker(name="Проба", email="proba@villages.example")
    made = book(uow, resource, [at(uow, 10)], who, request_id=uuid4())
    uow.session.flush()
    remind(uow)
    assert made.reminded_at is None
    object.__setattr__(uow, "now", slot_of(uow, made).starts_at - timedelta(hours=20))
    for _run in range(2):
        remind(uow)
        uow.session.flush()
    assert facts(uow).count("booking.due") == 1


def test_staff_say_who_came(uow, resource):
    made = booked(uow, resource)
    object.__setattr__(uow, "now", slot_of(uow, made).ends_at)
    mark_attended(uow, made, "toy", False, expected_version=made.version)
    uow.session.flush()
    [numbers] = queries.use_by_month(uow, [resource.id]).values()
    assert numbers == (1, 0, 1, 0)


# -- names --------------------------------------------------------------------------------------


def test_names_lie_encrypted_leave_after_ninety_days_and_the_count_stays(uow, resource, owner):
    made = booked(uow, resource)
    uow.commit()
    [row] = owner("select name, phone from t_gorno_selo.bookings_booking")
    assert not any("Проба".encode() in bytes(value) for value in row)
    later(uow, days=92)
    empty_old(uow)
    assert made.name == "Проба 0"
    later(uow, days=2)
    empty_old(uow)
    uow.session.flush()
    assert (made.name, made.phone, made.code_index, made.state) == ("", None, None, "booked")


def test_erasure_frees_the_seat_and_leaves_no_name(uow, resource, sign_in):
    me = sign_in(VILLAGE).person_id
    object.__setattr__(uow, "principal", Principal(person_id=me, name="Проба Пробова"))
    made = booked(uow, resource)
    assert made.person_id == me
    later_one = waiting(uow, resource, 1)
    later_one.person_id = None
    uow.session.flush()
    forget_person(uow, me)
    assert (made.name, made.person_id, made.state) == ("", None, "cancelled")
    assert later_one.state == "offered"


def test_a_neighbour_finds_nothing_of_it(uow, uow_in, resource, toy):
    made, resource_id = booked(uow, resource), resource.id
    uow.commit()
    with uow_in(NEIGHBOUR) as other:
        assert other.session.query(Booking).count() == other.session.query(Resource).count() == 0
        for find in (
            lambda: resource_of(other, "toy", resource_id),
            lambda: queries.booking_of(other, "toy", made.id),
        ):
            with pytest.raises(Exception, match="Няма"):
                find()


def test_free_times_are_those_of_the_hours_less_what_is_taken(uow, toy):
    two = resource_in(uow, kind="seat", name="Два", capacity=2)
    booked(uow, two)
    day = day_of(at(uow, 10))
    [times] = free_slots(uow, two, [day]).values()
    assert [slot.left for slot in times] == [2, 2, 1, 2, 2, 2, 2, 2, 2]
    assert free_slots(uow, two, [day - timedelta(days=10), day + timedelta(days=40)]) == {}
