"""Walk-in: a number for each guest, one guest a seat, and who booked comes first."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from obshto.modules.centres.errors import SeatPromised, SeatTaken, SomebodyWaits, StaleVisit
from obshto.modules.centres.services import walk_in
from obshto.modules.centres.services.queries import centre_of
from obshto.platform.bookings.free_slots import free_slots
from obshto.platform.bookings.services import Booker, book
from obshto.platform.clock import day_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture
def centre(uow, written):
    return written(uow)


@pytest.fixture
def computers(uow, centre, thing):
    return thing(uow, centre, capacity=2)


def guest(uow, centre):
    visit = walk_in.add_guest(uow, centre, request_id=uuid4())
    uow.session.flush()
    return visit


def seat(uow, centre, visit, resource, number):
    version = visit.version
    walk_in.seat_guest(uow, centre, visit, resource, number, expected_version=version)
    uow.session.flush()


def test_guests_have_numbers_and_a_second_press_is_the_same_guest(uow, centre):
    key = uuid4()
    first = walk_in.add_guest(uow, centre, request_id=key)
    assert walk_in.add_guest(uow, centre, request_id=key).id == first.id
    assert [first.number, guest(uow, centre).number] == [1, 2]


def test_two_clerks_seat_two_guests_on_one_chair_and_one_of_them_is_told(
    uow, uow_in, centre, computers
):
    ids = [guest(uow, centre).id for _ in range(2)]
    centre_id = centre.id
    uow.commit()
    together = Barrier(2)

    def press(visit_id):
        with uow_in(VILLAGE) as mine:
            together.wait(60)
            here = centre_of(mine, centre_id)
            [resource] = walk_in.computers_of(mine, here)
            visit = walk_in.visit_of(mine, here, visit_id)
            try:
                seat(mine, here, visit, resource, 1)
                mine.commit()
                return "sits"
            except SeatTaken:
                return "told"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, ids)) == ["sits", "told"]


def test_time_is_extended_only_while_nobody_waits(uow, centre, computers):
    first = guest(uow, centre)
    seat(uow, centre, first, computers, 1)
    until = first.until
    walk_in.extend_visit(uow, centre, first, expected_version=first.version)
    uow.session.flush()
    assert first.until == until + walk_in.LONGER
    guest(uow, centre)
    with pytest.raises(SomebodyWaits):
        walk_in.extend_visit(uow, centre, first, expected_version=first.version)


def test_a_guest_gives_way_to_who_booked(uow, centre, computers):
    [times] = free_slots(uow, computers, [day_of(uow.now + walk_in.TURN * 72)]).values()
    start = times[3].starts_at
    for number in range(2):
        who = Booker(name="Проба", phone=f"+35988812345{number}")
        book(uow, computers, [start], who, request_id=uuid4())
    object.__setattr__(uow, "now", start - walk_in.TURN / 2)
    visit = guest(uow, centre)
    seat(uow, centre, visit, computers, 1)
    assert visit.until == start
    with pytest.raises(SeatPromised):
        walk_in.extend_visit(uow, centre, visit, expected_version=visit.version)
    object.__setattr__(uow, "now", start - walk_in.SHORTEST / 2)
    late = guest(uow, centre)
    with pytest.raises(SeatPromised):
        seat(uow, centre, late, computers, 2)


def test_a_seat_is_free_again_and_an_old_page_says_so(uow, centre, computers):
    first = guest(uow, centre)
    seen = first.version
    seat(uow, centre, first, computers, 1)
    with pytest.raises(StaleVisit):
        walk_in.end_visit(uow, centre, first, expected_version=seen)
    walk_in.end_visit(uow, centre, first, expected_version=first.version)
    uow.session.flush()
    assert len(walk_in.board_of(uow, centre).free) == 2


def test_who_was_forgotten_has_left_by_the_next_day(uow, centre, computers):
    visit = guest(uow, centre)
    seat(uow, centre, visit, computers, 1)
    object.__setattr__(uow, "now", uow.now + walk_in.TURN * 30)
    for _run in range(2):
        walk_in.end_yesterday(uow)
        uow.session.flush()
    assert visit.ended_at == visit.until


def test_the_board_seats_extends_and_frees_without_a_name(clerk, place):
    board = f"/console/centres/{place.centre}/board"
    assert clerk.post(f"{board}/add", {"request_id": uuid4()}).status_code == 303
    page = clerk.get(board).text
    action, version, chair = (
        re.search(r'action="(\S+/seat)"', page)[1],
        re.search(r'/seat".*?name="expected_version" value="(\d+)"', page, re.S)[1],
        re.search(r'<option value="(\S+?)"', page)[1],
    )
    typed = {"expected_version": version, "seat": chair}
    assert clerk.post(action, typed).status_code == 303
    page = clerk.get(board).text
    assert "гост 1" in page and "Оставеното на компютъра се изтрива" in page
    late = clerk.post(action.replace("/seat", "/extend"), {"expected_version": version})
    assert late.status_code == 409 and "вече обслужи този гост" in late.text
    version = re.search(r'/end".*?name="expected_version" value="(\d+)"', page, re.S)[1]
    end = clerk.post(action.replace("/seat", "/end"), {"expected_version": version})
    assert end.status_code == 303 and "said=centres.wiped" in end.location
    assert "свободно" in clerk.get(board).text
    assert clerk.post(action, {"seat": "x"}).status_code == 422


def test_who_left_the_queue_has_left_no_seat_to_be_wiped(clerk, place):
    board = f"/console/centres/{place.centre}/board"
    clerk.post(f"{board}/add", {"request_id": uuid4()})
    page = clerk.get(board).text
    path = re.search(r'action="(\S+/end)"', page)[1]
    version = re.search(r'/end".*?name="expected_version" value="(\d+)"', page, re.S)[1]
    answer = clerk.post(path, {"expected_version": version})
    told = clerk.get(answer.location).text
    assert "Гостът вече не чака" in told and "Изтрийте оставеното" not in told
